// The browser of the figures, and what it says about itself.
import { loadavg } from 'node:os';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright';
import type { Crowd } from './crowd.ts';

export function open_browser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['KITH_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
}

// Noor's desk, with everybody in it.
export async function open_desk(browser: Browser, { house, home }: Crowd): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const { email } = home.colleague;
  const data = { email, password: 'a lamp, a chair, a table' };
  const answer = await context.request.post(`${house.url}/api/desk/session`, { data, headers: { Origin: house.url } });
  if (!answer.ok()) throw new Error(`cannot come in: ${answer.status()}`);
  const page = await context.newPage();
  await page.goto(`${house.url}/desk/`);
  await page.locator('.person').first().waitFor();
  await page.waitForTimeout(1500);
  return page;
}

// How long the main thread worked, not how long it took on the wall: other programs on the machine do not count.
export class MainThread {
  private readonly session: CDPSession;
  private constructor(session: CDPSession) {
    this.session = session;
  }

  static async of(page: Page): Promise<MainThread> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new MainThread(session);
  }
  async busy_ms(): Promise<number> {
    const { metrics } = await this.session.send('Performance.getMetrics');
    return 1000 * (metrics.find((each) => each.name === 'TaskDuration')?.value ?? 0);
  }
}

export function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

const load = () => `load ${loadavg()[0]?.toFixed(1)}`;

// One line a figure, as every bench prints them.
export function figure(what: string, measured: string, target: string): void {
  console.log(`${what}: ${measured} (target ${target}; ${load()})`);
}
