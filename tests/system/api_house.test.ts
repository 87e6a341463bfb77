// The house itself: presence, settings, teams, inboxes, colleagues.
import assert from 'node:assert/strict';
import { a_program, create_colleague, sign_in } from './harness/cast.ts';
import type { Inbox, Wire } from './harness/cast.ts';
import { new_id } from './harness/ids.ts';
import { table } from './harness/scenarios.ts';

const team = new_id();
const inbox = new_id();
const secret_id = new_id();
const words = { organisation: 'Lamps of Lund', hello_line: 'Hello!', hours: 'Monday to Friday', nobody_there_line: 'Nobody is here right now.' };

table('The house', [
  {
    says: 'shows where everybody says they are', who: 'colleague', does: ['GET', '/api/desk/presence'], status: 200,
    holds: (now: Wire['TeamPresence']) => assert.ok(now.presence.every((one) => one.level.length > 0)),
  },
  { says: 'does not show the desk’s presence to customers', who: 'mara', does: ['GET', '/api/desk/presence'], status: 403 },
  {
    says: 'takes a beat without a reason', who: 'colleague', does: ['PUT', '/api/desk/presence', { level: 'beat' }], status: 200,
    holds: (now: Wire['Presence'], s) => assert.deepEqual([now.person, now.level], [s.colleague.person, 'beat']),
  },
  { says: 'knows five ways of being there', who: 'colleague', does: ['PUT', '/api/desk/presence', { level: 'busy' }], status: 400, code: 'invalid', field: 'level' },
  {
    says: 'tells what it says of itself', who: 'colleague', does: ['GET', '/api/desk/settings'], status: 200,
    holds: (_: Wire['Settings'], s, answer) => { s.kept['etag'] = String(answer.headers.etag); },
  },
  { says: 'is changed by leaders only', who: 'colleague', does: ['PUT', '/api/desk/settings', words], headers: { 'if-match': '"0"' }, status: 403, code: 'not_allowed' },
  { says: 'is not changed by somebody who read an older state', who: 'leader', does: ['PUT', '/api/desk/settings', words], headers: { 'if-match': '"999"' }, status: 412 },
  {
    says: 'is changed by a leader who read it, and both sides hear it', who: 'leader', does: ['PUT', '/api/desk/settings', words],
    headers: (s) => ({ 'if-match': s.kept['etag'] ?? '' }), status: 200,
    holds: (now: Wire['Settings']) => assert.equal(now.organisation, 'Lamps of Lund'),
    desk_hears: ['settings_changed'], mara_hears: ['settings_changed'],
  },
  { says: 'has no settings for customers', who: 'mara', does: ['GET', '/api/desk/settings'], status: 403 },
  {
    says: 'gets a team', who: 'leader', does: ['PUT', `/api/desk/teams/${team}`, { name: 'Repairs' }], status: 200,
    holds: (made: Wire['Team']) => assert.equal(made.name, 'Repairs'),
    desk_hears: ['settings_changed'], mara_hears: ['settings_changed'],
  },
  { says: 'lists its teams', who: 'colleague', does: ['GET', '/api/desk/teams'], status: 200, holds: (list: Wire['TeamList']) => assert.deepEqual(list.teams.map((t) => t.id), [team]) },
  { says: 'gets no team from a colleague', who: 'colleague', does: ['PUT', `/api/desk/teams/${new_id()}`, { name: 'Mine' }], status: 403 },
  { says: 'lists no teams for customers', who: 'mara', does: ['GET', '/api/desk/teams'], status: 403 },
  {
    says: 'opens a door for a website', who: 'leader',
    does: ['PUT', `/api/desk/inboxes/${inbox}`, { kind: 'web', name: 'Garden shop', allowed_origins: ['https://garden.example'], identity_issuer: 'garden' }], status: 200,
    holds: (made: Inbox) => assert.deepEqual([made.allowed_origins, made.identity_issuer], [['https://garden.example'], 'garden']),
    desk_hears: ['settings_changed'], mara_hears: ['settings_changed'],
  },
  {
    says: 'takes exact origins only', who: 'leader',
    does: ['PUT', `/api/desk/inboxes/${new_id()}`, { kind: 'web', name: 'x', allowed_origins: ['https://*.example'] }], status: 400, code: 'invalid', field: 'allowed_origins',
  },
  {
    says: 'makes a secret for signed tokens and shows it once', who: 'leader', does: ['POST', `/api/desk/inboxes/${inbox}/identity_secret`, { id: secret_id }], status: 201,
    holds: (made: Wire['IdentitySecret'], s) => {
      assert.equal(Buffer.from(made.secret, 'base64url').length, 32);
      s.kept['secret'] = made.secret;
    },
    desk_hears: ['settings_changed'], mara_hears: ['settings_changed'],
  },
  {
    says: 'gives the same secret to whoever asks again for a lost answer', who: 'leader', does: ['POST', `/api/desk/inboxes/${inbox}/identity_secret`, { id: secret_id }],
    status: 200, holds: (made: Wire['IdentitySecret'], s) => assert.equal(made.secret, s.kept['secret']),
  },
  {
    says: 'makes another secret for another id', who: 'leader', does: ['POST', `/api/desk/inboxes/${inbox}/identity_secret`, { id: new_id() }], status: 201,
    holds: (made: Wire['IdentitySecret'], s) => {
      assert.notEqual(made.secret, s.kept['secret']);
      s.kept['secret'] = made.secret;
    },
    desk_hears: ['settings_changed'], mara_hears: ['settings_changed'],
  },
  { says: 'makes no secret without an id', who: 'leader', does: ['POST', `/api/desk/inboxes/${inbox}/identity_secret`, {}], status: 400, code: 'invalid', field: 'id' },
  {
    says: 'never shows the secret again', who: 'leader', does: ['GET', '/api/desk/inboxes'], status: 200,
    holds: (list: Wire['InboxList'], s, answer) => {
      assert.ok(list.inboxes.some((one) => one.id === inbox));
      assert.ok(!answer.bytes.toString().includes(s.kept['secret'] ?? 'no secret'));
    },
  },
  { says: 'has its door looked at by a page', who: 'nobody', does: ['GET', `/api/site/${inbox}`], headers: { origin: 'https://garden.example' }, status: 200 },
  {
    says: 'remembers which page asked for its door', who: 'leader', does: ['GET', `/api/desk/inboxes/${inbox}/pages`], status: 200,
    holds: (seen: Wire['SeenPages']) => assert.deepEqual(seen.pages, ['https://garden.example']),
  },
  { says: 'has no pages for a door that is none', who: 'leader', does: ['GET', `/api/desk/inboxes/${new_id()}/pages`], status: 404 },
  { says: 'tells customers of no pages', who: 'mara', does: ['GET', `/api/desk/inboxes/${inbox}/pages`], status: 403 },
  { says: 'makes no secret for a colleague', who: 'colleague', does: ['POST', `/api/desk/inboxes/${inbox}/identity_secret`, { id: secret_id }], status: 403 },
  { says: 'lists no inboxes for customers', who: 'mara', does: ['GET', '/api/desk/inboxes'], status: 403 },
  {
    says: 'lists its colleagues, with addresses for leaders only', who: 'colleague', does: ['GET', '/api/desk/colleagues'], status: 200,
    holds: (list: Wire['ColleagueList'], s) => {
      for (const one of list.colleagues) assert.equal(one.email === null, one.person.id !== s.colleague.person);
    },
  },
  { says: 'lists no colleagues for customers', who: 'mara', does: ['GET', '/api/desk/colleagues'], status: 403, lacks: ['@house.example'] },
  {
    says: 'says goodbye to a colleague', who: 'leader',
    does: ['POST', async (s) => `/api/desk/colleagues/${(await sign_in(s.house, create_colleague(s.house, 'Bea'))).person}/end`], status: 204,
    desk_hears: ['colleague_changed', 'colleague_changed'], mara_hears: ['colleague_changed', 'colleague_changed'],
  },
  { says: 'says goodbye only by leaders', who: 'colleague', does: ['POST', (s) => `/api/desk/colleagues/${s.leader.person}/end`], status: 403 },
  { says: 'lets a program read settings by its scope only', who: (s) => a_program(s.house, s.leader, ['read_people']), does: ['GET', '/api/desk/settings'], status: 403 },
  { says: 'lets a leader remove the sample', who: 'leader', does: ['POST', '/api/desk/sample/remove'], status: 200, holds: (gone: Wire['SampleRemoved']) => assert.equal(gone.people, 0), desk_hears: ['settings_changed'], mara_hears: ['settings_changed'] },
  { says: 'does not let a colleague remove the sample', who: 'colleague', does: ['POST', '/api/desk/sample/remove'], status: 403 },
]);
