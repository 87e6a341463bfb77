// What waits for a time comes in time, also when the house was killed in between, and never twice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { a_visitor, furnish, must, sign_in, writes } from './harness/cast.ts';
import type { ConversationPage, EntryPage, Home, Wire } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { Live } from './harness/live.ts';
import { until } from './harness/waiting.ts';

let home: Home;
before(async () => { home = await furnish(await House.open()); });
after(() => home?.house.close());

const in_ms = (ms: number): string => new Date(Date.now() + ms).toISOString();

test('what was written for later is sent once, by its author, whatever happens to the house', async () => {
  const { colleague, inbox, house } = home;
  const mara = await a_visitor(house, inbox);
  await writes(mara, 'Tell me tomorrow.');
  const ids = [new_id(), new_id(), new_id()];
  for (const [i, id] of ids.entries()) {
    must(await colleague.desk.post(`/api/desk/conversations/${mara.conversation}/scheduled`, {
      id, text: `Here it is, ${i}.`, send_at: in_ms(1000 + 700 * i),
    }), 201);
  }
  // Down while the first ones come due, and killed again right after coming back.
  await house.end('SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await house.start();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await house.end('SIGKILL');
  await house.start();

  const sent = async (): Promise<string[]> => {
    const page = must(await mara.panel.get<EntryPage>('/api/visitor/entries'));
    return page.entries.filter((entry) => entry.author.person === colleague.person).map((entry) => entry.id);
  };
  await until('all of them are sent', async () => (await sent()).length >= ids.length, 15_000);
  assert.deepEqual(await sent(), ids.toReversed(), 'each once, in the order of their times, under their own ids');
  const again = await sign_in(house, colleague.email);
  const left = must(await again.desk.get<Wire['ScheduledList']>('/api/desk/scheduled'));
  assert.deepEqual(left.scheduled, [], 'nothing waits any more');
});

test('who was put off is back at the time that was chosen, and a pause ends', async () => {
  const { inbox, house } = home;
  const colleague = await sign_in(house, home.colleague.email);
  const mara = await a_visitor(house, inbox);
  await writes(mara, 'One moment please.');
  const desk = await Live.join(house, colleague.desk);
  must(await colleague.desk.put(`/api/desk/conversations/${mara.conversation}/later`, {
    until: in_ms(1200), until_she_writes: false, words: 'Ask again',
  }));
  must(await mara.panel.put('/api/visitor/pause', { until: in_ms(1200) }));
  await desk.event((event) => event.event === 'later_changed' && event['later'] === null, 'she is back');
  await desk.event((event) => event.event === 'conversation_changed'
    && (event['thread'] as Wire['Conversation']).paused_until === null, 'the pause is over');
  const page = must(await colleague.desk.get<ConversationPage>(`/api/desk/conversations/${mara.conversation}`));
  assert.deepEqual([page.later, page.conversation.paused_until], [null, null]);
  assert.notEqual(page.conversation.waiting_since, null, 'her place in the line stayed');
  assert.equal(desk.broken, undefined);
  desk.leave();
});
