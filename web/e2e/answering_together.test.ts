// Several colleagues, one person: topics by keys, handing over, a reply that crosses another, one draft on two devices, and two
// records that turn out to be one human.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import { until } from '../../tests/system/harness/waiting.ts';

const nameless = said.desk_nameless();

journey('three questions in one message become three topics by keys; one is settled and opened again', async (stage) => {
  const panel = await stage.hello();
  const asks = 'Where is my parcel? And can the foot be mended? And when do you close?';
  await panel.writes(asks);
  const desk = await stage.desk();
  await desk.opens(asks);
  await desk.reads(asks);
  const { keyboard } = desk.page;
  const story = desk.page.getByRole('complementary', { name: said.desk_story({ name: nameless }) });
  const topics = ['The parcel', 'A foot to mend', 'Opening hours'];

  await keyboard.press('Escape');
  await keyboard.press('t');
  const sheet = desk.page.getByRole('dialog');
  await sheet.getByText(asks).waitFor();
  for (const title of topics.slice(0, 2)) {
    await keyboard.type(title);
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter'); // and another one
    await story.getByText(title).waitFor();
    await until('there is room for the next', async () => (await sheet.getByRole('textbox').inputValue()) === '');
    await sheet.getByRole('textbox').focus();
  }
  await keyboard.type(topics[2]!);
  await keyboard.press('Enter');
  for (const title of topics) await story.getByText(title).waitFor();
  await sheet.waitFor({ state: 'hidden' });

  await keyboard.press('x');
  const of_parcel = sheet.getByRole('listitem').filter({ hasText: 'The parcel' });
  await of_parcel.getByRole('button', { name: said.desk_settle_by_word({ name: nameless }) }).focus();
  assert.deepEqual(await page_complaints(desk.at), []);
  await keyboard.press('Enter');
  await of_parcel.waitFor({ state: 'detached' });
  assert.equal(await sheet.getByRole('listitem').count(), 2);
  await keyboard.press('Escape');
  await story.getByRole('button', { name: 'The parcel' }).click();
  await sheet.getByText(said.desk_settled_by_word({ name: nameless })).waitFor();
  await sheet.getByRole('button', { name: said.desk_topic_reopen() }).press('Enter');
  await sheet.getByRole('button', { name: said.desk_settle_by_word({ name: nameless }) }).waitFor();
  await keyboard.press('Escape');
  await keyboard.press('x');
  await until('three are open again', async () => (await sheet.getByRole('listitem').count()) === 3);
});

journey('a conversation that was left and opened again is as live as before', async (stage) => {
  const [first, second] = [await stage.hello(), await stage.hello()];
  await first.writes('The first lamp hums.');
  await second.writes('The second lamp sings.');
  const desk = await stage.desk();
  for (const words of ['The first lamp', 'The second lamp', 'The first lamp', 'The second lamp', 'The first lamp']) {
    await desk.opens(words);
    await desk.reads(words);
  }
  await first.button(said.panel_entry_acts({ words: 'The first lamp hums.' })).click();
  await first.choose(said.panel_edit());
  await first.writes('The first lamp hums a waltz.');
  await first.writes('In three four time.');
  await desk.reads('The first lamp hums a waltz.', 'In three four time.');
  await desk.writes('How lovely.');
  await first.reads('a waltz', 'In three four time.', 'How lovely.');
  await desk.reads('a waltz', 'In three four time.', 'How lovely.');
  await second.writes('In the evening, mostly.');
  await desk.opens('In the evening');
  await desk.reads('The second lamp', 'In the evening, mostly.');
});

journey('a conversation is handed over with a warm note, and taken back', async (stage) => {
  const panel = await stage.panel();
  await panel.writes('My grandmother’s lamp fell down.');
  const noor = await stage.desk();
  const ines = await stage.desk(stage.home.leader);
  await noor.opens('grandmother');
  await noor.writes('Oh no. Let me ask Ines, who mends the old ones.');
  await panel.reads('grandmother', 'Let me ask Ines');

  const note = 'Her grandmother’s lamp. Go gently, it is all she has of her.';
  const hand_over = async () => {
    await noor.page.keyboard.press('Escape');
    await noor.page.keyboard.press('h');
    const sheet = noor.page.getByRole('dialog');
    await sheet.getByRole('radio', { name: 'Ines' }).press(' ');
    await sheet.getByLabel(said.desk_hand_over_words()).fill(note);
    assert.deepEqual(await page_complaints(noor.at), []);
    await sheet.getByRole('button', { name: said.desk_hand_over() }).click();
    await noor.sees(said.desk_handover_from_me({ name: 'Ines', person: nameless }));
  };
  const offer = said.desk_handover_to_me({ name: 'Noor', person: nameless });

  await hand_over();
  await ines.opens(said.desk_row_handover({ name: 'Noor', words: note }));
  await ines.sees(offer);
  await ines.sees(note);
  await noor.page.getByRole('region', { name: said.desk_hand_over() }).getByRole('button', { name: said.desk_act_take_back() }).click();
  await ines.sees_no(offer);
  assert.equal((await panel.words()).length, 2, 'she need not know of what did not happen');

  await hand_over();
  await ines.sees(offer);
  await ines.button(said.desk_handover_accept()).click();
  await ines.sees_no(offer);
  await noor.sees_no(said.desk_handover_from_me({ name: 'Ines', person: nameless }));
  await ines.writes('I am Ines. Tell me how it fell.');
  await panel.sees('I am Ines. Tell me how it fell.');
  await panel.at.getByRole('heading', { name: 'Ines' }).waitFor();
});

journey('a second reply is held when a colleague answered meanwhile', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('Does the globe come in green?');
  const noor = await stage.desk();
  const ines = await stage.desk(stage.home.leader);
  await noor.opens('globe come in green');
  await ines.opens('globe come in green');
  await noor.sees(said.desk_reads_too({ name: 'Ines' }));
  await ines.field.fill('Yes, in green and in grey.');
  await noor.field.fill('I am not sure, let me look.');
  await ines.field.press('Enter');
  await noor.field.press('Enter');
  await noor.sees(said.desk_held_title());
  await noor.sees('Yes, in green and in grey.');
  assert.deepEqual(await page_complaints(noor.at), []);
  await panel.reads('globe come in green', 'Yes, in green and in grey.');

  await noor.button(said.desk_held_keep()).click();
  await noor.sees_no(said.desk_held_title());
  assert.equal(await noor.field.inputValue(), 'I am not sure, let me look.');
  await noor.writes('And in red since Monday.');
  await panel.reads('globe come in green', 'Yes, in green and in grey.', 'And in red since Monday.');
  await ines.reads('globe come in green', 'Yes, in green and in grey.', 'And in red since Monday.');
});

journey('a draft is the same on both devices of a colleague', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('Can I come by on Saturday?');
  const office = await stage.desk();
  const pocket = await stage.desk(stage.home.colleague, '', { viewport: { width: 375, height: 740 }, hasTouch: true, isMobile: true });
  await office.opens('come by on Saturday');
  await office.field.pressSequentially('On Saturday we');
  await pocket.sees(said.ui_draft({ words: 'On Saturday we' }));
  await pocket.opens('On Saturday we');
  await until('her words are there', async () => (await pocket.field.inputValue()) === 'On Saturday we');
  await pocket.field.fill('On Saturday we are here until noon.');
  await until(
    'they are at the office, too',
    async () => (await office.field.inputValue()) === 'On Saturday we are here until noon.',
    50_000,
  );
  await office.field.press('Enter');
  await panel.reads('come by on Saturday', 'On Saturday we are here until noon.');
  await pocket.reads('come by on Saturday', 'On Saturday we are here until noon.');
  await until('nothing is left of the draft', async () => (await pocket.field.inputValue()) === '', 50_000);
});

journey('two records of one person become one story, and two again', async (stage) => {
  const phone = await stage.hello();
  const laptop = await stage.hello();
  await phone.writes('From my phone: the cord is too short.');
  await laptop.writes('From my laptop: did you get my words?');
  const desk = await stage.desk();
  const names = ['Ingrid of the phone', 'Ingrid of the laptop'];
  for (const [at, words] of ['From my phone', 'From my laptop'].entries()) {
    await desk.opens(words);
    await desk.button(said.desk_talk_acts()).click();
    await desk.choose(said.desk_about_title({ name: nameless }));
    await desk.page.getByRole('dialog').getByLabel(said.desk_about_called()).fill(names[at]!);
    await desk.page.getByRole('dialog').getByRole('button', { name: said.desk_keep() }).click();
    await desk.page.getByRole('heading', { name: names[at]! }).first().waitFor();
  }

  await desk.opens('From my phone');
  await desk.button(said.desk_talk_acts()).click();
  await desk.choose(said.desk_merge());
  const sheet = desk.page.getByRole('dialog');
  await sheet.getByRole('searchbox').fill('laptop');
  await sheet.getByRole('button', { name: names[1]! }).click();
  await sheet.getByLabel(said.desk_merge_reason()).fill('She said so herself.');
  assert.deepEqual(await page_complaints(desk.at), []);
  await sheet.getByRole('button', { name: said.desk_merge_do() }).click();
  // She is told, in both of her windows.
  await desk.reads('From my phone', 'From my laptop', said.desk_notice());
  await phone.reads('From my phone', 'From my laptop', said.panel_notice());
  await laptop.reads('From my phone', 'From my laptop', said.panel_notice());
  await desk.writes('Got them, both of you.');
  const notice = 'Two conversations turned out to be yours';
  await phone.reads('From my phone', 'From my laptop', notice, 'both of you');
  await laptop.reads('From my phone', 'From my laptop', notice, 'both of you');

  await desk.page.getByRole('complementary').getByRole('button', { name: said.desk_merge_undo() }).click();
  await desk.sees(said.desk_merge_apart({ name: names[1]! }));
  const apart = 'were taken apart again';
  await desk.reads('From my phone', notice, 'both of you', apart);
  await phone.reads('From my phone', notice, 'both of you', apart);
  await laptop.reads('From my laptop', apart);
});
