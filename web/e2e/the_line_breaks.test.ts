// No line, no house, nothing kept: whatever happens to the wire, the words stay, and arrive once.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey, PanelSide } from '@kith/check/stage';

journey('words written offline survive the page and arrive once', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('Before the tunnel.');
  const desk = await stage.desk();
  await desk.opens('Before the tunnel.');

  await panel.context.setOffline(true);
  await panel.writes('In the tunnel.');
  await panel.writes('Still in the tunnel.');
  await panel.sees(said.ui_state_waiting());
  await panel.sees(said.panel_line_lost());
  await panel.field.fill('Not sent yet');
  await panel.reads('Before the tunnel.', 'In the tunnel.', 'Still in the tunnel.');
  await desk.reads('Before the tunnel.');

  // The page goes, and comes back when there is a line: closed in the tunnel, opened behind it.
  await panel.page.close();
  await panel.context.setOffline(false);
  const page = await panel.context.newPage();
  await page.goto(`${stage.house.url}/hello/${stage.home.inbox}`);
  const again = new PanelSide(page, () => page, null);
  await again.reads('Before the tunnel.', 'In the tunnel.', 'Still in the tunnel.');
  await desk.reads('Before the tunnel.', 'In the tunnel.', 'Still in the tunnel.');
  assert.equal(await again.field.inputValue(), 'Not sent yet');
  await again.field.press('Enter');
  await desk.reads('Before the tunnel.', 'In the tunnel.', 'Still in the tunnel.', 'Not sent yet');
});

journey('a colleague reads and writes on without a line, through a reload', async (stage) => {
  const panel = await stage.hello();
  await panel.writes('Is the lamp mended?');
  const desk = await stage.desk();
  await desk.opens('Is the lamp mended?');
  await desk.reads('Is the lamp mended?');
  await desk.page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await desk.page.waitForFunction(() => navigator.serviceWorker.controller !== null);

  await desk.context.setOffline(true);
  await desk.writes('It is. You can fetch it.');
  await desk.sees(said.ui_state_waiting());
  await desk.page.reload();
  await desk.reads('Is the lamp mended?', 'It is. You can fetch it.');
  await desk.sees(said.desk_line_lost());
  await desk.context.setOffline(false);
  await panel.reads('Is the lamp mended?', 'It is. You can fetch it.');
  await desk.sees_no(said.desk_line_lost());
  await desk.reads('Is the lamp mended?', 'It is. You can fetch it.');
});

journey('the house falls down in the middle of a conversation, and not a word is lost or doubled', async (stage) => {
  const desk = await stage.desk();
  const panel = await stage.panel();
  await panel.writes('The first word.');
  await desk.opens('The first word.');
  await desk.writes('The second.');
  await panel.reads('The first word.', 'The second.');

  await stage.house.end('SIGKILL');
  await panel.writes('The third, into the dark.');
  await desk.writes('The fourth, into the dark.');
  await panel.sees(said.panel_line_lost());
  await desk.sees(said.desk_line_lost());
  await panel.sees(said.ui_state_waiting());
  await desk.sees(said.ui_state_waiting());
  await panel.field.fill('The fifth, not sent yet');
  await desk.field.fill('The sixth, not sent yet');
  assert.deepEqual(await page_complaints(panel.at), []);
  assert.deepEqual(await page_complaints(desk.at), []);

  await stage.house.start();
  await panel.sees_no(said.panel_line_lost());
  await desk.sees_no(said.desk_line_lost());
  await panel.sees_no(said.ui_state_waiting());
  await desk.sees_no(said.ui_state_waiting());
  // Which of the two in the dark comes first is nobody's to say, but both humans read the same.
  await panel.sees('The fourth, into the dark.');
  await desk.sees('The third, into the dark.');
  const order = (words: string[]) => words.map((each) => /The (\w+)/.exec(each)?.[1]);
  assert.deepEqual(order(await panel.words()), order(await desk.words()));
  assert.deepEqual(order(await panel.words()).toSorted(), ['first', 'fourth', 'second', 'third']);
  assert.equal(await panel.field.inputValue(), 'The fifth, not sent yet');
  assert.equal(await desk.field.inputValue(), 'The sixth, not sent yet');
  await panel.field.press('Enter');
  await desk.sees('The fifth, not sent yet');
  assert.equal((await desk.words()).length, 5);
});

journey('the very first words are kept, too, when the house is away in that moment', async (stage) => {
  const desk = await stage.desk();
  const panel = await stage.panel();
  await stage.house.end('SIGKILL');
  await panel.writes('Hello, is this on?');
  await panel.sees(said.panel_line_lost());
  await stage.house.start();
  await desk.opens('Hello, is this on?');
  await desk.reads('Hello, is this on?');
  await panel.sees_no(said.panel_line_lost());
  await desk.writes('Yes. Good morning!');
  await panel.reads('Hello, is this on?', 'Yes. Good morning!');
  stage.forgive(/dynamically imported module|Unable to preload CSS/);
});

journey('a browser that keeps nothing for frames of other sites can write all the same', async (stage) => {
  const desk = await stage.desk();
  const panel = await stage.panel({ keeps_nothing: true });
  assert.equal(
    await panel.at.evaluate(() => navigator.locks.request('a lock', () => 'given').catch((error: Error) => error.name)),
    'SecurityError',
  );
  await panel.writes('Can you hear me?');
  await panel.writes('I am behind a strict browser.');
  await desk.opens('I am behind a strict browser.');
  await desk.reads('Can you hear me?', 'I am behind a strict browser.');
  // It is told that nothing is kept there, and how an answer finds its way all the same.
  await panel.sees(said.panel_forgetful());
  await panel.at.getByRole('button', { name: said.panel_address_title() }).click();
  await panel.at.getByLabel(said.panel_address_label()).fill('ingrid@example.org');
  await panel.button(said.panel_address_leave()).click();
  await panel.sees(/Thank you.*ingrid@example\.org/);
  await panel.sees_no(said.panel_forgetful());
  await desk.writes('Loud and clear.');
  await panel.reads('Can you hear me?', 'I am behind a strict browser.', 'Loud and clear.');

  // Nor are words lost that were half written while the panel was closed and opened again.
  await panel.field.fill('One more thing');
  await panel.button(said.ui_close()).click();
  await panel.door?.press();
  assert.equal(await panel.field.inputValue(), 'One more thing');
  await stage.house.end('SIGKILL');
  await panel.field.press('Enter');
  await panel.sees(said.panel_waiting_line());
  await panel.sees_no(said.ui_state_waiting());
  await stage.house.start();
  await desk.reads('Can you hear me?', 'I am behind a strict browser.', 'Loud and clear.', 'One more thing');
});
