// Conversations and their entries on the desk, by colleagues and by programs.
import assert from 'node:assert/strict';
import { a_program } from './harness/cast.ts';
import type { ConversationPage, Entry, EntryPage, Wire } from './harness/cast.ts';
import { new_id } from './harness/ids.ts';
import { table } from './harness/scenarios.ts';

const entry = new_id();
const edit = new_id();

table('A conversation on the desk', [
  {
    says: 'is read with topics and promises', who: 'colleague', does: ['GET', (s) => `/api/desk/conversations/${s.mara.conversation}`], status: 200,
    holds: (page: ConversationPage, s, answer) => {
      assert.equal(page.person.id, s.mara.person);
      assert.ok(page.newest_seq >= page.conversation.last_entry);
      s.kept['etag'] = String(answer.headers.etag);
    },
  },
  { says: 'does not exist for a customer', who: 'otto', does: ['GET', (s) => `/api/desk/conversations/${s.mara.conversation}`], status: 403, lacks: ['Mara'] },
  {
    says: 'is answered, which both sides hear and which ends the waiting', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/entries`, { id: entry, text: 'Good morning, Mara!' }], status: 201,
    holds: (written: Entry, s) => assert.deepEqual([written.author.kind, written.author.person], ['colleague', s.colleague.person]),
    desk_hears: ['entry_added', 'conversation_changed', 'companions_changed'],
    mara_hears: ['entry_added', 'conversation_changed', 'companions_changed'],
  },
  {
    says: 'takes a repeated answer once', who: 'colleague',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/entries`, { id: entry, text: 'Good morning, Mara!' }], status: 200,
  },
  {
    says: 'cannot be written to under an id that is taken', who: 'leader',
    does: ['POST', (s) => `/api/desk/conversations/${s.mara.conversation}/entries`, { id: entry, text: 'Good morning, Mara!' }],
    status: 409, code: 'conflict',
  },
  {
    says: 'that does not exist cannot be answered', who: 'colleague',
    does: ['POST', `/api/desk/conversations/${new_id()}/entries`, { id: new_id(), text: 'Hello?' }], status: 404,
  },
  {
    says: 'is read in pages', who: 'colleague', does: ['GET', (s) => `/api/desk/conversations/${s.mara.conversation}/entries?limit=1`], status: 200,
    holds: (page: EntryPage) => {
      assert.deepEqual(page.entries.map((e) => e.id), [entry]);
      assert.notEqual(page.older, null);
    },
    lacks: ['Otto'],
  },
  { says: 'cannot be paged by a customer', who: 'mara', does: ['GET', (s) => `/api/desk/conversations/${s.mara.conversation}/entries`], status: 403 },
  {
    says: 'shows the corrected words to both', who: 'colleague',
    does: ['PATCH', `/api/desk/entries/${entry}`, { act: edit, text: 'Good morning, dear Mara!' }], status: 200,
    desk_hears: ['entry_changed'], mara_hears: ['entry_changed'],
  },
  {
    says: 'lets nobody put words into a colleague’s mouth', who: 'leader',
    does: ['PATCH', `/api/desk/entries/${entry}`, { act: new_id(), text: 'Hello.' }], status: 403, code: 'not_allowed',
  },
  {
    says: 'lets the customer read every version of a colleague’s entry', who: 'mara', does: ['GET', `/api/visitor/entries/${entry}/versions`],
    status: 200, holds: (list: Wire['EntryVersionList']) => assert.equal(list.versions.length, 2),
  },
  {
    says: 'lets the desk read every version', who: 'colleague', does: ['GET', `/api/desk/entries/${entry}/versions`], status: 200,
    holds: (list: Wire['EntryVersionList']) => assert.deepEqual(list.versions.map((v) => v.version), [1, 2]),
  },
  { says: 'has no versions of what was never written', who: 'colleague', does: ['GET', `/api/desk/entries/${new_id()}/versions`], status: 404 },
  {
    says: 'is found by its words, everywhere', who: 'colleague', does: ['GET', '/api/desk/search?q=this%20is'], status: 200,
    holds: (found: Wire['FoundEntries'], s) => assert.deepEqual(found.found.map((f) => f.conversation), [s.otto.conversation, s.mara.conversation]),
  },
  {
    says: 'is found within one conversation', who: 'colleague', does: ['GET', (s) => `/api/desk/search?q=this%20is&conversation=${s.mara.conversation}`],
    status: 200, holds: (found: Wire['FoundEntries']) => assert.equal(found.found.length, 1), lacks: ['Otto'],
  },
  { says: 'is not searched by a stranger', who: 'mara', does: ['GET', '/api/desk/search?q=Otto'], status: 403, lacks: ['evening'] },
  {
    says: 'carries the label of a machine when a program writes, and keeps waiting', who: (s) => a_program(s.house, s.leader, ['write_entries']),
    does: ['POST', (s) => `/api/desk/conversations/${s.otto.conversation}/entries`, { id: new_id(), text: 'Your parcel left our house.' }], status: 201,
    holds: (written: Entry) => assert.deepEqual([written.author.kind, written.author.person, written.author.machine], ['machine', null, 'Order robot 2.1']),
    desk_hears: ['entry_added'],
  },
  {
    says: 'does not let a program read without the scope', who: (s) => a_program(s.house, s.leader, ['write_entries']),
    does: ['GET', (s) => `/api/desk/conversations/${s.otto.conversation}/entries`], status: 403, code: 'not_allowed', lacks: ['Otto'],
  },
  {
    says: 'is taken back by its author only', who: 'leader', does: ['DELETE', `/api/desk/entries/${entry}?act=${new_id()}`], status: 403,
  },
  {
    says: 'shows that an entry was taken back', who: 'colleague', does: ['DELETE', `/api/desk/entries/${entry}?act=${new_id()}`], status: 200,
    holds: (gone: Entry) => assert.deepEqual([gone.taken_back, gone.text], [true, '']),
    desk_hears: ['entry_changed'], mara_hears: ['entry_changed'],
  },
]);
