// Topics, promises and notes: what a colleague keeps in mind for somebody.
import assert from 'node:assert/strict';
import { a_program } from './harness/cast.ts';
import type { Note, Promised, Topic, Wire } from './harness/cast.ts';
import { new_id } from './harness/ids.ts';
import { table } from './harness/scenarios.ts';

const topic = new_id();
const answer = new_id();
const note = new_id();
const promise = new_id();
const in_an_hour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const in_two_hours = (): string => new Date(Date.now() + 7_200_000).toISOString();
const due = in_an_hour();

table('Topics, promises and notes', [
  {
    says: 'a topic is named and both sides hear it', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/topics`, { id: topic, title: 'The cracked lamp' }], status: 201,
    holds: (made: Topic) => assert.equal(made.state, 'open'),
    desk_hears: ['topic_changed'], mara_hears: ['topic_changed'],
  },
  {
    says: 'a topic needs a name', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/topics`, { id: new_id(), title: '' }], status: 400, code: 'invalid', field: 'title',
  },
  {
    says: 'a topic is renamed', who: 'colleague', does: ['PATCH', `/api/desk/topics/${topic}`, { title: 'The cracked lamp and its foot' }], status: 200,
    desk_hears: ['topic_changed'], mara_hears: ['topic_changed'],
  },
  { says: 'customers do not rename topics on the desk', who: 'mara', does: ['PATCH', `/api/desk/topics/${topic}`, { title: 'x' }], status: 403 },
  {
    says: 'a topic waits for us when we say so', who: 'colleague', does: ['PUT', `/api/desk/topics/${topic}/state`, { state: 'waiting_for_us' }], status: 200,
    desk_hears: ['topic_changed'], mara_hears: ['topic_changed'],
  },
  {
    says: 'a date is named when a topic waits for one', who: 'colleague', does: ['PUT', `/api/desk/topics/${topic}/state`, { state: 'waiting_for_date' }],
    status: 400, code: 'invalid', field: 'until',
  },
  {
    says: 'a colleague answers', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/entries`, { id: answer, text: 'A new foot is on its way.' }], status: 201,
    desk_hears: ['entry_added', 'conversation_changed', 'companions_changed'],
    mara_hears: ['entry_added', 'conversation_changed', 'companions_changed'],
  },
  {
    says: 'the answer touches the topic, which is answered by it', who: 'colleague', does: ['POST', `/api/desk/topics/${topic}/entries`, { entry: answer }], status: 200,
    holds: (linked: Topic) => assert.deepEqual([linked.state, linked.entries], ['answered', [answer]]),
    desk_hears: ['topic_changed'], mara_hears: ['topic_changed'],
  },
  { says: 'an entry that does not exist touches nothing', who: 'colleague', does: ['POST', `/api/desk/topics/${topic}/entries`, { entry: new_id() }], status: 400, field: 'entry' },
  {
    says: 'an entry has nothing to do with the topic after all', who: 'colleague', does: ['DELETE', `/api/desk/topics/${topic}/entries/${answer}`], status: 200,
    holds: (left: Topic) => assert.deepEqual(left.entries, []),
    desk_hears: ['topic_changed'], mara_hears: ['topic_changed'],
  },
  { says: 'a topic that does not exist has no entries', who: 'colleague', does: ['DELETE', `/api/desk/topics/${new_id()}/entries/${answer}`], status: 404 },
  {
    says: 'a colleague settles a topic after asking', who: 'colleague', does: ['POST', `/api/desk/topics/${topic}/settle`, { by: 'silence' }], status: 200,
    holds: (settled: Topic) => assert.deepEqual([settled.state, settled.settled_by], ['settled', 'silence']),
    desk_hears: ['topic_changed'], mara_hears: ['topic_changed'],
  },
  { says: 'a settled topic does not move before it is opened again', who: 'colleague', does: ['PUT', `/api/desk/topics/${topic}/state`, { state: 'answered' }], status: 409, code: 'conflict' },
  {
    says: 'a topic is opened again', who: 'colleague', does: ['POST', `/api/desk/topics/${topic}/reopen`], status: 200,
    desk_hears: ['topic_changed'], mara_hears: ['topic_changed'],
  },
  { says: 'nothing is settled that does not exist', who: 'colleague', does: ['POST', `/api/desk/topics/${new_id()}/settle`, { by: 'silence' }], status: 404 },
  { says: 'nothing is reopened that does not exist', who: 'colleague', does: ['POST', `/api/desk/topics/${new_id()}/reopen`], status: 404 },

  {
    says: 'a note is written and only the desk hears it', who: 'colleague',
    does: ['POST', (s) => `/api/desk/people/${s.mara.person}/notes`, { id: note, text: 'Prefers to write in the evening.' }], status: 201,
    holds: (written: Note, s) => assert.deepEqual([written.author, written.version], [s.colleague.person, 1]),
    desk_hears: ['note_changed'],
  },
  {
    says: 'the person reads the note in the same words', who: 'mara', does: ['GET', '/api/visitor/notes'], status: 200,
    holds: (list: Wire['NoteList']) => assert.deepEqual(list.notes.map((n) => n.text), ['Prefers to write in the evening.']),
  },
  {
    says: 'the note is found by its words', who: 'colleague', does: ['GET', '/api/desk/search/notes?q=even'], status: 200,
    holds: (page: Wire['FoundNotes'], s) => {
      assert.deepEqual(page.found.map((one) => [one.note.id, one.conversation, one.person.id]), [[note, s.mara.conversation, s.mara.person]]);
      assert.deepEqual(page.authors.map((one) => one.id), [s.colleague.person]);
      assert.equal(page.further, null);
    },
  },
  { says: 'other words find no note', who: 'colleague', does: ['GET', '/api/desk/search/notes?q=morning'], status: 200, lacks: ['evening'] },
  { says: 'the search for words that were said finds no note', who: 'colleague', does: ['GET', '/api/desk/search?q=evening'], status: 200, lacks: ['refers to write'] },
  { says: 'customers do not search in notes', who: 'mara', does: ['GET', '/api/desk/search/notes?q=evening'], status: 403, lacks: ['evening'] },
  { says: 'nor does her own search find them', who: 'mara', does: ['GET', '/api/visitor/search?q=evening'], status: 200, lacks: ['refers to write'] },
  {
    says: 'nor do programs that may read conversations', who: (s) => a_program(s.house, s.leader, ['read_conversations']),
    does: ['GET', '/api/desk/search/notes?q=evening'], status: 403, lacks: ['evening'],
  },
  { says: 'nobody else reads it', who: 'otto', does: ['GET', '/api/visitor/notes'], status: 200, lacks: ['evening'] },
  {
    says: 'a note is put differently by its author', who: 'colleague', does: ['PATCH', `/api/desk/notes/${note}`, { version: 1, text: 'Writes in the evening.' }], status: 200,
    holds: (changed: Note) => assert.equal(changed.version, 2), desk_hears: ['note_changed'],
  },
  { says: 'a note that changed meanwhile is not overwritten', who: 'colleague', does: ['PATCH', `/api/desk/notes/${note}`, { version: 1, text: 'x' }], status: 409, code: 'conflict' },
  { says: 'a note is not changed by others', who: 'leader', does: ['PATCH', `/api/desk/notes/${note}`, { version: 2, text: 'x' }], status: 403, code: 'not_allowed' },
  { says: 'a note is not taken back by others', who: 'leader', does: ['DELETE', `/api/desk/notes/${note}`], status: 403, code: 'not_allowed' },
  {
    says: 'a note is taken back by its author', who: 'colleague', does: ['DELETE', `/api/desk/notes/${note}`], status: 200,
    holds: (gone: Note) => assert.equal(gone.taken_back, true), desk_hears: ['note_changed'],
  },
  { says: 'notes are about somebody', who: 'colleague', does: ['POST', `/api/desk/people/${new_id()}/notes`, { id: new_id(), text: 'x' }], status: 404 },

  {
    says: 'a promise is made by a person, and both sides hear it', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/promises`, { id: promise, what: 'I call you.', due }], status: 201,
    holds: (made: Promised, s) => assert.deepEqual([made.by, made.to, made.state], [s.colleague.person, s.mara.person, 'given']),
    desk_hears: ['promise_changed'], mara_hears: ['promise_changed'],
  },
  {
    says: 'a repeated promise is the same promise', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/promises`, { id: promise, what: 'I call you.', due }], status: 200,
  },
  {
    says: 'nothing is promised for yesterday', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/promises`, { id: new_id(), what: 'x', due: '2020-01-01T00:00:00Z' }],
    status: 400, code: 'invalid', field: 'due',
  },
  {
    says: 'my promises are listed, soonest first', who: 'colleague', does: ['GET', '/api/desk/promises'], status: 200,
    holds: (list: Wire['PromiseList']) => assert.deepEqual(list.promises.map((p) => p.id), [promise]),
  },
  {
    says: 'the team’s promises are listed', who: 'leader', does: ['GET', '/api/desk/promises?of=team'], status: 200,
    holds: (list: Wire['PromiseList']) => assert.equal(list.promises.length, 1),
  },
  { says: 'promises are not listed by anything else', who: 'leader', does: ['GET', '/api/desk/promises?of=everybody'], status: 400, code: 'invalid', field: 'of' },
  {
    says: 'another time takes both', who: 'colleague', does: ['POST', `/api/desk/promises/${promise}/renegotiate`, () => ({ due: in_two_hours(), customer_agrees: false })],
    status: 400, code: 'invalid', field: 'customer_agrees',
  },
  {
    says: 'another time is agreed before it is due', who: 'colleague',
    does: ['POST', `/api/desk/promises/${promise}/renegotiate`, () => ({ due: in_two_hours(), customer_agrees: true })], status: 200,
    holds: (agreed: Promised) => assert.equal(agreed.state, 'renegotiated'),
    desk_hears: ['promise_changed'], mara_hears: ['promise_changed'],
  },
  {
    says: 'a promise is kept, by whoever is there', who: 'leader', does: ['POST', `/api/desk/promises/${promise}/keep`], status: 200,
    holds: (kept: Promised) => assert.equal(kept.state, 'kept'),
    desk_hears: ['promise_changed'], mara_hears: ['promise_changed'],
  },
  { says: 'a kept promise is not to be owned', who: 'colleague', does: ['POST', `/api/desk/promises/${promise}/own`, { entry: new_id(), text: 'Sorry.' }], status: 409, code: 'conflict' },
  { says: 'a promise that does not exist is not kept', who: 'colleague', does: ['POST', `/api/desk/promises/${new_id()}/keep`], status: 404 },
  { says: 'a promise is not kept by the customer', who: 'mara', does: ['POST', `/api/desk/promises/${promise}/keep`], status: 403 },
]);
