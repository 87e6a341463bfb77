import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { a_visitor, furnish, must, writes } from './harness/cast.ts';
import type { ConversationPage, EntryPage, Home, Promised } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { until } from './harness/waiting.ts';

let home: Home;
before(async () => { home = await furnish(await House.open()); });
after(() => home?.house.close());

test('a promise that comes due is broken in the open, both sides are told, and it can be owned', async () => {
  const { colleague, inbox, house } = home;
  const mara = await a_visitor(house, inbox);
  await writes(mara, 'Will you call me?');
  const promise = new_id();
  must(await colleague.desk.post(`/api/desk/conversations/${mara.conversation}/promises`, {
    id: promise, what: 'I call you.', due: new Date(Date.now() + 1500).toISOString(),
  }), 201);

  const state = async (): Promise<string | undefined> => {
    const page = must(await mara.panel.get<ConversationPage>('/api/visitor/conversation'));
    return page.promises.find((one) => one.id === promise)?.state;
  };
  await until('the promise is broken', async () => (await state()) === 'broken', 15_000);
  const page = must(await mara.panel.get<EntryPage>('/api/visitor/entries'));
  assert.equal(page.entries[0]?.author.kind, 'notice', 'a notice tells both sides');

  const late = await colleague.desk.post(`/api/desk/promises/${promise}/keep`);
  assert.equal(late.status, 409, 'what is broken cannot be kept any more');
  const owned = must(await colleague.desk.post<Promised>(`/api/desk/promises/${promise}/own`, {
    entry: new_id(), text: 'I said I would call and did not. I am sorry.',
  }));
  assert.equal(owned.state, 'owned');
  const after_it = must(await mara.panel.get<EntryPage>('/api/visitor/entries'));
  assert.equal(after_it.entries[0]?.kind, 'apology');
});
