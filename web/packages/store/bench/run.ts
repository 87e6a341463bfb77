// node bench/run.ts: what three hundred live updates cost the main thread with 5,000 and 50,000 people. Prints; asserts nothing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { CDPSession, Page } from 'playwright';
import { build, preview } from 'vite';
import { svelte_plugin } from '../../../vite.shared.ts';

interface Bench {
  make: (people: number) => Promise<number>;
  live: (count: number, ms: number) => Promise<{ redraws: number; first: number; newest: number }>;
  burst: (count: number) => Promise<number>;
}

async function busy_ms(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return 1000 * (metrics.find((each) => each.name === 'TaskDuration')?.value ?? 0);
}

async function measure(page: Page, cdp: CDPSession, people: number): Promise<void> {
  await page.reload();
  const loaded = await page.evaluate((count) => (globalThis as unknown as Bench).make(count), people);
  const before = await busy_ms(cdp);
  const { redraws, first, newest } = await page.evaluate(() => (globalThis as unknown as Bench).live(300, 16));
  const busy = (await busy_ms(cdp)) - before;
  const burst = await page.evaluate(() => (globalThis as unknown as Bench).burst(300));
  const is_right = first === newest ? '' : ' WRONG ORDER';
  console.log(
    `${people} people: lists made in ${loaded.toFixed(0)} ms, 300 live words ${busy.toFixed(0)} ms of main thread ` +
      `(${redraws} redraws), 300 words at once ${burst.toFixed(1)} ms${is_right}`,
  );
}

const outDir = await mkdtemp(join(tmpdir(), 'kith-store-bench-'));
const root = import.meta.dirname;
await build({ root, configFile: false, logLevel: 'error', plugins: [svelte_plugin()], build: { outDir } });
const server = await preview({ root, configFile: false, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
const browser = await chromium.launch({ executablePath: process.env['KITH_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  for (const people of [5_000, 50_000]) await measure(page, cdp, people);
} finally {
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true, force: true });
}
