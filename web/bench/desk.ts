// The desk with people in it: how soon words of a customer stand there, how soon another conversation is open, what live
// updates cost, and whether a list of fifty thousand runs smoothly.
import type { Browser, Page } from 'playwright';
import { figure, MainThread, open_browser, open_desk, share } from './browser.ts';
import { open_crowd, says, type Crowd } from './crowd.ts';

const ms = (value: number) => `${value.toFixed(0)} ms`;

async function conversation_of({ home }: Crowd, words: string): Promise<string> {
  for (let round = 0; round < 100; round++) {
    const { body } = await home.colleague.desk.get<{ found: { conversation: string }[] }>(`/api/desk/search?q=${words}`);
    const found = body.found[0];
    if (found) return found.conversation;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`nobody said “${words}”`);
}

// From the key that sends in the panel to the frame in which the desk has drawn it. Both clocks are the machine's own.
async function typed_to_seen(browser: Browser, crowd: Crowd, desk: Page): Promise<number[]> {
  const context = await browser.newContext({ viewport: { width: 420, height: 760 }, locale: 'en-GB' });
  const panel = await context.newPage();
  await panel.goto(`${crowd.house.url}/panel/?inbox=${crowd.home.inbox}`);
  const pen = panel.getByRole('textbox').first();
  await pen.fill('Measured from here on.');
  await pen.press('Enter');
  await panel.getByText('Measured from here on.').first().waitFor();
  await desk.goto(`${crowd.house.url}/desk/people/${await conversation_of(crowd, 'Measured')}`);
  await desk.locator('[data-line]').first().waitFor();
  await desk.waitForTimeout(1000);
  await panel.evaluate(() => {
    const sent = ({ key }: KeyboardEvent) => {
      if (key === 'Enter') document.documentElement.dataset['sent'] = String(performance.timeOrigin + performance.now());
    };
    document.addEventListener('keydown', sent, { capture: true });
  });
  const times: number[] = [];
  for (let number = 0; number < 60; number++) {
    const words = `word number ${number}.`;
    const seen = desk.evaluate(
      (words) =>
        new Promise<number>((resolve) => {
          const lines = document.querySelector('.lines') ?? document.body;
          const watch = new MutationObserver(() => {
            if (!lines.textContent?.includes(words)) return;
            watch.disconnect();
            // The frame that shows it is drawn when the one after it begins.
            requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
          });
          watch.observe(lines, { childList: true, subtree: true, characterData: true });
        }),
      words,
    );
    await pen.fill(words);
    await pen.press('Enter');
    times.push((await seen) - (await panel.evaluate(() => Number(document.documentElement.dataset['sent']))));
  }
  await context.close();
  return times;
}

// From a press on k to the frame in which the other conversation stands there.
async function switches(desk: Page): Promise<number[]> {
  await desk.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  const times: number[] = [];
  for (let number = 0; number < 60; number++) {
    times.push(
      await desk.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const name = () => document.querySelector('.place h1')?.textContent;
            const before = name();
            const began = performance.now();
            const look = () => {
              const is_other = name() !== before;
              const has_words = document.querySelector('[data-line]') !== null;
              if (location.href !== here && is_other && has_words) setTimeout(() => resolve(performance.now() - began));
              else requestAnimationFrame(look);
            };
            const here = location.href;
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', bubbles: true }));
            requestAnimationFrame(look);
          }),
      ),
    );
    await desk.waitForTimeout(60);
  }
  return times;
}

async function live_updates(crowd: Crowd, desk: Page): Promise<number> {
  const [last] = crowd.guests;
  if (!last) throw new Error('nobody is here');
  await desk.goto(`${crowd.house.url}/desk/people/${last.conversation}`);
  await desk.locator('[data-line]').first().waitFor();
  await desk.waitForTimeout(1000);
  const main = await MainThread.of(desk);
  const before = await main.busy_ms();
  for (let number = 0; number < 299; number++) {
    const guest = crowd.guests[(number * 7 + 1) % crowd.guests.length];
    if (guest) await says(crowd.house, guest, `And one more thing, number ${number}.`);
  }
  // Whoever is open says the last one; then all of them have come.
  await says(crowd.house, last, 'And the last thing.');
  await desk.locator('.lines').getByText('And the last thing.').waitFor();
  await desk.waitForTimeout(500);
  return (await main.busy_ms()) - before;
}

// Everybody, scrolled through quickly: the work of each frame must leave room for sixty a second.
async function scrolls(desk: Page, people: number): Promise<{ busy: number; frames: number[] }> {
  await desk.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await desk.keyboard.press('e');
  const list = desk.locator('.list:has(> .whole)');
  for (let loaded = 0, rounds = 0; loaded < people * 0.99 && rounds < 3000; rounds++) {
    loaded = await list.evaluate((all) => {
      all.scrollTop = all.scrollHeight;
      return Math.round(all.scrollHeight / 84);
    });
    await desk.waitForTimeout(15);
  }
  await list.evaluate((all) => (all.scrollTop = 0));
  await desk.waitForTimeout(500);
  const main = await MainThread.of(desk);
  const before = await main.busy_ms();
  const frames = await list.evaluate(
    (all) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        let last = performance.now();
        const next = (now: number) => {
          times.push(now - last);
          last = now;
          all.scrollTop += 900;
          if (times.length < 240) requestAnimationFrame(next);
          else resolve(times.slice(5));
        };
        requestAnimationFrame(next);
      }),
  );
  return { busy: ((await main.busy_ms()) - before) / 240, frames };
}

const sizes = (process.env['KITH_BENCH_PEOPLE'] ?? '20,5000').split(',').map(Number);

export async function measure_desk(): Promise<void> {
  const browser = await open_browser();
  for (const people of sizes) {
    const crowd = await open_crowd(people);
    const desk = await open_desk(browser, crowd);
    const where = people < 100 ? 'a small house' : `${people} people`;
    const seen = await typed_to_seen(browser, crowd, desk);
    figure(`typed in the panel, seen on the desk, ${where}`, `p50 ${ms(share(seen, 0.5))}, p95 ${ms(share(seen, 0.95))}`, 'p95 100 ms');
    if (people >= 100) {
      const cost = await live_updates(crowd, desk);
      figure(`300 live updates on the desk, ${where}`, `${ms(cost)} of the main thread`, 'below 600 ms');
      await desk.goto(`${crowd.house.url}/desk/people/${await conversation_of(crowd, 'Measured')}`);
      await desk.locator('[data-line]').first().waitFor();
      await desk.waitForTimeout(1000);
      const times = await switches(desk);
      figure(`another conversation, ${where}`, `p50 ${ms(share(times, 0.5))}, p95 ${ms(share(times, 0.95))}`, 'p95 below 100 ms');
    }
    await desk.context().close();
    await crowd.house.close();
  }
  await browser.close();
}

export async function measure_list(): Promise<void> {
  const people = Number(process.env['KITH_BENCH_LIST'] ?? 50_000);
  const browser = await open_browser();
  const crowd = await open_crowd(people);
  const desk = await open_desk(browser, crowd);
  const { busy, frames } = await scrolls(desk, people);
  const rate = 1000 / (frames.reduce((sum, each) => sum + each, 0) / frames.length);
  figure(
    `the list of ${people} people, scrolled by a screen a frame`,
    `${busy.toFixed(1)} ms of the main thread a frame, ${rate.toFixed(0)} frames a second, p95 ${share(frames, 0.95).toFixed(1)} ms`,
    '16.7 ms a frame',
  );
  await browser.close();
  await crowd.house.close();
}
