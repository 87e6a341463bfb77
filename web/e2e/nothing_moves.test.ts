// Who asked her system for less motion sees none: not on the door, not in the panel, not on the desk.
import assert from 'node:assert/strict';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import type { Stage } from '@kith/check/stage';
import type { BrowserContextOptions, Page } from 'playwright';

// Shorter than a frame is no motion.
const a_frame_ms = 17;

/** What moves on a page from now on, in its frames and closed shadow roots, too: as the browser itself tells. */
async function motion_of(page: Page): Promise<string[]> {
  const moved: string[] = [];
  const devtools = await page.context().newCDPSession(page);
  devtools.on('Animation.animationStarted', ({ animation: { type, name, source } }) => {
    if (source && source.duration * (source.iterations ?? 1) > a_frame_ms) moved.push(`${type} ${name}: ${source.duration} ms`);
  });
  await devtools.send('Animation.enable');
  return moved;
}

/** Who scrolls softly, by style or by call. */
const note_soft_scrolls = () => {
  const soft: string[] = [];
  Object.assign(globalThis, { soft });
  for (const name of ['scrollTo', 'scrollBy', 'scrollIntoView', 'scroll'] as const) {
    const scroll = Element.prototype[name] as (...how: unknown[]) => void;
    Object.assign(Element.prototype, {
      [name](this: Element, ...how: unknown[]) {
        if (how.some((one) => (one as ScrollIntoViewOptions | null)?.behavior === 'smooth')) soft.push(name);
        scroll.apply(this, how);
      },
    });
  }
};
const soft_scrolls = (page: Page) =>
  page.evaluate(() => [
    ...(globalThis as unknown as { soft: string[] }).soft,
    ...[...document.querySelectorAll('*')]
      .filter((one) => getComputedStyle(one).scrollBehavior === 'smooth')
      .map((one) => `${one.tagName}.${one.className}`),
  ]);

/** Both sides meet, write, and look at what opens over the page. Tells what moved meanwhile. */
async function they_meet(stage: Stage, options: BrowserContextOptions) {
  const website = await stage.website(options);
  const on_the_site = await motion_of(website.page);
  const desk = await stage.desk(stage.home.colleague, '', options);
  await desk.page.addInitScript(note_soft_scrolls);
  await desk.page.reload();
  const on_the_desk = await motion_of(desk.page);

  const panel = await website.opens();
  await panel.writes('Is the blue one still there?');
  await desk.opens('Is the blue one');
  await desk.field.pressSequentially('It');
  await desk.writes('It is.');
  await panel.reads('Is the blue one', 'It is.');
  await panel.button(said.panel_more()).click();
  await panel.at.getByRole('menu').waitFor();
  await panel.page.keyboard.press('Escape');
  for (const line of Array.from({ length: 12 }, (_, at) => `Line ${at + 1} of many.`)) await panel.writes(line);
  await desk.sees('Line 12 of many.');
  await desk.page.keyboard.press('Escape');
  for (const key of ['h', 'p', 'Control+k']) {
    await desk.page.keyboard.press(key);
    await desk.page.getByRole('dialog').first().waitFor();
    await desk.page.keyboard.press('Escape');
    await desk.page.getByRole('dialog').first().waitFor({ state: 'hidden' });
  }
  await desk.page.getByRole('link', { name: said.desk_room_today() }).click();
  await desk.page.getByRole('heading', { name: said.desk_coming_title() }).waitFor();
  await panel.button(said.ui_close()).click();
  return { on_the_site, on_the_desk, soft: await soft_scrolls(desk.page) };
}

journey('where less motion is asked for, nothing moves', async (stage) => {
  assert.deepEqual(await they_meet(stage, { reducedMotion: 'reduce' }), { on_the_site: [], on_the_desk: [], soft: [] });
});

// Else the journey above would be proud of seeing nothing at all.
journey('where nobody asked for that, the same things do move a little', async (stage) => {
  const { on_the_site, on_the_desk } = await they_meet(stage, { reducedMotion: 'no-preference' });
  assert.notDeepEqual(on_the_site, []);
  assert.notDeepEqual(on_the_desk, []);
});
