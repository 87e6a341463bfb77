// The first conversation, on a website of somebody else with a strict policy.
import assert from 'node:assert/strict';
import { page_complaints } from '@kith/check/axe_page';
import { said } from '@kith/check/said';
import { journey } from '@kith/check/stage';
import { must } from '../../tests/system/harness/cast.ts';
import type { Line, Promised } from '../../tests/system/harness/cast.ts';
import { new_id } from '../../tests/system/harness/ids.ts';
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
  await panel.sees(/^kept$/);
  await panel.sees(said.panel_waits_here());

  await desk.opens('My lamp arrived with a crack.');
  await desk.reads('Good morning! My lamp arrived with a crack.');
  await panel.sees(/^read$/);
  await panel.sees_no(/^kept$/);
  await desk.field.pressSequentially('Good morn');
  await panel.sees(said.panel_is_writing());
  await desk.writes('Good morning! I am Noor. I send you a new foot today.');
  await panel.reads('My lamp arrived with a crack.', 'I send you a new foot today.');
  await desk.sees(said.desk_has_read({ name: said.desk_nameless() }));

  await panel.sees_no(said.panel_waits_here());
  await panel.writes('Thank you!');
  await desk.reads('My lamp arrived with a crack.', 'I send you a new foot today.', 'Thank you!');
  assert.deepEqual(await page_complaints(panel.at), []);
  assert.deepEqual(await page_complaints(desk.at), []);
});

journey('what was promised stands between the words, and tells at once what became of it', async (stage) => {
  const { desk } = stage.home.colleague;
  const panel = await stage.panel();
  await panel.writes('The foot is broken in two.');
  await panel.sees(/^kept$/);
  const line = must(await desk.get<Line>('/api/desk/line'));
  const talk = line.waiting[0]?.conversation.id ?? '';
  const what = 'I bring a whole lamp to your door.';
  const in_days = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const given = { id: new_id(), what, from: null, due: in_days(2) };
  must(await desk.post<Promised>(`/api/desk/conversations/${talk}/promises`, given), 201);
  const promise = panel.log.getByRole('note').filter({ hasText: what });
  await promise.getByText(/^Noor promises this by /).waitFor();
  assert.deepEqual(await page_complaints(panel.at), []);
  must(await desk.post<Promised>(`/api/desk/promises/${given.id}/renegotiate`, { from: null, due: in_days(3), customer_agrees: true }));
  await promise.getByText(/as agreed anew$/).waitFor();
  must(await desk.post<Promised>(`/api/desk/promises/${given.id}/keep`));
  await promise.getByText(said.panel_promise_kept({ name: 'Noor' })).waitFor();
  // It is there when she comes back, too.
  const again = await stage.again(panel);
  await again.log
    .getByRole('note')
    .getByText(said.panel_promise_kept({ name: 'Noor' }))
    .waitFor();
});
