// The first conversation, on a website of somebody else with a strict policy.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import { until } from '../../tests/system/harness/waiting.ts';

journey('a visitor of somebody else’s website meets a human, writes and is answered', async (stage) => {
  const desk = await stage.desk();
  const website = await stage.website();
  await until('the face outside says who is there', async () => /Noor/.test(await website.door.name()), 50_000);
  const panel = await website.opens();
  await panel.sees('Noor');
  assert.deepEqual(await page_complaints(panel.at), []);
  await panel.writes('Good morning! My lamp arrived with a crack.');
  await panel.reads('Good morning! My lamp arrived with a crack.');

  await desk.opens('My lamp arrived with a crack.');
  await desk.reads('Good morning! My lamp arrived with a crack.');
  await desk.field.pressSequentially('Good morn');
  await panel.sees(said.panel_is_writing());
  await desk.writes('Good morning! I am Noor. I send you a new foot today.');
  await panel.reads('My lamp arrived with a crack.', 'I send you a new foot today.');
  await desk.sees(said.desk_has_read({ name: said.desk_nameless() }));

  await panel.writes('Thank you!');
  await desk.reads('My lamp arrived with a crack.', 'I send you a new foot today.', 'Thank you!');
  assert.deepEqual(await page_complaints(panel.at), []);
  assert.deepEqual(await page_complaints(desk.at), []);
});
