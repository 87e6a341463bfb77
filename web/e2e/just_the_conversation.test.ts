// Quiet: one key leaves the conversation alone on the screen, another press brings everything back. Who speaks to her computer
// switches such keys off.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import type { DeskSide } from '@kith/check/stage';
import { until } from '../../tests/system/harness/waiting.ts';

const around = (desk: DeskSide) => [
  desk.page.getByRole('navigation', { name: said.desk_rooms() }),
  desk.page.getByRole('region', { name: said.desk_room_people() }),
  desk.page.getByRole('complementary'),
];
const is_around = async (desk: DeskSide, wanted: readonly number[]) => {
  let found: number[] = [];
  await until('as much is around it as there should be', async () => {
    found = await Promise.all(around(desk).map((one) => one.count()));
    return found.join() === wanted.join();
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}: rail, list, story: ${found.join()}, not ${wanted.join()}`);
  });
};
const everything = [1, 1, 1];
const nothing = [0, 0, 0];

journey('one key leaves nothing but the conversation, through another one, and brings everything back', async (stage) => {
  const [first, second] = [await stage.hello(), await stage.hello()];
  await first.writes('The first lamp hums.');
  await second.writes('The second lamp sings.');
  const desk = await stage.desk();
  await desk.opens('The first lamp');
  await desk.reads('The first lamp hums.');
  await is_around(desk, everything);
  const { keyboard } = desk.page;
  await keyboard.press('Escape');
  await keyboard.press('q');
  await is_around(desk, nothing);
  assert.deepEqual(await page_complaints(desk.at), []);
  await desk.writes('Does it hum a waltz?');
  await first.reads('The first lamp hums.', 'Does it hum a waltz?');
  // Escape leaves the words, not the quiet.
  await keyboard.press('Escape');
  await is_around(desk, nothing);

  await keyboard.press('Control+k');
  await desk.page.getByRole('combobox').fill('second lamp');
  await desk.page
    .getByRole('option', { name: /The second lamp sings/ })
    .first()
    .click();
  await desk.reads('The second lamp sings.');
  await is_around(desk, nothing);
  await desk.button(said.desk_key_quiet_off()).click();
  await is_around(desk, everything);
  await keyboard.press('q');
  await is_around(desk, nothing);
  await keyboard.press('q');
  await is_around(desk, everything);
});

journey('the quiet ends where the conversation does: nobody is left in a room without a door', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('The first lamp hums.');
  const desk = await stage.desk();
  await desk.opens('The first lamp');
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('q');
  await is_around(desk, nothing);
  await desk.page.keyboard.press('g');
  await desk.page.keyboard.press('s');
  await desk.page.getByRole('heading', { name: said.desk_set_me(), exact: true }).waitFor();
  await desk.page.getByRole('navigation', { name: said.desk_rooms() }).waitFor();
  await desk.page.goBack();
  await desk.reads('The first lamp hums.');
  await is_around(desk, everything);
});

journey('letters that are typed before the palette has come stand in it, and are no keys', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('The quiet lamp hums.');
  const desk = await stage.desk(stage.home.colleague, '', { serviceWorkers: 'block' });
  let come = (): void => {};
  const may_come = new Promise<void>((resolve) => (come = resolve));
  await desk.page.route(/\/assets\/Search-/, async (route) => {
    await may_come;
    await route.continue();
  });
  await desk.page.reload();
  await desk.opens('The quiet lamp');
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('Control+k');
  await desk.page.keyboard.type('quiet la');
  await is_around(desk, everything);
  come();
  const field = desk.page.getByRole('combobox');
  await field.waitFor();
  await desk.page.keyboard.type('mp');
  assert.equal(await field.inputValue(), 'quiet lamp');
  await desk.page
    .getByRole('option', { name: /The quiet lamp hums/ })
    .first()
    .waitFor();
  // It begins anew the next time.
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('Control+k');
  await field.waitFor();
  assert.equal(await field.inputValue(), '');
});

journey('where the palette cannot come, what is typed stays where it is written', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('The quiet lamp hums.');
  const desk = await stage.desk(stage.home.colleague, '', { serviceWorkers: 'block' });
  await desk.page.route(/\/assets\/Search-/, (route) => route.abort());
  await desk.page.reload();
  await desk.opens('The quiet lamp');
  await desk.field.focus();
  const failed = desk.page.waitForEvent('requestfailed', (request) => request.url().includes('/assets/Search-'));
  await desk.page.keyboard.press('Control+k');
  await failed;
  await until('her letters are hers again', async () => {
    await desk.page.keyboard.type('It');
    return (await desk.field.inputValue()).endsWith('It');
  });
  stage.forgive(/Search-|dynamically imported module|Unable to preload CSS/);
});

journey('where single letters are no keys, they are nothing but letters', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('The first lamp hums.');
  const desk = await stage.desk(stage.home.colleague, 'settings/preferences');
  const single = desk.page.getByRole('switch', { name: said.desk_keys_single() });
  assert.equal(await single.isChecked(), true);
  await single.click();
  await until('it is off', async () => !(await single.isChecked()));
  await desk.page.getByRole('link', { name: said.desk_room_people() }).first().click();
  await desk.opens('The first lamp');
  const { keyboard } = desk.page;
  await keyboard.press('Escape');
  for (const key of ['q', 'i', 'l', 'Shift+?']) await keyboard.press(key);
  await is_around(desk, everything);
  assert.equal(await desk.page.getByRole('dialog').count(), 0);
  await desk.field.focus();
  await keyboard.type('quite quiet');
  assert.equal(await desk.field.inputValue(), 'quite quiet');
  await is_around(desk, everything);
  // Keys with a modifier are no letters; and so it is on her other device, too.
  await keyboard.press('Control+k');
  await desk.page.getByRole('dialog').getByRole('combobox').waitFor();
  await keyboard.press('Escape');
  const other = await stage.desk();
  await other.opens(said.ui_draft({ words: 'quite quiet' }));
  await other.page.keyboard.press('Escape');
  await other.page.keyboard.press('q');
  await is_around(other, everything);
});
