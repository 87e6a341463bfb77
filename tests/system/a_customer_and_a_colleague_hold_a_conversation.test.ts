// The heart of it: two programs, a customer and a colleague, talk through the API and the live connection of the real
// binary, both ways, and each sees what the other does without asking again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { a_visitor, answers, furnish, must, writes } from './harness/cast.ts';
import type { ConversationPage, EntryPage, Home, Line, Topic, Visitor, Wire } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { Live } from './harness/live.ts';

let home: Home;
let mara: Visitor;
let panel: Live;
let desk: Live;

before(async () => {
  home = await furnish(await House.open());
  desk = await Live.join(home.house, home.colleague.desk);
  mara = await a_visitor(home.house, home.inbox);
  panel = await Live.join(home.house, mara.panel);
});
after(async () => {
  panel?.leave();
  desk?.leave();
  await home?.house.close();
});

test('each is told who she is', () => {
  assert.deepEqual([desk.welcome?.you.kind, desk.welcome?.you.person], ['colleague', home.colleague.person]);
  assert.deepEqual([panel.welcome?.you.kind, panel.welcome?.you.person], ['customer', mara.person]);
});

test('a customer writes over HTTP, and the desk has it at once, whole', async () => {
  const entry = await writes(mara, 'Good morning! My lamp arrived with a crack.');
  const heard = await desk.event((event) => event.entry?.id === entry.id, 'the first word on the desk');
  assert.deepEqual(heard.entry, entry, 'the event carries the same state as the answer');
  assert.equal(heard.conversation, mara.conversation);
  const line = must(await home.colleague.desk.get<Line>('/api/desk/line'));
  assert.deepEqual(line.waiting.map((row) => row.person.id), [mara.person]);
});

test('a colleague answers, the customer has it at once, and nobody waits any more', async () => {
  const entry = await answers(home.colleague, mara.conversation, 'Good morning! I am Noor. Shall I send a new foot?');
  const heard = await panel.event((event) => event.entry?.id === entry.id, 'the answer at the customer');
  assert.equal(heard.entry?.author.kind, 'colleague');
  assert.deepEqual(must(await home.colleague.desk.get<Line>('/api/desk/line')).waiting, []);
});

test('a customer writes through the live connection, and it is kept before she is told so', async () => {
  const id = new_id();
  panel.say({ type: 'write', id, text: 'Yes please!' });
  const kept = await panel.frame((frame) => frame.type === 'kept' && frame.id === id, 'kept');
  assert.ok(Number(kept.seq) > 0);
  const heard = await desk.event((event) => event.entry?.id === id, 'the live word on the desk');
  assert.equal(heard.entry?.text, 'Yes please!');
  const own = await panel.event((event) => event.entry?.id === id, 'her own word, for her other devices');
  assert.equal(own.seq, heard.seq);
});

test('a colleague writes through the live connection', async () => {
  const id = new_id();
  desk.say({ type: 'write', id, conversation: mara.conversation, text: 'It leaves today.' });
  await desk.frame((frame) => frame.type === 'kept' && frame.id === id, 'kept');
  assert.equal((await panel.event((event) => event.entry?.id === id)).entry?.text, 'It leaves today.');
});

test('the same live word twice is kept once', async () => {
  const id = new_id();
  for (let i = 0; i < 3; i++) panel.say({ type: 'write', id, text: 'Thank you!' });
  const kept = (): number[] => panel.frames.filter((frame) => frame.type === 'kept' && frame.id === id).map((frame) => Number(frame.seq));
  await panel.frame(() => kept().length === 3, 'three answers');
  assert.equal(new Set(kept()).size, 1, 'the same seq each time');
  panel.say({ type: 'write', id, text: 'Something else.' });
  const refused = await panel.frame((frame) => frame.type === 'refused' && frame.id === id, 'refused');
  assert.equal((refused['problem'] as { code: string }).code, 'conflict');
  assert.equal(desk.events.filter((event) => event.entry?.id === id).length, 1);
});

test('typing and reading reach the other side, are never stored and never come back', async () => {
  panel.say({ type: 'typing' });
  const typing = await desk.frame((frame) => frame.type === 'typing', 'typing on the desk');
  assert.equal(typing['conversation'], mara.conversation);
  const { cursor } = panel;
  desk.say({ type: 'reading', conversation: mara.conversation, seq: cursor });
  const reading = await panel.frame((frame) => frame.type === 'reading', 'reading at the customer');
  assert.equal(reading.seq, cursor);
  const again = await Live.join(home.house, mara.panel, { since: 0 });
  assert.ok(again.frames.every((frame) => frame.type !== 'typing' && frame.type !== 'reading'));
  again.leave();
});

test('presence is hers to say, and customers see it without the rest', async () => {
  desk.say({ type: 'presence', level: 'gentle', written_capacity: 1 });
  const seen = await panel.frame((frame) => frame.type === 'presence'
    && (frame['presence'] as { person: string }).person === home.colleague.person
    && (frame['presence'] as { level: string }).level === 'gentle', 'presence at the customer');
  assert.deepEqual(Object.keys(seen['presence'] as object).sort(), ['back_at', 'level', 'person']);
  const team = must(await mara.panel.get<Wire['PublicTeam']>('/api/visitor/presence'));
  assert.equal(team.team.find((one) => one.id === home.colleague.person)?.level, 'gentle');
});

test('an edit, a topic and its settling are seen by both without asking again', async () => {
  const entry = await writes(mara, 'I live in Lnud.');
  must(await mara.panel.patch(`/api/visitor/entries/${entry.id}`, { act: new_id(), text: 'I live in Lund.' }));
  const edited = await desk.event((event) => event.event === 'entry_changed' && event.entry?.id === entry.id);
  assert.equal(edited.entry?.text, 'I live in Lund.');
  const topic = must(await home.colleague.desk.post<Topic>(`/api/desk/conversations/${mara.conversation}/topics`, {
    id: new_id(), title: 'The cracked lamp', entries: [entry.id],
  }), 201);
  await panel.event((event) => (event['topic'] as Topic | undefined)?.id === topic.id, 'the topic at the customer');
  must(await mara.panel.post(`/api/visitor/topics/${topic.id}/settle`));
  await desk.event((event) => (event['topic'] as Topic | undefined)?.state === 'settled', 'the settled topic on the desk');
});

test('a note never reaches the customer’s live connection', async () => {
  must(await home.colleague.desk.post(`/api/desk/people/${mara.person}/notes`, { id: new_id(), text: 'Likes short answers.' }), 201);
  await desk.event((event) => event.event === 'note_changed');
  const entry = await answers(home.colleague, mara.conversation, 'All the best!');
  await panel.event((event) => event.entry?.id === entry.id);
  assert.ok(panel.events.every((event) => event.event !== 'note_changed'));
});

test('what both heard live is exactly what both read afterwards', async () => {
  const theirs = must(await home.colleague.desk.get<EntryPage>(`/api/desk/conversations/${mara.conversation}/entries?limit=100`)).entries;
  const hers = must(await mara.panel.get<EntryPage>('/api/visitor/entries?limit=100')).entries;
  assert.deepEqual(hers, theirs);
  for (const ears of [panel, desk]) {
    const state = new Map<string, unknown>();
    for (const event of ears.events) if (event.entry) state.set(event.entry.id, event.entry);
    assert.deepEqual(hers.map((entry) => state.get(entry.id)), hers);
    assert.equal(ears.broken, undefined);
  }
  const page = must(await mara.panel.get<ConversationPage>('/api/visitor/conversation'));
  assert.equal(page.conversation.strands.length, 1);
});

test('a stranger hears nothing of it', async () => {
  const otto = await a_visitor(home.house, home.inbox);
  const ears = await Live.join(home.house, otto.panel, { since: 0 });
  const entry = await writes(mara, 'Only for Noor.');
  await desk.event((event) => event.entry?.id === entry.id);
  await writes(otto, 'Hello.');
  await ears.event((event) => event.entry?.text === 'Hello.');
  assert.ok(ears.events.every((event) => event.conversation === null || event.conversation === otto.conversation));
  ears.leave();
});
