// Two records of one human: brought together and taken apart again, seen by both sides, with nothing lost or leaked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { a_visitor, answers, furnish, must, writes } from './harness/cast.ts';
import type { ConversationPage, EntryPage, Home, Line, Merge, PersonPage, Visitor } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { whole_conversation } from './harness/ledger.ts';
import { Live } from './harness/live.ts';
import type { LiveEvent } from './harness/live.ts';
import { until } from './harness/waiting.ts';

let home: Home;
let at_home: Visitor;
let at_work: Visitor;
const merge = new_id();

before(async () => {
  home = await furnish(await House.open());
  at_home = await a_visitor(home.house, home.inbox);
  at_work = await a_visitor(home.house, home.inbox);
  await writes(at_home, 'from home');
  await writes(at_work, 'from work');
});
after(() => home?.house.close());

async function texts(visitor: Visitor): Promise<string[]> {
  const entries = await whole_conversation(home.colleague.desk, visitor.conversation);
  const own = must(await visitor.panel.get<EntryPage>('/api/visitor/entries?limit=100')).entries;
  assert.deepEqual(own, entries.slice(0, 100), 'both sides read the same');
  return entries.filter((entry) => entry.author.kind !== 'notice').map((entry) => entry.text);
}
async function waiting(): Promise<string[]> {
  return must(await home.colleague.desk.get<Line>('/api/desk/line')).waiting.map((row) => row.person.id);
}

test('brought together, she reads one conversation wherever she is', async () => {
  const panel = await Live.join(home.house, at_home.panel);
  const desk = await Live.join(home.house, home.colleague.desk);
  must(await home.colleague.desk.post('/api/desk/merges', {
    id: merge, from: at_work.person, into: at_home.person, reason: 'She told me so.',
  }), 201);
  for (const ears of [panel, desk]) {
    await ears.event((event) => event.event === 'conversation_changed' && event.conversation === at_home.conversation
      && (event['thread'] as { strands: string[] }).strands.length === 2, 'the thread with two strands');
  }
  assert.deepEqual(await texts(at_home), ['from work', 'from home']);
  assert.deepEqual(await texts(at_work), ['from work', 'from home']);
  const page = must(await home.colleague.desk.get<PersonPage>(`/api/desk/people/${at_home.person}`));
  assert.deepEqual(page.merged_people.map((person) => person.id), [at_work.person]);
  assert.deepEqual(await waiting(), [at_home.person], 'one human waits once');
  panel.leave();
  desk.leave();
});

test('what either of them writes stands in the one conversation', async () => {
  await writes(at_work, 'still me');
  await answers(home.colleague, at_work.conversation, 'hello you');
  assert.deepEqual(await texts(at_home), ['hello you', 'still me', 'from work', 'from home']);
  assert.deepEqual(await waiting(), []);
});

test('a merged person cannot be merged once more', async () => {
  const third = await a_visitor(home.house, home.inbox);
  await writes(third, 'third');
  const again = await home.colleague.desk.post('/api/desk/merges', { id: new_id(), from: at_work.person, into: third.person, reason: 'x' });
  assert.equal(again.status, 409);
});

test('colleagues are never merged', async () => {
  const answer = await home.leader.desk.post('/api/desk/merges', { id: new_id(), from: home.colleague.person, into: at_home.person, reason: 'x' });
  assert.ok([403, 404, 409, 400].includes(answer.status), String(answer.status));
});

test('taken apart, each has her own words again and reads nothing of the other', async () => {
  const panel = await Live.join(home.house, at_work.panel);
  const undone = must(await home.colleague.desk.post<Merge>(`/api/desk/merges/${merge}/undo`));
  assert.notEqual(undone.undone_at, null);
  must(await home.colleague.desk.post(`/api/desk/merges/${merge}/undo`));
  const her_own = (event: LiveEvent): boolean => event.event === 'conversation_changed' && event.conversation === at_work.conversation;
  await until('her own thread, or a cut', () => panel.events.some(her_own) || panel.is_closed);
  // Whoever is cut because her rights changed comes in again and hears the same.
  const back = panel.is_closed ? await Live.join(home.house, at_work.panel, { since: panel.cursor }) : panel;
  await back.event(her_own, 'her own thread');
  assert.equal((await texts(at_work)).includes('from home'), false);
  assert.equal((await texts(at_home)).includes('from work'), false);
  assert.ok((await texts(at_work)).includes('from work'));
  const page = must(await at_home.panel.get<ConversationPage>('/api/visitor/conversation'));
  assert.deepEqual(page.conversation.strands, [at_home.conversation]);

  const entry = await writes(at_home, 'only home again');
  const mark = await writes(at_work, 'only work again');
  await back.event((event) => event.entry?.id === mark.id);
  assert.ok(back.events.every((event) => event.entry?.id !== entry.id), 'hears what is no longer hers');
  back.leave();
});

test('merging and undoing a hundred times changes nothing', async () => {
  const before_it = [await texts(at_home), await texts(at_work)];
  for (let i = 0; i < 100; i++) {
    const id = new_id();
    const [from, into] = i % 2 ? [at_home, at_work] : [at_work, at_home];
    must(await home.colleague.desk.post('/api/desk/merges', { id, from: from.person, into: into.person, reason: 'x' }), 201);
    must(await home.colleague.desk.post(`/api/desk/merges/${id}/undo`));
  }
  assert.deepEqual([await texts(at_home), await texts(at_work)], before_it);
});
