// People, their roles, addresses and merges, as colleagues see them.
import assert from 'node:assert/strict';
import { must } from './harness/cast.ts';
import type { Line, Merge, PersonPage, Wire } from './harness/cast.ts';
import { new_id } from './harness/ids.ts';
import { table } from './harness/scenarios.ts';

const merge = new_id();
const role = new_id();
const address = new_id();

table('A colleague and the people she knows', [
  {
    says: 'sees who waits, longest first', who: 'colleague', does: ['GET', '/api/desk/line'], status: 200,
    holds: (line: Line, s) => assert.deepEqual(line.waiting.map((row) => row.person.id), [s.mara.person, s.otto.person]),
  },
  {
    says: 'sees them page by page, each once', who: 'colleague', does: ['GET', '/api/desk/line?limit=1'], status: 200,
    holds: (line: Line, s) => {
      assert.deepEqual(line.waiting.map((row) => row.person.id), [s.mara.person]);
      s.kept['further'] = line.further ?? '';
    },
  },
  {
    says: 'goes on where the page ended', who: 'colleague', does: ['GET', (s) => `/api/desk/line?limit=1&after=${s.kept['further']}`], status: 200,
    holds: (line: Line, s) => assert.deepEqual([line.waiting.map((row) => row.person.id), line.further], [[s.otto.person], null]),
  },
  { says: 'does not go on from a place nobody told', who: 'colleague', does: ['GET', '/api/desk/line?after=3'], status: 400, code: 'invalid', field: 'after' },
  { says: 'is not mistaken for a customer: Mara cannot see the line', who: 'mara', does: ['GET', '/api/desk/line'], status: 403, lacks: ['Otto', 'Mara'] },
  {
    says: 'sees the newest activity first', who: 'colleague', does: ['GET', '/api/desk/people?limit=1'], status: 200,
    holds: (page: Wire['PeoplePage'], s) => assert.deepEqual([page.people.map((row) => row.person.id), page.older !== null], [[s.otto.person], true]),
  },
  { says: 'is told when a limit makes no sense', who: 'colleague', does: ['GET', '/api/desk/people?limit=0'], status: 400, code: 'invalid', field: 'limit' },
  { says: 'keeps her list to herself', who: 'mara', does: ['GET', '/api/desk/people'], status: 403 },
  {
    says: 'writes down how Mara likes to be called', who: 'colleague',
    does: ['PATCH', (s) => `/api/desk/people/${s.mara.person}`, { called: 'Mara Lindqvist' }], status: 200,
    desk_hears: ['person_changed'], mara_hears: ['person_changed'],
  },
  { says: 'does not change people who do not exist', who: 'colleague', does: ['PATCH', `/api/desk/people/${new_id()}`, { called: 'Ann' }], status: 404 },
  {
    says: 'writes down an address of hers', who: 'colleague',
    does: ['POST', (s) => `/api/desk/people/${s.mara.person}/identities`, { id: address, kind: 'phone', value: '+46 70 123 45 67' }], status: 201,
    holds: (identity: Wire['Identity']) => assert.deepEqual([identity.value, identity.state], ['+46701234567', 'claimed']),
  },
  {
    says: 'is told when an address is none', who: 'colleague',
    does: ['POST', (s) => `/api/desk/people/${s.mara.person}/identities`, { id: new_id(), kind: 'email', value: 'nowhere' }],
    status: 400, code: 'invalid', field: 'value',
  },
  {
    says: 'takes an address out of use that is nobody’s any more', who: 'colleague',
    does: ['POST', async (s) => {
      const id = new_id();
      must(await s.colleague.desk.post(`/api/desk/people/${s.mara.person}/identities`, { id, kind: 'email', value: 'old@mail.example' }), 201);
      return `/api/desk/identities/${id}/retire`;
    }], status: 200,
    holds: (identity: Wire['Identity']) => assert.deepEqual([identity.value, identity.state], ['old@mail.example', 'retired']),
  },
  { says: 'cannot retire an address nobody has', who: 'colleague', does: ['POST', `/api/desk/identities/${new_id()}/retire`], status: 404 },
  {
    says: 'finds people by the beginning of their name', who: 'colleague', does: ['GET', '/api/desk/search/people?q=lindq'], status: 200,
    holds: (found: Wire['FoundPeople'], s) => assert.deepEqual(found.people.map((one) => one.person.id), [s.mara.person]),
  },
  { says: 'does not let customers look for people', who: 'mara', does: ['GET', '/api/desk/search/people?q=otto'], status: 403 },
  {
    says: 'reads everything kept about a person', who: 'colleague', does: ['GET', (s) => `/api/desk/people/${s.mara.person}`], status: 200,
    holds: (page: PersonPage, s) => {
      assert.equal(page.conversation.id, s.mara.conversation);
      assert.ok(page.identities.some((identity) => identity.value === '+46701234567'));
    },
    lacks: ['password', 'token', 'digest'],
  },
  { says: 'is as invisible as everybody else to a stranger', who: 'mara', does: ['GET', (s) => `/api/desk/people/${s.otto.person}`], status: 403, lacks: ['Otto'] },
  {
    says: 'gives a role only when she is a leader', who: 'colleague',
    does: ['POST', (s) => `/api/desk/people/${s.mara.person}/roles`, { id: role, kind: 'colleague' }], status: 403, code: 'not_allowed',
  },
  {
    says: 'gets a role from a leader', who: 'leader',
    does: ['POST', (s) => `/api/desk/people/${s.colleague.person}/roles`, { id: role, kind: 'leader' }], status: 201,
    holds: (given: Wire['Role']) => assert.deepEqual([given.kind, given.until], ['leader', null]),
    desk_hears: ['colleague_changed'], mara_hears: ['colleague_changed'],
  },
  {
    says: 'gives the same role again and it is the same', who: 'leader',
    does: ['POST', (s) => `/api/desk/people/${s.colleague.person}/roles`, { id: role, kind: 'leader' }], status: 200,
  },
  {
    says: 'ends a role from now on', who: 'leader', does: ['POST', (s) => `/api/desk/people/${s.colleague.person}/roles/${role}/end`], status: 200,
    holds: (ended: Wire['Role']) => assert.notEqual(ended.until, null),
    desk_hears: ['colleague_changed'], mara_hears: ['colleague_changed'],
  },
  { says: 'cannot end a role that does not exist', who: 'leader', does: ['POST', (s) => `/api/desk/people/${s.colleague.person}/roles/${new_id()}/end`], status: 404 },
  {
    says: 'brings two records of one human together, and she hears it', who: 'colleague',
    does: ['POST', '/api/desk/merges', (s: { otto: { person: string }; mara: { person: string } }) =>
      ({ id: merge, from: s.otto.person, into: s.mara.person, reason: 'She told me so herself.' })], status: 201,
    holds: (made: Merge) => assert.equal(made.undone_at, null),
    desk_hears: ['entry_added', 'conversation_changed', 'conversation_changed'], mara_hears: ['entry_added', 'conversation_changed'],
  },
  {
    says: 'repeats the merge without a second one', who: 'colleague',
    does: ['POST', '/api/desk/merges', (s: { otto: { person: string }; mara: { person: string } }) =>
      ({ id: merge, from: s.otto.person, into: s.mara.person, reason: 'She told me so herself.' })], status: 200,
  },
  {
    says: 'cannot bring somebody together with herself', who: 'colleague',
    does: ['POST', '/api/desk/merges', (s: { mara: { person: string } }) =>
      ({ id: new_id(), from: s.mara.person, into: s.mara.person, reason: 'no' })], status: 400, code: 'invalid',
  },
  {
    says: 'undoes it for good', who: 'colleague', does: ['POST', `/api/desk/merges/${merge}/undo`], status: 200,
    holds: (undone: Merge) => assert.notEqual(undone.undone_at, null),
    desk_hears: ['entry_added', 'conversation_changed', 'entry_added', 'conversation_changed'], mara_hears: ['entry_added', 'conversation_changed'],
  },
  { says: 'cannot undo what never was', who: 'colleague', does: ['POST', `/api/desk/merges/${new_id()}/undo`], status: 404 },
  { says: 'keeps merging to the desk', who: 'mara', does: ['POST', `/api/desk/merges/${merge}/undo`], status: 403 },
]);
