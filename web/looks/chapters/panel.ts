// What a customer sees: a website with the door on it, the panel behind it, the full page, and a page without scripts.
import type { FrameLocator, Locator, Page } from 'playwright';
import type { Chapter } from '../chapters.ts';
import type { Stage } from '../stage.ts';
import { hold_recording } from '../still_recording.ts';
import { lamp_picture } from './lamp_picture.ts';

// Writing is seen for some seconds only, and told every few; this goes on with it while somebody looks.
function keeps_writing(stage: Stage, pen: Locator): () => void {
  let seconds = 0;
  const again = setInterval(() => {
    seconds = Math.min(seconds + 4, 52);
    void stage
      .moves_on(pen.page(), seconds)
      .then(() => pen.dispatchEvent('input'))
      .catch(() => {});
  }, 1500);
  return () => clearInterval(again);
}

// Somebody's website with the panel open on it.
async function open_shop(stage: Stage): Promise<{ page: Page; panel: FrameLocator }> {
  const page = await stage.page('/sample-shop');
  await page.getByRole('button', { name: /Write to Mira/ }).waitFor();
  await page.locator('kith-door img').waitFor();
  return { page, panel: page.frameLocator('iframe') };
}
async function open_panel(stage: Stage): Promise<{ page: Page; panel: FrameLocator }> {
  const shop = await open_shop(stage);
  await shop.page.getByRole('button', { name: /Write to Mira/ }).click();
  await shop.panel.getByRole('textbox').waitFor();
  return shop;
}

async function write_first(panel: FrameLocator | Page, words: string): Promise<void> {
  await panel.getByRole('textbox').fill(words);
  await panel.getByRole('button', { name: /^Send/ }).click();
  await panel.getByRole('log').getByText(words).waitFor();
}

const lamp = 'It came broken. It’s for my mother, she’ll be eighty on Friday.';
const oh_no = 'Oh no, Ingrid. Eighty! I’m so sorry it arrived like that.';
const malmo = 'There’s one left in Malmö. Shall I drive it over on Thursday?';

async function nobody(stage: Stage): Promise<void> {
  const page = await stage.page('/sample-shop');
  await page.locator('kith-door').getByRole('button').click();
  const panel = page.frameLocator('iframe');
  await panel.getByRole('textbox').waitFor();
  await stage.look('panel_nobody', page);
  await panel.getByRole('button', { name: /Leave an address/ }).click();
  await stage.look('panel_address', page);
}

async function meet(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  await desk.getByText('Ingrid Lindqvist').first().waitFor();
  await (await stage.desk('/desk/', 'jonas')).getByText('Mira is in').waitFor();
  await (await stage.colleague('jonas')).is('gentle');
  const { page, panel } = await open_shop(stage);
  await stage.look('shop', page);
  await page.getByRole('button', { name: /Write to Mira/ }).click();
  await panel.getByRole('textbox').waitFor();
  await stage.look('panel_meet', page);
  await panel.getByText('When we are here').click();
  await stage.look('panel_hours', page);
  await panel.getByText('When we are here').click();
  await panel.getByRole('textbox').fill(lamp);
  await stage.look('panel_writing', page);
  await panel.getByRole('button', { name: /voice|Say it/i }).click();
  await panel.getByRole('timer').waitFor();
  await hold_recording(panel);
  await stage.look('panel_recording', page);
}

async function talk(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  await desk.getByText('Ingrid Lindqvist').first().waitFor();
  const { page, panel } = await open_panel(stage);
  await write_first(panel, lamp);
  await stage.look('panel_waiting', page);
  await desk.getByText(lamp).first().click();
  const pen = desk.getByRole('textbox', { name: /Write to/ });
  await pen.waitFor();
  const conversation = desk.url().split('/').at(-1) ?? '';
  const mira = await stage.colleague('mira', desk);
  await mira.says(conversation, oh_no);
  await mira.says(conversation, malmo);
  await panel.getByRole('log').getByText(malmo).waitFor();
  await mira.promises(conversation, 'A whole lamp at your door, after six.', '2026-11-26T19:00:00Z');
  await panel.getByRole('note').first().waitFor();
  await write_first(panel, 'You would do that?');
  await pen.pressSequentially('Of ', { delay: 30 });
  await panel.getByText('is writing to you').waitFor();
  const stop = keeps_writing(stage, pen);
  await stage.look('panel_talk', page);
  stop();
  await panel.getByText('is writing to you').waitFor({ state: 'hidden', timeout: 15_000 });
  await panel.getByRole('button', { name: /^More/ }).click();
  await stage.look('panel_menu', page);
  await panel.getByRole('menuitem', { name: /Give me a minute/ }).click();
  await panel
    .getByText(/Your place is kept until/)
    .first()
    .waitFor();
  await stage.look('panel_minute', page);
  await panel.getByRole('button', { name: /^More/ }).click();
  await panel.getByRole('menuitem', { name: /What we know/ }).click();
  await panel.getByRole('heading', { name: 'What we know about you' }).waitFor();
  await stage.look('panel_about', page);
  await page.keyboard.press('Escape');
  await panel.getByRole('dialog').waitFor({ state: 'hidden' });
  await panel.getByRole('button', { name: /^More/ }).click();
  await panel.getByRole('menuitem', { name: /I’m back/ }).click();
  await page.context().setOffline(true);
  await panel.getByText('We lost the line').first().waitFor({ timeout: 15_000 });
  await panel.getByRole('textbox').fill('Thursday is lovely.');
  await panel.getByRole('button', { name: /^Send/ }).click();
  await panel.getByText('Kept on this device').first().waitFor();
  await stage.look('panel_no_line', page);
}

// A machine without coloured smileys draws only a few of them; which it can is no question here.
async function draw_known_smileys(panel: FrameLocator): Promise<void> {
  await panel.getByRole('button', { name: /^\p{Extended_Pictographic}/u }).evaluateAll((all) => {
    const known = ['😀', '😃', '😄', '😅', '😉', '😊', '😍'];
    for (const [at, one] of all.entries()) one.textContent = known[at % known.length] ?? '';
  });
}

// What lies at hand while she writes: smileys, files beside the words, and words that are changed or taken back.
async function at_hand(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  await desk.getByText('Ingrid Lindqvist').first().waitFor();
  const { page, panel } = await open_panel(stage);
  await write_first(panel, 'It came brokn.');
  await write_first(panel, 'It’s for my mother, she’ll be eighty on Friday.');
  await panel.getByRole('button', { name: 'Emoji' }).click();
  await panel.getByRole('button', { name: '👋' }).waitFor();
  await draw_known_smileys(panel);
  await stage.look('panel_emoji', page);
  await page.keyboard.press('Escape');
  await panel.locator('input[type=file]').setInputFiles([
    { name: 'the foot.png', mimeType: 'image/png', buffer: await lamp_picture(desk) },
    { name: 'the bill.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 a bill') },
  ]);
  await panel.getByRole('textbox', { name: /Describe/ }).waitFor();
  await panel.getByRole('textbox', { name: /^Write to/ }).fill('This is what the foot looks like.');
  await stage.look('panel_files', page);
  await panel.getByRole('button', { name: /What you can do with .It came brokn/ }).click();
  await panel.getByRole('menuitem', { name: 'Change the words' }).click();
  await panel.getByText('You are changing what you wrote').waitFor();
  await stage.look('panel_changing', page);
  await panel.getByRole('button', { name: 'Leave it as it was' }).click();
  await panel.getByRole('button', { name: /What you can do with .It came brokn/ }).click();
  await panel.getByRole('menuitem', { name: 'Take it back' }).click();
  await panel.getByText('Taken back').waitFor();
  await stage.look('panel_taken_back', page);
}

// A browser that keeps nothing for a frame on somebody else's website: she is told so, and offered another way.
async function forgetful(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  await desk.getByText('Ingrid Lindqvist').first().waitFor();
  const context = await stage.context();
  await context.addInitScript(() => {
    if (window !== window.top) Object.defineProperty(window, 'indexedDB', { get: () => undefined });
  });
  const page = await stage.page('/sample-shop', context);
  await page.getByRole('button', { name: /Write to Mira/ }).click();
  const panel = page.frameLocator('iframe');
  await panel.getByRole('textbox').waitFor();
  await write_first(panel, lamp);
  await panel.getByText(/This browser forgets us/).waitFor();
  await stage.look('panel_forgetful', page);
}

// A holiday, the days off to come, and what the house says in its own words: in the panel and on the page without scripts.
async function days_off(stage: Stage): Promise<void> {
  // Without a desk of hers, which would say that she is here.
  const mira = await stage.colleague('mira');
  const settings = await mira.read<{ opening: object; hours: string; version: number }>('desk/settings');
  const off = [
    { from: '2026-11-25', until: '2026-11-25', name: 'Stocktaking', hours: [] },
    { from: '2026-12-24', until: '2026-12-26', name: 'Christmas', hours: [] },
  ];
  const { version, ...rest } = settings;
  const body = { ...rest, hours: 'On market days we are a little late.', opening: { ...settings.opening, days_off: off } };
  await mira.ask('PUT', 'desk/settings', body, { 'if-match': `"${version}"` });
  const page = await stage.page('/sample-shop');
  await page.locator('kith-door').getByRole('button').click();
  const panel = page.frameLocator('iframe');
  await panel.getByText('Stocktaking').scrollIntoViewIfNeeded();
  await panel.getByText('On market days').scrollIntoViewIfNeeded();
  await stage.look('panel_days_off', page);
  const without_scripts = await stage.context();
  await without_scripts.route('**/*.js', (route) => route.abort());
  const plain = await stage.page('/hello', without_scripts);
  await plain.getByText('On market days').waitFor();
  await stage.look('hello_plain_days_off', plain, { whole_page: true });
}

// Mira takes a beat: while somebody waits for her, and when somebody new comes.
async function beat(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  await desk.getByText('Ingrid Lindqvist').first().waitFor();
  const mira = await stage.colleague('mira', desk);
  const { page, panel } = await open_panel(stage);
  await write_first(panel, lamp);
  await mira.is('beat', '2026-11-25T13:20:00Z');
  await page.reload();
  await page.locator('kith-door').getByRole('button').first().click();
  await panel.getByText('Your words are with us').waitFor();
  await stage.look('panel_beat_waiting', page);
  const other = await stage.page('/sample-shop');
  await other.locator('kith-door').getByRole('button').first().click();
  await other.frameLocator('iframe').getByText('Mira is taking a beat').waitFor();
  await stage.look('panel_beat', other);
}

async function hello(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  await desk.getByText('Ingrid Lindqvist').first().waitFor();
  const mira = await stage.colleague('mira', desk);
  const page = await stage.page('/hello');
  await page.getByRole('button', { name: 'Send to Mira' }).waitFor();
  await stage.look('hello', page);
  // No script of ours arrives: the page is what the house wrote, and axe can look at it all the same.
  const without_scripts = await stage.context();
  await without_scripts.route('**/*.js', (route) => route.abort());
  const plain = await stage.page('/hello', without_scripts);
  await stage.look('hello_plain', plain, { whole_page: true });
  await plain.getByRole('textbox').fill('Good morning! Do you mend lamps that are older than I am?');
  await plain.getByRole('button', { name: 'Send' }).click();
  await plain.getByText('older than I am').waitFor();
  await desk.getByText('older than I am').first().click();
  await desk.getByRole('textbox', { name: /Write to/ }).waitFor();
  await mira.says(desk.url().split('/').at(-1) ?? '', 'Gladly, they are the ones that want to live. Bring it in, or send me a photo.');
  await plain.reload();
  await plain.getByText('the ones that want to live').waitFor();
  await stage.look('hello_plain_talk', plain, { whole_page: true });
  await stage.look('hello_no_door', await stage.page('/hello/nowhere'));
}

// Both sides of one conversation, as they stand beside each other.
async function two_windows(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  await desk.getByText('Ingrid Lindqvist').first().waitFor();
  const mira = await stage.colleague('mira', desk);
  const { page, panel } = await open_panel(stage);
  await write_first(panel, lamp);
  await desk.getByText(lamp).first().click();
  const pen = desk.getByRole('textbox', { name: /Write to/ });
  await pen.waitFor();
  const conversation = desk.url().split('/').at(-1) ?? '';
  const { person } = await mira.read<{ person: { id: string } }>(`desk/conversations/${conversation}`);
  await mira.ask('PATCH', `desk/people/${person.id}`, { called: 'Astrid Holm' });
  await mira.says(conversation, 'Oh no, Astrid. Eighty! I’m so sorry it arrived like that.');
  await mira.says(conversation, malmo);
  await write_first(panel, 'You would do that?');
  await mira.promises(conversation, 'A whole lamp at your door, after six.', '2026-11-26T19:00:00Z');
  await mira.notes(person.id, 'Her mother lives upstairs. The bell says Holm.');
  await pen.fill('Say yes! I’ll ring the bell just after six.');
  await panel.getByText('is writing to you').waitFor();
  await desk.mouse.move(700, 400);
  await desk.setViewportSize({ width: 1320, height: 800 });
  await page.setViewportSize({ width: 420, height: 800 });
  const stop = keeps_writing(stage, pen);
  await stage.look_beside('two_windows', desk, page);
  stop();
}

export const panel: readonly Chapter[] = [
  { name: 'panel_nobody', tell: nobody },
  { name: 'panel_meet', tell: meet },
  { name: 'panel_talk', tell: talk },
  { name: 'panel_at_hand', tell: at_hand },
  { name: 'panel_forgetful', tell: forgetful },
  { name: 'panel_days_off', tell: days_off },
  { name: 'panel_beat', tell: beat },
  { name: 'hello', tell: hello },
  { name: 'two_windows', widths: ['wide'], tell: two_windows },
];
