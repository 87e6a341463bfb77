// What was said can be put differently or taken back, on both sides alike; a note calls whom it names; words that come back find
// their place beside those that are being written; and everybody's desk looks as she likes it.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import { until } from '../../tests/system/harness/waiting.ts';

journey('what a colleague says differently is different on both sides, and both can read what it said before', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('When is it mended?');
  const desk = await stage.desk();
  await desk.opens('When is it mended?');
  await desk.writes('On Mondag.');
  await panel.reads('When is it mended?', 'On Mondag.');
  await desk.log.getByRole('group').last().focus();
  await desk.page.keyboard.press('e');
  const field = desk.page.getByRole('textbox', { name: said.desk_act_edit() });
  await field.fill('On Monday.');
  await field.press('Enter');
  await panel.reads('When is it mended?', 'On Monday.');
  await panel.sees(said.panel_edited());
  await desk.sees(said.desk_edited());
  await desk.log.getByRole('group').last().focus();
  await desk.page.keyboard.press('v');
  const before = desk.page.getByRole('dialog');
  await before.getByText('On Mondag.').waitFor();
  await before.getByText('On Monday.').waitFor();
  assert.deepEqual(await page_complaints(desk.at), []);
});

journey('words are taken back on both sides, and a colleague can write them again', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('You are all thieves.');
  const desk = await stage.desk();
  await desk.opens('You are all thieves.');
  await desk.writes('And you are rude.');
  await panel.reads('You are all thieves.', 'And you are rude.');
  await desk.field.fill('I am sorry.');
  await desk.log.getByRole('group').last().hover();
  await desk.log.getByRole('group').last().getByRole('button').last().click();
  await desk.choose(said.desk_act_take_back());
  await panel.sees(said.panel_taken_back());
  await panel.reads('You are all thieves.', said.panel_taken_back());
  await desk.button(said.desk_words_back()).click();
  await until('both stand in the draft', async () => (await desk.field.inputValue()) === 'And you are rude.\nI am sorry.');

  const hers = panel.log.locator('article').first();
  await hers.hover();
  await panel.log.getByRole('button').first().click();
  await panel.choose(said.panel_take_back());
  await desk.reads(said.desk_taken_back(), said.desk_taken_back());
  await panel.reads(said.panel_taken_back(), said.panel_taken_back());
});

journey('what is called back while something else is written stands before it', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('Do you still have Elna in blue?');
  const desk = await stage.desk();
  await desk.opens('Elna in blue');
  await desk.writes('Yes, one is left.');
  await desk.field.fill('It costs');
  await desk.button(said.ui_undo()).click();
  await until('both are there', async () => (await desk.field.inputValue()) === 'Yes, one is left.\nIt costs');
  await panel.reads('Elna in blue');
});

journey('a note that names a colleague arrives at hers, and nowhere else', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('My grandmother’s lamp fell down.');
  const noor = await stage.desk();
  const ines = await stage.desk(stage.home.leader);
  await noor.opens('grandmother');
  await noor.page.keyboard.press('Escape');
  await noor.page.keyboard.press('n');
  await noor.field.pressSequentially('@In');
  await noor.page.getByRole('option', { name: 'Ines' }).waitFor();
  await noor.field.press('Enter');
  await noor.field.pressSequentially('you mend the old ones.');
  assert.deepEqual(await page_complaints(noor.at), []);
  await noor.field.press('Enter');
  await noor.log.getByText('you mend the old ones.').waitFor();
  await until('it has left the draft', async () => (await noor.field.inputValue()) === '');
  await ines.page.getByRole('link', { name: said.desk_room_today() }).click();
  await ines.sees('you mend the old ones.');
  assert.equal((await panel.words()).length, 1, 'it is for us alone');
});

journey('a note that cannot be kept stays where it was written, through a reload, and is kept once', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('My grandmother’s lamp fell down.');
  const desk = await stage.desk();
  await desk.opens('grandmother');
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('n');
  await desk.field.fill('Go gently.');
  // The house has it, and its answer is lost.
  await desk.page.route('**/notes', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await desk.page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await desk.field.press('Enter');
  await until('the line says that it arrived after all', async () => (await desk.field.inputValue()) === '');
  assert.equal(await desk.log.getByText('Go gently.').count(), 1);
  await desk.page.unroute('**/notes');
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('n');
  await desk.context.setOffline(true);
  await desk.field.fill('It is all she has of her.');
  await desk.field.press('Enter');
  await desk.sees(said.desk_problem_unreachable());
  assert.equal(await desk.field.inputValue(), 'It is all she has of her.');
  await desk.context.setOffline(false);
  await desk.page.reload();
  await until('it is there again', async () => (await desk.field.inputValue()) === 'It is all she has of her.');
  await desk.field.press('Enter');
  await desk.log.getByText('It is all she has of her.').waitFor();
  await until('it has left the draft', async () => (await desk.field.inputValue()) === '');
  assert.equal(await desk.log.getByText('It is all she has of her.').count(), 1);
});

journey('light or dark, the size of the letters and the language are as she likes them, and follow her', async (stage) => {
  const { colleague } = stage.home;
  const desk = await stage.desk(colleague, 'settings/preferences', { colorScheme: 'light' });
  const other = await stage.desk(colleague, '', { colorScheme: 'light' });
  const looks = (side: typeof desk) =>
    side.page.evaluate(() => {
      const { documentElement: page, body } = document;
      const [r = 0, g = 0, b = 0] =
        getComputedStyle(body)
          .backgroundColor.match(/[\d.]+/g)
          ?.map(Number) ?? [];
      return { is_dark: r + g + b < 300, letter: parseFloat(getComputedStyle(page).fontSize), lang: page.lang };
    });
  const before = await looks(desk);
  assert.equal(before.is_dark, false);
  await desk.button(said.desk_likes_theme_dark()).click();
  await until('it is dark', async () => (await looks(desk)).is_dark);
  const size = desk.page.getByRole('slider', { name: new RegExp(said.desk_likes_size()) });
  await size.fill('140');
  await until('the letters are larger', async () => (await looks(desk)).letter > before.letter * 1.3);
  await desk.page.getByRole('combobox', { name: said.desk_likes_language() }).selectOption('de');
  await until('it speaks German', async () => (await looks(desk)).lang === 'de');
  await desk.sees('Einstellungen');
  assert.deepEqual(await page_complaints(desk.at), []);
  await other.page.reload();
  await until('the other device follows', async () => {
    const there = await looks(other);
    return there.is_dark && there.letter > before.letter * 1.3 && there.lang === 'de';
  });
});

journey('a picture pasted into a note is not swallowed: that a note takes none is said, and its words stay', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('My grandmother’s lamp fell down.');
  const desk = await stage.desk();
  await desk.opens('grandmother');
  const paste = (name: string, words = '') =>
    desk.field.evaluate(
      (field, [name, words]) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File(['a lamp'], name!, { type: 'image/png' }));
        if (words) clipboardData.setData('text/plain', words);
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      },
      [name, words],
    );
  await desk.page.keyboard.press('Escape');
  await desk.page.keyboard.press('n');
  await desk.field.fill('Go gently.');
  // Words of a table come with a picture of them; there is nothing to say about that.
  await paste('table.png', 'a cell');
  assert.equal(await desk.page.getByText(said.desk_note_no_files()).count(), 0);
  await paste('lamp.png');
  await desk.sees(said.desk_note_no_files());
  assert.deepEqual(await page_complaints(desk.at), []);
  assert.equal(await desk.field.inputValue(), 'Go gently.');
  await desk.button(said.desk_only_for_us()).click();
  assert.equal(await desk.page.getByText('lamp.png').count(), 0, 'it has not slipped into what is written to her');
  // There the same picture is welcome.
  await paste('lamp.png');
  await desk.page
    .getByRole('button', { name: /lamp\.png/ })
    .first()
    .waitFor();
});

journey('who answers and leaves at once has answered all the same', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('Is it mended?');
  const desk = await stage.desk();
  await desk.opens('Is it mended?');
  await desk.writes('It is. See you tomorrow.');
  await desk.button(said.desk_presence_mine({ name: 'Noor' })).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: said.desk_sign_out() }).click();
  await desk.page.getByRole('heading', { name: said.desk_sign_in_title() }).waitFor();
  await panel.reads('Is it mended?', 'It is. See you tomorrow.');
  assert.equal(await desk.page.getByText('Is it mended?').count(), 0);
});
