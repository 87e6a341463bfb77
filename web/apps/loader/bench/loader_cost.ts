// loader_cost.ts [ADDRESS]: what the door costs the page of somebody else: script, style and layout of the main thread with the
// loader and without, on a processor slowed down four times, on an almost empty page of a house at ADDRESS. The quietest of
// several runs counts, because other programs on the machine only ever add to it. Beside it, the least that any door could cost
// on this machine: a custom element with one button in it.
import { chromium, type Browser } from 'playwright';

const address = process.argv[2] ?? 'http://127.0.0.1:8080';
const runs = 20;
const slower = 4;
const most_ms = 20;
const work = new Set(['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']);
const body = '<!doctype html><html lang="en"><title>Shop</title><body><h1>Shop</h1><script async src="/w/kith.js"></script>';

const bare_button = `
  customElements.define('bare-door', class extends HTMLElement {
    constructor() {
      super();
      const button = document.createElement('button');
      button.textContent = 'M';
      this.attachShadow({ mode: 'closed' }).append(button);
    }
  });
  document.body.append(document.createElement('bare-door'));`;

// Time of the main thread in ms, not time on the wall. With the loader itself, or with another script in its place.
async function cost(browser: Browser, instead?: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.route('**/shop', (route) => route.fulfill({ contentType: 'text/html', body }));
  if (instead !== undefined) await page.route('**/w/kith.js', (route) => route.fulfill({ contentType: 'text/javascript', body: instead }));
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto(`${address}/shop`);
  await page.waitForTimeout(700);
  const { metrics } = await session.send('Performance.getMetrics');
  await context.close();
  return metrics.filter((each) => work.has(each.name)).reduce((sum, each) => sum + each.value * 1000, 0);
}

const executablePath = process.env['KITH_CHROMIUM'] ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const without: number[] = [];
const with_button: number[] = [];
const with_it: number[] = [];
for (let run = 0; run < runs; run++) {
  without.push(await cost(browser, ''));
  with_button.push(await cost(browser, bare_button));
  with_it.push(await cost(browser));
}
await browser.close();

const middle = (costs: readonly number[]) => costs.toSorted((a, b) => a - b)[costs.length >> 1] ?? Number.NaN;
const loader = Math.min(...with_it) - Math.min(...without);
const usual = middle(with_it) - middle(without);
const least = Math.min(...with_button) - Math.min(...without);
console.log(
  `the loader at ${slower}x: ${loader.toFixed(1)} ms when the machine is quiet, ${usual.toFixed(1)} ms in the middle run; ` +
    `a bare button ${least.toFixed(1)} ms`,
);
if (loader > most_ms) process.exitCode = 1;
