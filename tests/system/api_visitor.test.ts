// What a customer can do in her own conversation, operation by operation.
import assert from 'node:assert/strict';
import type { Attachment, ConversationPage, Entry, EntryPage, Topic, Wire } from './harness/cast.ts';
import { new_id } from './harness/ids.ts';
import { table } from './harness/scenarios.ts';

const entry = new_id();
const edit = new_id();
const take_back = new_id();
const topic = new_id();
const address = new_id();

table('A customer', [
  {
    says: 'reads who is there before she writes, without a token',
    who: 'nobody', does: ['GET', (s) => `/api/site/${s.inbox}`], status: 200,
    holds: (site: Wire['Site'], s) => {
      assert.equal(site.inbox, s.inbox);
      assert.ok(site.team.every((colleague) => colleague.called.length > 0));
    },
    lacks: ['@house.example', 'is_leader', 'is_admin'],
  },
  { says: 'hears that an inbox nobody opened does not exist', who: 'nobody', does: ['GET', `/api/site/${new_id()}`], status: 404, code: 'not_found' },
  {
    says: 'comes in with nothing but an id, and nothing is asked',
    who: 'nobody', does: ['POST', '/api/visitor/sessions', (s: { inbox: string }) => ({ id: new_id(), inbox: s.inbox })], status: 201,
    holds: (visit: Wire['Visit']) => assert.equal(visit.person.called, ''),
    desk_hears: [],
  },
  {
    says: 'cannot come in through an inbox that does not exist', who: 'nobody',
    does: ['POST', '/api/visitor/sessions', { id: new_id(), inbox: new_id() }], status: 404, code: 'not_found',
  },
  {
    says: 'reads what is known about her', who: 'mara', does: ['GET', '/api/visitor/me'], status: 200,
    holds: (me: Wire['VisitorMe'], s) => assert.equal(me.person.id, s.mara.person),
  },
  {
    says: 'says how she likes to be called, and the desk hears it', who: 'mara',
    does: ['PATCH', '/api/visitor/me', { called: 'Mara', languages: ['de', 'en'], access_needs: 'please write' }], status: 200,
    holds: (person: Wire['Person']) => assert.deepEqual([person.called, person.languages, person.access_needs], ['Mara', ['de', 'en'], 'please write']),
    desk_hears: ['person_changed'], mara_hears: ['person_changed'],
  },
  {
    says: 'hears which field of hers cannot be understood', who: 'mara', does: ['PATCH', '/api/visitor/me', { called: 7 }],
    status: 400, code: 'invalid', field: 'called',
  },
  {
    says: 'leaves an address, which stays claimed', who: 'mara',
    does: ['POST', '/api/visitor/identities', { id: address, kind: 'email', value: 'Mara@Example.org' }], status: 201,
    holds: (identity: Wire['Identity']) => assert.deepEqual([identity.state, identity.value], ['claimed', 'mara@example.org']),
  },
  {
    says: 'leaves the same address again and it is the same', who: 'mara',
    does: ['POST', '/api/visitor/identities', { id: address, kind: 'email', value: 'Mara@Example.org' }], status: 200,
  },
  {
    says: 'reads her conversation', who: 'mara', does: ['GET', '/api/visitor/conversation'], status: 200,
    holds: (page: ConversationPage, s, answer) => {
      assert.equal(page.conversation.id, s.mara.conversation);
      assert.notEqual(page.conversation.waiting_since, null);
      s.kept['etag'] = String(answer.headers.etag);
    },
  },
  {
    says: 'writes an entry that both sides hear', who: 'mara',
    does: ['POST', '/api/visitor/entries', { id: entry, text: 'The lamp arrived with a crack.' }], status: 201,
    holds: (written: Entry, s) => assert.deepEqual([written.author.kind, written.author.person, written.version], ['customer', s.mara.person, 1]),
    desk_hears: ['entry_added'], mara_hears: ['entry_added'],
  },
  {
    says: 'writes the same entry again: the same answer, and nobody hears it twice', who: 'mara',
    does: ['POST', '/api/visitor/entries', { id: entry, text: 'The lamp arrived with a crack.' }], status: 200,
    holds: (again: Entry) => assert.equal(again.id, entry),
  },
  {
    says: 'cannot say something else under the same id', who: 'mara',
    does: ['POST', '/api/visitor/entries', { id: entry, text: 'The chair arrived with a crack.' }], status: 409, code: 'conflict', lacks: ['lamp'],
  },
  {
    says: 'cannot use the id of somebody else’s entry, and learns nothing of it', who: 'otto',
    does: ['POST', '/api/visitor/entries', { id: entry, text: 'The lamp arrived with a crack.' }], status: 409, code: 'conflict', lacks: ['lamp'],
  },
  {
    says: 'cannot write nothing at all', who: 'mara', does: ['POST', '/api/visitor/entries', { id: new_id(), text: '  ' }],
    status: 400, code: 'invalid', field: 'text',
  },
  {
    says: 'reads her entries newest first', who: 'mara', does: ['GET', '/api/visitor/entries?limit=1'], status: 200,
    holds: (page: EntryPage) => assert.deepEqual([page.entries.map((e) => e.id), page.older !== null], [[entry], true]),
    lacks: ['Otto'],
  },
  {
    says: 'is told when a cursor is none', who: 'mara', does: ['GET', '/api/visitor/entries?before=yesterday'], status: 400,
    code: 'invalid', field: 'before',
  },
  {
    says: 'says it differently, and both sides hear the new words', who: 'mara',
    does: ['PATCH', `/api/visitor/entries/${entry}`, { act: edit, text: 'The lamp arrived with a long crack.' }], status: 200,
    holds: (changed: Entry) => assert.equal(changed.version, 2),
    desk_hears: ['entry_changed'], mara_hears: ['entry_changed'],
  },
  {
    says: 'repeats an edit without changing anything', who: 'mara',
    does: ['PATCH', `/api/visitor/entries/${entry}`, { act: edit, text: 'The lamp arrived with a long crack.' }], status: 200,
    holds: (changed: Entry) => assert.equal(changed.version, 2),
  },
  {
    says: 'cannot change somebody else’s entry, which to her does not exist', who: 'otto',
    does: ['PATCH', `/api/visitor/entries/${entry}`, { act: new_id(), text: 'mine' }], status: 404, code: 'not_found', lacks: ['lamp'],
  },
  {
    says: 'reads everything her entry ever said', who: 'mara', does: ['GET', `/api/visitor/entries/${entry}/versions`], status: 200,
    holds: (list: Wire['EntryVersionList']) => assert.deepEqual(list.versions.map((v) => v.text),
      ['The lamp arrived with a crack.', 'The lamp arrived with a long crack.']),
  },
  { says: 'cannot read the versions of a stranger’s entry', who: 'otto', does: ['GET', `/api/visitor/entries/${entry}/versions`], status: 404, lacks: ['lamp'] },
  {
    says: 'finds her words by their beginning', who: 'mara', does: ['GET', '/api/visitor/search?q=long%20cra'], status: 200,
    holds: (found: Wire['FoundEntries']) => assert.deepEqual(found.found.map((f) => f.entry.id), [entry]),
  },
  {
    says: 'never finds the words of others', who: 'otto', does: ['GET', '/api/visitor/search?q=lamp'], status: 200,
    holds: (found: Wire['FoundEntries']) => assert.deepEqual(found.found, []), lacks: ['crack'],
  },
  { says: 'cannot search for nothing', who: 'mara', does: ['GET', '/api/visitor/search'], status: 400, code: 'invalid', field: 'q' },
  {
    says: 'takes an entry back; the earlier words stay readable', who: 'mara',
    does: ['DELETE', `/api/visitor/entries/${entry}?act=${take_back}`], status: 200,
    holds: (gone: Entry) => assert.deepEqual([gone.taken_back, gone.text, gone.version], [true, '', 3]),
    desk_hears: ['entry_changed'], mara_hears: ['entry_changed'],
  },
  {
    says: 'cannot change what she took back', who: 'mara',
    does: ['PATCH', `/api/visitor/entries/${entry}`, { act: new_id(), text: 'again' }], status: 409, code: 'conflict',
  },
  {
    says: 'reads what was written about her, in the same words', who: 'mara', does: ['GET', '/api/visitor/notes'], status: 200,
    holds: (list: Wire['NoteList']) => assert.deepEqual(list.notes, []),
  },
  { says: 'sees who is there right now', who: 'mara', does: ['GET', '/api/visitor/presence'], status: 200, lacks: ['written_capacity', 'takes_calls', '@house.example'] },
  {
    says: 'is asked a thing once', who: 'mara', does: ['POST', '/api/visitor/asks', { field: 'reply_time' }], status: 200,
    holds: (asked: Wire['AskDecision']) => assert.equal(asked.may_ask, true),
  },
  {
    says: 'declines to answer', who: 'mara', does: ['PUT', '/api/visitor/asks', { field: 'reply_time', state: 'declined' }], status: 200,
  },
  {
    says: 'is never asked again what she declined', who: 'mara', does: ['POST', '/api/visitor/asks', { field: 'reply_time' }], status: 200,
    holds: (asked: Wire['AskDecision']) => assert.equal(asked.may_ask, false),
  },
  {
    says: 'is never asked what is known', who: 'mara', does: ['POST', '/api/visitor/asks', { field: 'called' }], status: 200,
    holds: (asked: Wire['AskDecision']) => assert.equal(asked.may_ask, false),
  },
  {
    says: 'hears of a topic a colleague names', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/topics`, { id: topic, title: 'The cracked lamp' }], status: 201,
    desk_hears: ['topic_changed'], mara_hears: ['topic_changed'],
  },
  {
    says: 'settles it by her word', who: 'mara', does: ['POST', `/api/visitor/topics/${topic}/settle`], status: 200,
    holds: (settled: Topic) => assert.deepEqual([settled.state, settled.settled_by], ['settled', 'customer_word']),
    desk_hears: ['topic_changed'], mara_hears: ['topic_changed'],
  },
  {
    says: 'opens it again', who: 'mara', does: ['POST', `/api/visitor/topics/${topic}/reopen`], status: 200,
    holds: (open: Topic) => assert.equal(open.state, 'open'),
    desk_hears: ['topic_changed'], mara_hears: ['topic_changed'],
  },
  { says: 'cannot touch the topics of others', who: 'otto', does: ['POST', `/api/visitor/topics/${topic}/settle`], status: 404 },
  { says: 'cannot reopen the topics of others', who: 'otto', does: ['POST', `/api/visitor/topics/${topic}/reopen`], status: 404 },
  {
    says: 'announces a file', who: 'mara', does: ['POST', '/api/visitor/attachments', { id: new_id(), name: 'lamp.jpg', size_bytes: 10 }], status: 201,
    holds: (file: Attachment) => assert.equal(file.state, 'uploading'),
  },
  {
    says: 'cannot announce a file without bytes', who: 'mara',
    does: ['POST', '/api/visitor/attachments', { id: new_id(), name: 'lamp.jpg', size_bytes: 0 }], status: 400, code: 'invalid', field: 'size_bytes',
  },
  { says: 'is nobody without a token', who: 'nobody', does: ['GET', '/api/visitor/conversation'], status: 401, code: 'not_signed_in' },
  { says: 'leaves, and her token is worthless', who: 'otto', does: ['DELETE', '/api/visitor/sessions'], status: 204 },
  { says: 'stays gone', who: 'otto', does: ['GET', '/api/visitor/me'], status: 401, code: 'not_signed_in' },
]);
