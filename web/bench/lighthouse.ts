// What Lighthouse says about the pages as a phone sees them, with the sample team in the house. The middle one of several runs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open_house, sample_sign_in, type House } from '@kith/check/house';
import { figure, share } from './browser.ts';

const cli = new URL('../../bench/node_modules/lighthouse/cli/index.js', import.meta.url).pathname;
const runs = Number(process.env['KITH_LIGHTHOUSE_RUNS'] ?? 3);

interface Report {
  readonly runtimeError?: { readonly code: string };
  readonly categories: Record<'performance' | 'accessibility', { score: number; auditRefs: readonly { id: string }[] }>;
  readonly audits: Record<string, { score: number | null; displayValue?: string }>;
}

function look(url: string, cookie: string): Report {
  const folder = mkdtempSync(join(tmpdir(), 'kith-lighthouse-'));
  const file = join(folder, 'report.json');
  const words = [
    cli,
    url,
    '--chrome-path=/usr/bin/chromium',
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
    '--only-categories=performance,accessibility',
    '--output=json',
    `--output-path=${file}`,
    '--quiet',
    ...(cookie ? [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`] : []),
  ];
  const done = spawnSync(process.execPath, words, { encoding: 'utf8', timeout: 240_000 });
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    // A page that was not measured has no points, not zero.
    if (report.runtimeError) throw new Error(report.runtimeError.code);
    return report;
  } catch (error) {
    throw new Error(`lighthouse ${url}: ${done.stderr}`, { cause: error });
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
    const reports = Array.from({ length: runs }, () => look(house.url + page.path, page.cookie));
    const points = (name: 'performance' | 'accessibility') => reports.map((one) => Math.round(one.categories[name].score * 100));
    const last = reports.at(-1);
    const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'speed-index', 'cumulative-layout-shift'];
    const shown = times.map((id) => `${id} ${last?.audits[id]?.displayValue ?? '?'}`).join(', ');
    const all = points('performance');
    const a11y = Math.min(...points('accessibility'));
    figure(`Lighthouse, ${page.name}`, `performance ${share(all, 0.5)} (${all.join(', ')}), accessibility ${a11y}`, page.target);
    console.log(`    ${shown}`);
    for (const { id } of last?.categories.accessibility.auditRefs ?? []) if (last?.audits[id]?.score === 0) console.log(`    ${id}`);
  }
  await house.close();
}
