// Nobody is hurried: words that can be called back, words for tomorrow, people to come back to, a minute that is asked for, and
// an address left where nobody is.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import { until } from '../../tests/system/harness/waiting.ts';

const nameless = said.desk_nameless();

journey('words are called back before they leave, and the next ones go out', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('Do you still have Elna in blue?');
  const desk = await stage.desk();
  await desk.opens('Elna in blue');
  await desk.writes('No, never heard of her.');
  await desk.button(said.ui_undo()).click();
  await until('her words are back', async () => (await desk.field.inputValue()) === 'No, never heard of her.');
  await desk.reads('Elna in blue');
  await desk.writes('Yes, one is left.');
  await panel.reads('Elna in blue', 'Yes, one is left.');
});

journey('words are written now and go out later; they can be fetched back until then', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('Please remind me of the lamp on my birthday.');
  const desk = await stage.desk();
  await desk.opens('on my birthday');
  await desk.field.fill('Happy birthday! The lamp is waiting for you.');
  await desk.button(said.desk_send_later()).click();
  await desk.choose(new RegExp(said.desk_send_tomorrow()));
  const waits = desk.page.getByText(/^Goes out /);
  await waits.waitFor();
  assert.equal(await desk.field.inputValue(), '');
  assert.deepEqual(await page_complaints(desk.at), []);
  await desk.page.getByRole('link', { name: said.desk_room_today() }).click();
  await desk.sees('Happy birthday! The lamp is waiting for you.');
  await desk.page.goBack();
  await desk.button(said.desk_scheduled_back()).click();
  await until('her words are in the draft', async () => (await desk.field.inputValue()).startsWith('Happy birthday!'));
  await waits.waitFor({ state: 'hidden' });

  await desk.button(said.desk_send_later()).click();
  await desk.choose(said.desk_send_choose());
  const sheet = desk.page.getByRole('dialog');
  const at = await sheet.getByLabel(said.desk_send_when()).getAttribute('min');
  await sheet.getByLabel(said.desk_send_when()).fill(at ?? '');
  await sheet.getByRole('button', { name: said.desk_send_later() }).click();
  await waits.waitFor();
  await panel.reads('on my birthday');
  await until('the minute has come', async () => (await panel.words()).length === 2, 90_000);
  await panel.reads('on my birthday', 'Happy birthday!');
  await waits.waitFor({ state: 'hidden' });
});

journey('a colleague comes back to somebody later, and sooner when she writes', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('I will measure the shelf and write again.');
  const desk = await stage.desk();
  await desk.opens('measure the shelf');
  await desk.page.getByRole('main').getByRole('button', { name: said.desk_later(), exact: true }).click();
  await desk.choose(said.desk_later_she_writes({ name: nameless }));
  await desk.sees(said.desk_later_now_she_writes({ name: nameless }));
  await desk.page.getByRole('heading', { name: said.desk_list_later() }).waitFor();
  assert.deepEqual(await page_complaints(desk.at), []);
  await panel.writes('The shelf has 40 centimetres.');
  await desk.page.getByRole('heading', { name: said.desk_list_later() }).waitFor({ state: 'detached' });
  await desk.sees_no(said.desk_later_now_she_writes({ name: nameless }));
  await desk.reads('measure the shelf', '40 centimetres');
});

journey('a visitor asks for a minute; her place is kept, and both know', async (stage) => {
  const desk = await stage.desk();
  const panel = await stage.panel();
  await panel.writes('The foot wobbles. Wait, the doorbell.');
  await desk.opens('the doorbell');
  await panel.button(said.panel_more()).click();
  await panel.choose(said.panel_minute());
  await panel.sees(/^Take your time\. Your place is kept/);
  await desk.page
    .getByRole('main')
    .getByText(new RegExp(`${nameless} takes a minute`))
    .waitFor();
  await desk.sees(said.desk_row_paused());
  assert.deepEqual(await page_complaints(panel.at), []);
  await panel.button(said.panel_back_now()).click();
  await panel.sees_no(/^Take your time\./);
  await desk.sees_no(said.desk_row_paused());
  await panel.writes('I am back.');
  await desk.reads('the doorbell', 'I am back.');
});

journey('who comes when nobody is there hears the truth, leaves words and an address, and is never asked again', async (stage) => {
  const panel = await stage.panel();
  await panel.sees(said.panel_nobody());
  await panel.writes('Is anybody there?');
  await panel.reads('Is anybody there?');
  const leave = panel.button(new RegExp(`^${said.panel_address_title()}`));
  await leave.click();
  const field = panel.at.getByLabel(said.panel_address_label());
  await field.fill('not an address');
  await field.press('Enter');
  await panel.sees(said.panel_address_wrong());
  assert.equal(await field.inputValue(), 'not an address');
  assert.deepEqual(await page_complaints(panel.at), []);
  await field.fill('ingrid@example.org');
  await field.press('Enter');
  await panel.sees(/ingrid@example\.org/);

  const desk = await stage.desk();
  await desk.opens('Is anybody there?');
  await desk.page.getByRole('complementary').getByText('ingrid@example.org').waitFor();
  await desk.writes('Now I am. Good morning!');
  await panel.reads('Is anybody there?', 'Now I am. Good morning!');
  await desk.page.close();
  await panel.page.reload();
  const again = await stage.again(panel);
  await again.writes('And again nobody.');
  await again.reads('Is anybody there?', 'Now I am. Good morning!', 'And again nobody.');
  await again.sees(said.panel_nobody_detail());
  assert.equal(await again.button(new RegExp(`^${said.panel_address_title()}`)).count(), 0, 'she has answered that before');
});
