// Row by row: how colleagues and programs come in, what a colleague changes about herself, and what both sides hear of it.
import assert from 'node:assert/strict';
import { create_colleague, password } from './harness/cast.ts';
import type { DeskSession, Wire } from './harness/cast.ts';
import type { Asker } from './harness/http.ts';
import { new_id, totp } from './harness/ids.ts';
import { png } from './harness/pictures.ts';
import { table } from './harness/scenarios.ts';
import type { Stage } from './harness/scenarios.ts';

const invitation = new_id();
const token = new_id();
const another_password = 'a shelf, a stool, a bench';
const secrets = [password, another_password, 'digest', 'hash'];

let zoe: Asker; // the browser of a colleague who is nobody else's ears
let half: Asker; // the same colleague elsewhere, who still owes a code

function a_browser(s: Stage): Asker {
  const desk = s.house.asker();
  desk.origin = s.house.url;
  return desk;
}

async function zoe_comes_in(s: Stage): Promise<Asker> {
  s.kept['email'] = create_colleague(s.house, 'Zoe');
  zoe = a_browser(s);
  return zoe;
}

table('Ways into the house', [
  { says: 'needs nobody to set it up any more', who: 'nobody', does: ['GET', '/api/setup'], status: 200, holds: (told: Wire['Setup']) => assert.equal(told.needed, false) },
  {
    says: 'lets a colleague in who knows her password', who: zoe_comes_in,
    does: ['POST', '/api/desk/session', (s: Stage) => ({ email: s.kept['email'], password })], status: 200,
    holds: (session: DeskSession) => assert.deepEqual([session.called, session.second_factor_due], ['Zoe', false]),
    lacks: secrets, desk_hears: ['colleague_changed'], mara_hears: ['colleague_changed'],
  },
  {
    says: 'lets nobody in who does not', who: a_browser, does: ['POST', '/api/desk/session', (s: Stage) => ({ email: s.kept['email'], password: 'a guess' })],
    status: 401, code: 'not_signed_in', lacks: ['Zoe', ...secrets],
  },
  {
    says: 'tells her who she is', who: () => zoe, does: ['GET', '/api/desk/session'], status: 200,
    holds: (session: DeskSession) => assert.deepEqual([session.called, session.is_leader, session.has_second_factor], ['Zoe', false, false]), lacks: secrets,
  },
  { says: 'tells a stranger of no session', who: 'nobody', does: ['GET', '/api/desk/session'], status: 401 },
  {
    says: 'takes another password from who knows the old one', who: () => zoe,
    does: ['PUT', '/api/desk/me/password', { current: password, new: another_password }], status: 204,
  },
  {
    says: 'takes none from who does not', who: () => zoe, does: ['PUT', '/api/desk/me/password', { current: password, new: 'a third one, long enough' }],
    status: 400, code: 'invalid', field: 'current',
  },

  {
    says: 'gives her a second factor to set up', who: () => zoe, does: ['POST', '/api/desk/me/second_factor'], status: 201,
    holds: (setup: Wire['SecondFactorSetup'], s) => { s.kept['factor'] = setup.secret; }, lacks: secrets,
  },
  {
    says: 'does not believe a code that is not hers', who: () => zoe, does: ['PUT', '/api/desk/me/second_factor', { code: '000000' }], status: 400, code: 'invalid',
  },
  {
    says: 'asks for it from now on', who: () => zoe, does: ['PUT', '/api/desk/me/second_factor', (s: Stage) => ({ code: totp(s.kept['factor'] ?? '', -1) })], status: 204,
  },
  {
    says: 'lets her in halfway without the code', who: (s) => (half = a_browser(s)),
    does: ['POST', '/api/desk/session', (s: Stage) => ({ email: s.kept['email'], password: another_password })], status: 200,
    holds: (session: DeskSession) => assert.equal(session.second_factor_due, true), lacks: secrets,
  },
  { says: 'shows her nothing before it', who: () => half, does: ['GET', '/api/desk/line'], status: 401, lacks: ['Mara', 'Otto'] },
  {
    says: 'lets her in with it', who: () => half, does: ['POST', '/api/desk/session/second_factor', (s: Stage) => ({ code: totp(s.kept['factor'] ?? '') })], status: 200,
    holds: (session: DeskSession) => assert.equal(session.second_factor_due, false), lacks: secrets,
  },
  { says: 'takes it away from nobody who does not know the password', who: () => zoe, does: ['POST', '/api/desk/me/second_factor/remove', { password }], status: 400 },
  { says: 'takes it away again', who: () => zoe, does: ['POST', '/api/desk/me/second_factor/remove', { password: another_password }], status: 204 },

  {
    says: 'takes the line that customers read', who: () => zoe, does: ['PATCH', '/api/desk/me', { hello_line: 'I know every screw.' }], status: 200,
    holds: (face: Wire['Colleague']) => assert.deepEqual([face.called, face.hello_line], ['Zoe', 'I know every screw.']),
    lacks: ['@house.example', ...secrets], desk_hears: ['colleague_changed'], mara_hears: ['colleague_changed'],
  },
  { says: 'takes no name that is none', who: () => zoe, does: ['PATCH', '/api/desk/me', { called: '' }], status: 400, code: 'invalid', field: 'called' },
  {
    says: 'takes her picture', who: () => zoe, does: ['PUT', '/api/desk/me/face'], raw: png(40), headers: { 'content-type': 'image/png' }, status: 200,
    holds: (mine: Wire['MyFace'], s) => { s.kept['face'] = mine.face ?? ''; },
    desk_hears: ['person_changed', 'colleague_changed'], mara_hears: ['colleague_changed'],
  },
  {
    says: 'shows it to everybody', who: 'nobody', does: ['GET', (s) => s.kept['face'] ?? ''], status: 200,
    holds: (_, _s, answer) => assert.deepEqual(answer.bytes, png(40)),
  },
  { says: 'takes no picture from customers', who: 'mara', does: ['PUT', '/api/desk/me/face'], raw: png(40), headers: { 'content-type': 'image/png' }, status: 403 },
  {
    says: 'hides it again', who: () => zoe, does: ['DELETE', '/api/desk/me/face'], status: 204,
    desk_hears: ['person_changed', 'colleague_changed'], mara_hears: ['colleague_changed'],
  },
  { says: 'lets her out', who: () => zoe, does: ['DELETE', '/api/desk/session'], status: 204 },
  { says: 'does not know her any more', who: () => zoe, does: ['GET', '/api/desk/session'], status: 401, lacks: ['Zoe'] },

  {
    says: 'is opened to a new colleague by a leader', who: 'leader', does: ['POST', '/api/desk/invitations', { id: invitation, called: 'Gil' }], status: 201,
    holds: (made: Wire['NewInvitation'], s) => { s.kept['invitation'] = made.token; },
  },
  { says: 'is not opened by a colleague', who: 'colleague', does: ['POST', '/api/desk/invitations', { id: new_id(), called: 'Gil' }], status: 403 },
  {
    says: 'lists who is invited, without the tokens', who: 'leader', does: ['GET', '/api/desk/invitations'], status: 200,
    holds: (list: Wire['InvitationList'], s, answer) => {
      assert.deepEqual(list.invitations.map((one) => one.id), [invitation]);
      assert.ok(!answer.bytes.includes(s.kept['invitation'] ?? 'no token'));
    },
  },
  { says: 'lists it for leaders only', who: 'colleague', does: ['GET', '/api/desk/invitations'], status: 403, lacks: ['Gil'] },
  {
    says: 'shows an invitation to who holds it', who: 'nobody', does: ['POST', '/api/invitations/look', (s: Stage) => ({ token: s.kept['invitation'] })], status: 200,
    holds: (look: Wire['InvitationLook']) => assert.equal(look.called, 'Gil'), lacks: ['@house.example'],
  },
  {
    says: 'welcomes who accepts it', who: a_browser,
    does: ['POST', '/api/invitations/accept', (s: Stage) => ({ token: s.kept['invitation'], person: new_id(), called: 'Gil', email: 'gil@house.example', password })],
    status: 201, holds: (session: DeskSession) => assert.equal(session.called, 'Gil'),
    lacks: secrets, desk_hears: ['colleague_changed'], mara_hears: ['colleague_changed'],
  },
  {
    says: 'welcomes nobody with a token that was used', who: a_browser,
    does: ['POST', '/api/invitations/accept', (s: Stage) => ({ token: s.kept['invitation'], person: new_id(), called: 'Eve', email: 'eve@house.example', password })],
    status: 404,
  },
  {
    says: 'withdraws an invitation', who: 'leader', does: ['DELETE', async (s) => {
      const id = new_id();
      await s.leader.desk.post('/api/desk/invitations', { id, called: 'Hal' });
      return `/api/desk/invitations/${id}`;
    }], status: 204,
  },

  {
    says: 'lets a program in', who: 'leader',
    does: ['POST', '/api/desk/tokens', { id: token, name: 'Till', scopes: ['read_people'], expires_at: new Date(Date.now() + 3_600_000).toISOString() }], status: 201,
    holds: (made: Wire['NewApiToken'], s) => { s.kept['program'] = made.secret; },
  },
  {
    says: 'lets none in for a colleague', who: 'colleague', status: 403,
    does: ['POST', '/api/desk/tokens', { id: new_id(), name: 'Till', scopes: ['read_people'], expires_at: new Date(Date.now() + 3_600_000).toISOString() }],
  },
  {
    says: 'lists its programs, without their secrets', who: 'leader', does: ['GET', '/api/desk/tokens'], status: 200,
    holds: (list: Wire['ApiTokenList'], s, answer) => {
      assert.deepEqual(list.tokens.map((one) => one.id), [token]);
      assert.ok(!answer.bytes.includes(s.kept['program'] ?? 'no secret'));
    },
    lacks: ['digest'],
  },
  { says: 'lists them for who looks after it only', who: 'colleague', does: ['GET', '/api/desk/tokens'], status: 403, lacks: ['Till'] },
  { says: 'shuts a program out', who: 'leader', does: ['DELETE', `/api/desk/tokens/${token}`], status: 204 },
]);
