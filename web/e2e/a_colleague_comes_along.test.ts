// One colleague does not know everything: she brings another one in, who is told why, and both go on with the same person.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import type { DeskSide } from '@kith/check/stage';
import { until } from '../../tests/system/harness/waiting.ts';

const nameless = said.desk_nameless();
const why = 'She wants the old glass, and you know where it stands.';
const companions = (desk: DeskSide) =>
  desk.page
    .getByRole('complementary')
    .getByRole('region', { name: said.desk_companions({ name: nameless }) })
    .getByRole('listitem');

journey('a colleague is brought in by keys, is told why, and both answer the same person', async (stage) => {
  const panel = await stage.panel();
  await panel.writes('Do you still have a shade of the old glass?');
  const noor = await stage.desk();
  const ines = await stage.desk(stage.home.leader);
  await noor.opens('the old glass');
  await noor.writes('I am new to glass. Let me ask Ines.');
  await panel.reads('the old glass', 'Let me ask Ines');
  await ines.page.getByRole('heading', { name: said.desk_list_known() }).waitFor({ state: 'detached' });

  const { keyboard } = noor.page;
  const sheet = noor.page.getByRole('dialog', { name: said.desk_bring_in_title({ name: nameless }) });
  await keyboard.press('Escape');
  await keyboard.press('i');
  await sheet.getByRole('radio', { name: 'Ines' }).waitFor();
  assert.equal(await sheet.getByRole('radio').count(), 1, 'nobody brings herself in');
  assert.deepEqual(await page_complaints(noor.at), []);
  await keyboard.press('Space');
  await keyboard.press('Tab');
  await keyboard.type(why);
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await sheet.waitFor({ state: 'hidden' });
  await noor.sees(said.desk_bring_in_done({ name: 'Ines' }));
  await noor.log.getByText(why).waitFor();
  await until('both know her', async () => (await companions(noor).count()) === 2);
  assert.equal((await panel.words()).length, 2, 'why is for us alone');

  // Ines is told what for, and finds the person among those who know her.
  await ines.page.getByRole('link', { name: said.desk_room_today() }).click();
  await ines.page.getByRole('heading', { name: said.desk_coming_mentions() }).waitFor();
  await ines.sees(why);
  await ines.page.getByRole('link', { name: said.desk_room_people() }).first().click();
  await panel.writes('Or of new glass that looks old?');
  await ines.page.getByRole('heading', { name: said.desk_list_known() }).waitFor();
  await ines.opens('new glass that looks old');
  await ines.log.getByText(why).waitFor();

  await noor.sees(said.desk_reads_too({ name: 'Ines' }));
  await ines.writes('Two are left, in the cellar. I am Ines.');
  const all = ['the old glass', 'Let me ask Ines', 'new glass', 'in the cellar'];
  await panel.reads(...all);
  await noor.writes('And I carry them up. Noor.');
  await panel.reads(...all, 'And I carry them up');
  const authors = await panel.log.getByRole('article').allTextContents();
  assert.match(authors[3] ?? '', /Ines/);
  assert.match(authors[4] ?? '', /Noor/);

  // Who goes on to somebody else reads here no more; she stays one of those who know her.
  await ines.page.keyboard.press('Escape');
  await ines.page.keyboard.press('u');
  await noor.sees_no(said.desk_reads_too({ name: 'Ines' }));
  assert.equal(await companions(noor).count(), 2);
});

journey('nobody is brought in without a word, and Escape brings nobody in', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('Is Ines there?');
  const noor = await stage.desk();
  await noor.opens('Is Ines there?');
  await noor.page.keyboard.press('Escape');
  await noor.page.keyboard.press('i');
  const sheet = noor.page.getByRole('dialog');
  const bring = sheet.getByRole('button', { name: said.desk_bring_in() });
  assert.equal(await bring.isEnabled(), false);
  await sheet.getByRole('radio', { name: 'Ines' }).press('Space');
  assert.equal(await bring.isEnabled(), false);
  await sheet.getByLabel(said.desk_bring_in_words()).fill('   ');
  assert.equal(await bring.isEnabled(), false);
  await sheet.getByLabel(said.desk_bring_in_words()).fill('She asks for you.');
  assert.equal(await bring.isEnabled(), true);
  await noor.page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  await noor.sees(said.desk_companions_none({ name: nameless }));
  assert.equal(await noor.log.getByText('She asks for you.').count(), 0);
});
