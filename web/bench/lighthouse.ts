// What Lighthouse says about the pages as a phone sees them, with the sample team in the house. The middle one of several runs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open_house, sample_sign_in, type House } from '@kith/check/house';
import { figure, share } from './browser.ts';
import { squeeze_to_own_time, type TraceEvent } from './own_time.ts';

const cli = new URL('../../bench/node_modules/lighthouse/cli/index.js', import.meta.url).pathname;
const runs = Number(process.env['KITH_LIGHTHOUSE_RUNS'] ?? 3);

interface Report {
  readonly runtimeError?: { readonly code: string };
  readonly categories: Record<'performance' | 'accessibility', { score: number; auditRefs: readonly { id: string }[] }>;
  readonly audits: Record<string, { score: number | null; displayValue?: string }>;
}

function lighthouse(words: string[]): void {
  const done = spawnSync(process.execPath, [cli, ...words, '--quiet'], { encoding: 'utf8', timeout: 240_000 });
  if (done.status !== 0) throw new Error(`lighthouse ${words[0]}: ${done.stderr}`);
}

// `asked`: the page and what is asked of it, the same in gathering and in judging.
function judge(asked: string[], folder: string): Report {
  const file = join(folder, 'report.json');
  lighthouse([...asked, `--audit-mode=${folder}`, '--output=json', `--output-path=${file}`]);
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  // A page that was not measured has no points, not zero.
  if (report.runtimeError) throw new Error(`lighthouse ${asked[0]}: ${report.runtimeError.code}`);
  return report;
}

// One load of the page, judged twice: by the clock, and by the time its main thread had the processor (own_time.ts).
interface Looked {
  readonly by_clock: Report;
  readonly by_own_time: Report;
}

function look(url: string, cookie: string): Looked {
  const folder = mkdtempSync(join(tmpdir(), 'kith-lighthouse-'));
  const asked = [url, '--only-categories=performance,accessibility'];
  if (cookie) asked.push(`--extra-headers=${JSON.stringify({ Cookie: cookie })}`);
  const chrome = ['--chrome-path=/usr/bin/chromium', '--chrome-flags=--headless=new --no-sandbox --disable-gpu'];
  try {
    lighthouse([...asked, ...chrome, `--gather-mode=${folder}`]);
    const by_clock = judge(asked, folder);
    const file = join(folder, 'trace.json');
    const trace = JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] };
    squeeze_to_own_time(trace.traceEvents);
    writeFileSync(file, JSON.stringify(trace));
    return { by_clock, by_own_time: judge(asked, folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function desk_cookie(house: House): Promise<string> {
  const answer = await fetch(`${house.url}/api/desk/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.url },
    body: JSON.stringify(sample_sign_in(house)),
  });
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'speed-index', 'cumulative-layout-shift'];

function tell(name: string, target: string, looks: readonly Looked[]): void {
  const points = (reports: readonly Report[]) => {
    const all = reports.map((one) => Math.round(one.categories.performance.score * 100));
    return `${share(all, 0.5)} (${all.join(', ')})`;
  };
  const clock = looks.map((one) => one.by_clock);
  const own = looks.map((one) => one.by_own_time);
  const accessibility = Math.min(...clock.map((one) => Math.round(one.categories.accessibility.score * 100)));
  figure(`Lighthouse, ${name}`, `performance ${points(clock)}, by its own time ${points(own)}, accessibility ${accessibility}`, target);
  for (const [how, reports] of [
    ['by the clock', clock],
    ['by its own time', own],
  ] as const) {
    const audits = reports.at(-1)?.audits;
    console.log(`    ${how}: ${times.map((id) => `${id} ${audits?.[id]?.displayValue ?? '?'}`).join(', ')}`);
  }
  for (const { id } of clock.at(-1)?.categories.accessibility.auditRefs ?? [])
    if (clock.at(-1)?.audits[id]?.score === 0) console.log(`    ${id}`);
}

export async function measure_lighthouse(): Promise<void> {
  const house = await open_house({ sample: true });
  const cookie = await desk_cookie(house);
  const pages = [
    { name: 'the panel', path: '/panel/', cookie: '', target: '95 and 100' },
    { name: '/hello', path: '/hello', cookie: '', target: '95 and 100' },
    { name: 'the desk, signed in', path: '/desk/', cookie, target: '90 and 100' },
    { name: 'the desk, at the door', path: '/desk/', cookie: '', target: '90 and 100' },
  ];
  for (const page of pages) {
    const looks = Array.from({ length: runs }, () => look(house.url + page.path, page.cookie));
    tell(page.name, page.target, looks);
  }
  await house.close();
}
