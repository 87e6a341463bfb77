// The desk of somebody who works: who waits, a conversation, and everything that lies over it.
import type { Page } from 'playwright';
import type { Chapter } from '../chapters.ts';
import type { Stage } from '../stage.ts';
import { hold_recording } from '../still_recording.ts';
import { lamp_picture } from './lamp_picture.ts';

export async function open_conversation(desk: Page, called: string): Promise<void> {
  await desk.getByText(called).first().click();
  await desk.getByRole('textbox', { name: /Write to/ }).waitFor();
  await desk.locator('[data-line]').first().waitFor();
}

// A key alone, as long as nobody writes.
export async function press(desk: Page, keys: string): Promise<void> {
  await desk.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await desk.keyboard.press(keys);
}

// A sheet that a key opens, looked at and closed.
async function look_at_sheet(stage: Stage, desk: Page, name: string, keys: string): Promise<void> {
  await press(desk, keys);
  await desk.getByRole('dialog').waitFor();
  await stage.look(name, desk);
  await desk.keyboard.press('Escape');
  await desk.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function people(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  await desk.getByText('Ingrid Lindqvist').first().waitFor();
  await stage.look('desk_people', desk);
  await desk
    .getByRole('tab', { name: 'Everyone' })
    .or(desk.getByRole('button', { name: 'Everyone' }))
    .first()
    .click();
  await desk.getByText('Sofia Reyes').first().waitFor();
  await stage.look('desk_everyone', desk);
  await press(desk, 'Control+k');
  await desk.getByRole('dialog').waitFor();
  await stage.look('desk_palette', desk);
  await desk.keyboard.type('lamp');
  await desk.getByText('What was said').waitFor();
  await stage.look('desk_search', desk);
  await desk.keyboard.press('Escape');
  await look_at_sheet(stage, desk, 'desk_keys', 'Shift+?');
  await look_at_sheet(stage, desk, 'desk_presence', 'Shift+B');
  await press(desk, 'b');
  await desk.keyboard.press('Escape');
  await stage.look('desk_beat', desk);
}

async function conversation(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  await open_conversation(desk, 'Ingrid Lindqvist');
  await stage.look('desk_conversation', desk);
  const pen = desk.getByRole('textbox', { name: /Write to/ });
  await pen.fill('Say yes! I’ll ring the bell just after six. And please wish your mother a happy birthday from me');
  await desk
    .getByText('Kept as you write')
    .waitFor({ timeout: 1000 })
    .catch(() => {});
  await stage.look('desk_writing', desk);
  await desk.locator('input[type=file]').setInputFiles([
    { name: 'the lamp in Malmö.png', mimeType: 'image/png', buffer: await lamp_picture(desk) },
    { name: 'address.txt', mimeType: 'text/plain', buffer: Buffer.from('Stora Gråbrödersgatan 12, second floor') },
  ]);
  await desk.getByText('address.txt').waitFor();
  await desk.waitForTimeout(600);
  await stage.look('desk_attachments', desk);
  await desk.getByRole('button', { name: /voice|Say it/i }).click();
  await desk.getByRole('timer').waitFor();
  await hold_recording(desk);
  await stage.look('desk_recording', desk);
}

async function acts(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  await open_conversation(desk, 'Ingrid Lindqvist');
  await desk.getByRole('button', { name: 'More to do here' }).click();
  await stage.look('desk_menu', desk);
  await desk.keyboard.press('Escape');
  if (stage.is_phone) await look_at_sheet(stage, desk, 'desk_story', 's');
  await look_at_sheet(stage, desk, 'desk_later', 'l');
  await look_at_sheet(stage, desk, 'desk_hand_over', 'h');
  await look_at_sheet(stage, desk, 'desk_bring_in', 'i');
  await look_at_sheet(stage, desk, 'desk_promise', 'p');
  await look_at_sheet(stage, desk, 'desk_topic', 't');
  await look_at_sheet(stage, desk, 'desk_settle', 'x');
  await press(desk, 'n');
  await desk.keyboard.type('The lamp is under the counter, @');
  await desk.getByRole('option').first().waitFor();
  await stage.look('desk_note', desk);
  await desk.keyboard.press('Escape');
  await press(desk, 'q');
  await stage.look('desk_quiet', desk);
}

async function merge(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  await open_conversation(desk, 'Ingrid Lindqvist');
  await desk.getByRole('button', { name: 'More to do here' }).click();
  await desk.getByRole('menuitem', { name: 'Two records of one person' }).click();
  await desk.getByRole('dialog').waitFor();
  await desk.getByRole('dialog').locator('input').first().fill('Lotte');
  await desk.getByText('Lotte van Dijk').first().waitFor();
  await stage.look('desk_merge_find', desk);
  await desk.getByText('Lotte van Dijk').first().click();
  await desk.getByText('Goes on under').waitFor();
  await stage.look('desk_merge', desk);
}

// With others in the house: a hand-over, a note that calls her, somebody who comes back later, a reply in the same moment.
async function together(stage: Stage): Promise<void> {
  const jonas = await stage.colleague('jonas');
  const desk = await stage.desk();
  const mira = await stage.colleague('mira', desk);
  const other = await stage.desk('/desk/', 'jonas');
  await open_conversation(other, 'Tomáš Novák');
  const { conversation: leo } = await mira.conversation_with('Leo');
  const { conversation: sofia } = await mira.conversation_with('Sofia');
  const { conversation: tomas, person } = await mira.conversation_with('Tomáš');
  const me = await mira.read<{ person: string }>('desk/session');
  await mira.puts_off(sofia, '2026-11-30T08:00:00Z', 'Ask how the move went');
  await jonas.notes(person, 'I put the third invoice aside. @Mira it is on your desk.', [me.person]);
  await jonas.hands_over(leo, me.person, 'His little girl is afraid of the dark. You have the night lights, and the voice for it.');
  await open_conversation(desk, 'Tomáš Novák');
  await desk.getByText('is reading this too').first().waitFor();
  await stage.look('desk_together', desk);
  await desk.getByRole('textbox', { name: /Write to/ }).fill('Tomáš, I have the invoice here. This time I carry it to the post myself.');
  await desk.getByRole('button', { name: 'Send', exact: true }).click();
  await jonas.says(tomas, 'The altar can come down: the corrected one is in your mail.');
  await stage.moves_on(desk, 7);
  await desk.getByText('Somebody answered in the same moment').waitFor();
  await stage.look('desk_held', desk);
  if (stage.is_phone) await desk.getByRole('button', { name: 'Back' }).click();
  await desk.getByText('Leo Okafor').first().click();
  await desk.getByRole('button', { name: 'I take it' }).waitFor();
  await desk.locator('[data-line]').first().waitFor();
  await stage.look('desk_handed_over', desk);
  await desk.goto(`${stage.house.url}/desk/today`);
  await desk.getByRole('heading', { name: 'Coming up' }).waitFor();
  await stage.look('desk_coming_up', desk);
  await desk.goto(`${stage.house.url}/desk/team`);
  await desk.getByRole('heading', { name: 'Who we are' }).waitFor();
  await stage.look('desk_team', desk);
  await desk.context().setOffline(true);
  await desk.getByText('We lost the line').first().waitFor({ timeout: 15_000 });
  await stage.look('desk_no_line', desk);
}

async function larger(stage: Stage): Promise<void> {
  const desk = await stage.desk();
  const mira = await stage.colleague('mira', desk);
  const likings = await mira.read<object>('desk/me/preferences');
  await mira.ask('PUT', 'desk/me/preferences', { ...likings, locale: 'de' });
  await desk.reload();
  await desk.getByText('Ingrid Lindqvist').first().waitFor();
  await stage.look('desk_german_people', desk);
  await desk.getByText('Ingrid Lindqvist').first().click();
  await desk.locator('[data-line]').first().waitFor();
  await stage.look('desk_german', desk);
  await desk.goto(`${stage.house.url}/desk/settings/hours`);
  await desk.getByRole('heading').first().waitFor();
  await stage.look('desk_german_settings', desk);
  await mira.ask('PUT', 'desk/me/preferences', { ...likings, text_size: 140 });
  await desk.goto(`${stage.house.url}/desk/`);
  await open_conversation(desk, 'Ingrid Lindqvist');
  await stage.look('desk_large', desk);
  await look_at_sheet(stage, desk, 'desk_large_later', 'l');
}

export const desk: readonly Chapter[] = [
  { name: 'desk_people', tell: people },
  { name: 'desk_conversation', tell: conversation },
  { name: 'desk_acts', tell: acts },
  { name: 'desk_merge', tell: merge },
  { name: 'desk_together', tell: together },
  { name: 'desk_larger', tell: larger },
];
