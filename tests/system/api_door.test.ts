// How colleagues and programs come in: sessions, second factor, invitations, tokens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { a_colleague, a_visitor, create_colleague, furnish, must, password, sign_in } from './harness/cast.ts';
import type { DeskSession, Home, Wire } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id, new_secret, totp } from './harness/ids.ts';
import type { Asker, Problem } from './harness/http.ts';

let home: Home;
before(async () => { home = await furnish(await House.open()); });
after(() => home?.house.close());

function a_desk(): Asker {
  const desk = home.house.asker();
  desk.origin = home.house.url;
  return desk;
}

test('a colleague signs in, sees who she is and signs out', async () => {
  const { desk, email, person } = await a_colleague(home.house, 'Ada');
  const me = must(await desk.get<DeskSession>('/api/desk/session'));
  assert.deepEqual([me.person, me.called, me.is_leader, me.is_admin], [person, 'Ada', false, false]);
  const old_cookie = desk.cookie;
  must(await desk.delete('/api/desk/session'), 204);
  desk.cookie = old_cookie;
  assert.equal((await desk.get('/api/desk/session')).status, 401, 'the old cookie is worthless');
  assert.equal((await sign_in(home.house, email)).person, person);
});

test('signing in again gives the browser a new session and ends the one it had', async () => {
  const { desk, email } = await a_colleague(home.house, 'Uma');
  const before = desk.cookie;
  must(await desk.post('/api/desk/session', { email, password }));
  assert.notEqual(desk.cookie, before);
  must(await desk.get('/api/desk/session'));
  const old = a_desk();
  old.cookie = before;
  assert.equal((await old.get('/api/desk/session')).status, 401);
});

test('the cookie is out of reach of scripts and of other sites', async () => {
  const desk = a_desk();
  const answer = await desk.post('/api/desk/session', { email: home.colleague.email, password });
  const line = String(answer.headers['set-cookie']);
  assert.match(line, /^(__Host-)?kith=/);
  assert.match(line, /;\s*HttpOnly/i);
  assert.match(line, /;\s*SameSite=(Strict|Lax)/i);
  assert.match(line, /;\s*Path=\//i);
  assert.doesNotMatch(line, /;\s*Domain=/i);
});

test('an unknown address and a wrong password get the same answer', async () => {
  const unknown = await a_desk().post<Problem>('/api/desk/session', { email: 'nobody@house.example', password });
  const wrong = await a_desk().post<Problem>('/api/desk/session', { email: home.colleague.email, password: 'something else' });
  assert.deepEqual([unknown.status, unknown.bytes.toString()], [wrong.status, wrong.bytes.toString()]);
  assert.equal(wrong.status, 401);
  assert.equal(wrong.headers['set-cookie'], undefined);
});

// The quickest of several, in turn: what a busy machine adds is no secret.
test('an unknown address takes as long as a wrong password', async () => {
  const bea = create_colleague(home.house, 'Bea');
  const quickest = { known: Infinity, unknown: Infinity };
  const knock = async (who: keyof typeof quickest, email: string): Promise<void> => {
    const begin = performance.now();
    await a_desk().post('/api/desk/session', { email, password: 'something else' });
    quickest[who] = Math.min(quickest[who], performance.now() - begin);
  };
  for (let i = 0; i < 7; i++) {
    await knock('known', bea);
    await knock('unknown', 'stranger@house.example');
  }
  const { known, unknown } = quickest;
  assert.ok(unknown > known / 3 && known > unknown / 3, `${known.toFixed(1)} ms against ${unknown.toFixed(1)} ms`);
});

test('guessing passwords of one account is slowed down, and others can still come in', async () => {
  const eve = create_colleague(home.house, 'Eve');
  const desk = a_desk();
  let refused: number | undefined;
  for (let i = 0; i < 30 && refused === undefined; i++) {
    const answer = await desk.post('/api/desk/session', { email: eve, password: `guess number ${i}` });
    if (answer.status === 429) {
      refused = i;
      assert.ok(Number(answer.headers['retry-after']) > 0, 'says when to try again');
    } else {
      assert.equal(answer.status, 401);
    }
  }
  assert.ok(refused !== undefined, 'thirty guesses in a row were all taken');
});

test('who guesses from everywhere locks nobody out of the browser she uses', { timeout: 120_000 }, async () => {
  const ruth = await a_colleague(home.house, 'Ruth');
  assert.match(ruth.desk.device ?? '', /^kith-device=/, 'the browser is known from now on');
  const guess = (address: string, desk = a_desk()): Promise<number> =>
    desk.post('/api/desk/session', { email: ruth.email.toUpperCase(), password: 'a wrong password' }, { headers: { 'x-forwarded-for': address } })
      .then(({ status }) => status);
  const other = a_desk();
  other.device = (await a_colleague(home.house, 'Sven')).desk.device;
  const seen: number[] = [];
  for (let network = 1; network <= 16; network++) {
    seen.push(...await Promise.all(Array.from({ length: 10 }, () => guess(`203.0.${network}.9`))));
  }
  assert.ok(seen.filter((status) => status === 429).length >= 10, 'strangers are slowed down together');
  const of_another = await Promise.all(Array.from({ length: 10 }, (_, i) => guess(`203.0.113.${i}`, other)));
  assert.ok(of_another.includes(429), 'somebody else’s browser is a stranger');
  const known = a_desk();
  known.device = ruth.desk.device;
  must(await known.post('/api/desk/session', { email: ruth.email, password }));
});

test('a second factor is set up, asked for at sign-in, and removed with the password', async () => {
  const house = await House.open();
  try {
    const cora = await a_colleague(house, 'Cora');
    const setup = must(await cora.desk.post<Wire['SecondFactorSetup']>('/api/desk/me/second_factor'), 201);
    assert.match(setup.uri, /^otpauth:\/\/totp\//);
    assert.equal((await cora.desk.put('/api/desk/me/second_factor', { code: '000000' })).status, 400);
    must(await cora.desk.put('/api/desk/me/second_factor', { code: totp(setup.secret, -1) }), 204);

    const half = await sign_in(house, cora.email);
    assert.equal(must(await half.desk.get<DeskSession>('/api/desk/session')).second_factor_due, true);
    for (const path of ['/api/desk/line', '/api/desk/people', '/api/desk/settings', '/api/desk/search?q=a']) {
      assert.equal((await half.desk.get(path)).status, 401, `${path} stays closed without the code`);
    }
    assert.equal((await half.desk.post('/api/desk/session/second_factor', { code: '123456' })).status, 400);
    const code = totp(setup.secret);
    must(await half.desk.post('/api/desk/session/second_factor', { code }));
    must(await half.desk.get('/api/desk/line'));

    const again = await sign_in(house, cora.email);
    assert.equal((await again.desk.post('/api/desk/session/second_factor', { code })).status, 400, 'a code works once');
    assert.equal((await half.desk.post('/api/desk/me/second_factor/remove', { password: 'wrong password' })).status, 400);
    must(await half.desk.post('/api/desk/me/second_factor/remove', { password }), 204);
    assert.equal(must(await (await sign_in(house, cora.email)).desk.get<DeskSession>('/api/desk/session')).second_factor_due, false);
  } finally {
    await house.close();
  }
});

test('choosing another password needs the old one and ends every other session', async () => {
  const dora = await a_colleague(home.house, 'Dora');
  const elsewhere = await sign_in(home.house, dora.email);
  assert.equal((await dora.desk.put('/api/desk/me/password', { current: 'wrong password', new: 'a longer new one' })).status, 400);
  assert.equal((await dora.desk.put('/api/desk/me/password', { current: password, new: 'short' })).status, 400);
  must(await dora.desk.put('/api/desk/me/password', { current: password, new: 'a longer new one' }), 204);
  must(await dora.desk.get('/api/desk/session'));
  assert.equal((await elsewhere.desk.get('/api/desk/session')).status, 401);
});

test('a colleague chooses the name and the line customers read', async () => {
  const fay = await a_colleague(home.house, 'Fay');
  const face = must(await fay.desk.patch<Wire['Colleague']>('/api/desk/me', { called: 'Faye', hello_line: 'I know every screw.' }));
  assert.deepEqual([face.called, face.hello_line], ['Faye', 'I know every screw.']);
  assert.equal((await fay.desk.patch('/api/desk/me', { called: '' })).status, 400);
});

test('an invitation is made by a leader, looked at, accepted once, and can be withdrawn', async () => {
  const { leader, colleague, house } = home;
  assert.equal((await colleague.desk.post('/api/desk/invitations', { id: new_id(), called: 'Gil' })).status, 403);
  const invite = { id: new_id(), called: 'Gil' };
  const lost = must(await leader.desk.post<Wire['NewInvitation']>('/api/desk/invitations', invite), 201);
  const made = must(await leader.desk.post<Wire['NewInvitation']>('/api/desk/invitations', invite), 200);
  assert.equal(made.invitation.id, lost.invitation.id);
  assert.equal((await a_desk().post('/api/invitations/look', { token: lost.token })).status, 404, 'the token of a lost answer is void');
  assert.equal((await leader.desk.post('/api/desk/invitations', { ...invite, called: 'Gilbert' })).status, 409, 'an id is one invitation');
  const open = must(await leader.desk.get<Wire['InvitationList']>('/api/desk/invitations'));
  assert.ok(open.invitations.some((one) => one.id === made.invitation.id));
  assert.ok(!JSON.stringify(open).includes(made.token), 'the token is shown once');

  const gil = a_desk();
  const look = must(await gil.post<Wire['InvitationLook']>('/api/invitations/look', { token: made.token }));
  assert.equal(look.called, 'Gil');
  const joining = { token: made.token, person: new_id(), called: 'Gil', email: 'gil@house.example', password };
  assert.equal((await gil.post('/api/invitations/accept', { ...joining, password: 'short' })).status, 400);
  const session = must(await gil.post<DeskSession>('/api/invitations/accept', joining), 201);
  assert.equal((await leader.desk.post('/api/desk/invitations', invite)).status, 409, 'somebody has come in with it');
  assert.equal(session.called, 'Gil');
  must(await gil.get('/api/desk/line'));
  assert.equal((await house.asker().post('/api/invitations/accept', { ...joining, person: new_id(), email: 'g2@house.example' })).status, 404,
    'a token works once');
  must(await house.asker().post('/api/invitations/accept', joining), 201);
  assert.equal((await house.asker().post('/api/invitations/accept', { ...joining, password: `${password} not` })).status, 404,
    'the same answer again is for who knows the password');
  const as_colleague = { ...joining, person: colleague.person, called: colleague.called, email: colleague.email, password: `${password} not` };
  assert.equal((await house.asker().post('/api/invitations/accept', as_colleague)).status, 404, 'a used token makes nobody somebody else');

  const other = must(await leader.desk.post<Wire['NewInvitation']>('/api/desk/invitations', { id: new_id(), called: 'Hal' }), 201);
  assert.equal((await colleague.desk.delete(`/api/desk/invitations/${other.invitation.id}`)).status, 403);
  must(await leader.desk.delete(`/api/desk/invitations/${other.invitation.id}`), 204);
  assert.equal((await gil.post('/api/invitations/look', { token: other.token })).status, 404);
  assert.equal((await gil.post('/api/invitations/look', { token: new_secret() })).status, 404);
});

test('a program’s token works by its scopes until it is revoked', async () => {
  const { leader, colleague, house, inbox } = home;
  const wish = { id: new_id(), name: 'Order robot', scopes: ['read_people'], expires_at: new Date(Date.now() + 3_600_000).toISOString() };
  assert.equal((await colleague.desk.post('/api/desk/tokens', wish)).status, 403);
  const lost = must(await leader.desk.post<Wire['NewApiToken']>('/api/desk/tokens', wish), 201);
  const earlier = house.asker();
  earlier.bearer = lost.secret;
  must(await earlier.get('/api/desk/search/people?q=nobody'));
  const made = must(await leader.desk.post<Wire['NewApiToken']>('/api/desk/tokens', wish), 200);
  assert.match(made.secret, /^kith_pat_/);
  assert.deepEqual(made.token, lost.token);
  assert.equal((await earlier.get('/api/desk/search/people?q=nobody')).status, 401, 'the secret of a lost answer is void at once');
  assert.equal((await leader.desk.post('/api/desk/tokens', { ...wish, scopes: ['manage_settings'] })).status, 409, 'an id is one token');
  const list = must(await leader.desk.get<Wire['ApiTokenList']>('/api/desk/tokens'));
  assert.ok(!JSON.stringify(list).includes(made.secret));

  const mara = await a_visitor(house, inbox);
  const program = house.asker();
  program.bearer = made.secret;
  must(await program.get(`/api/desk/people/${mara.person}`));
  assert.equal((await program.get(`/api/desk/conversations/${mara.conversation}`)).status, 403);
  assert.equal((await program.post(`/api/desk/conversations/${mara.conversation}/entries`, { id: new_id(), text: 'x' })).status, 403);
  assert.equal((await program.get('/api/desk/tokens')).status, 403, 'programs give no tokens to programs');

  must(await leader.desk.delete(`/api/desk/tokens/${made.token.id}`), 204);
  assert.equal((await program.get(`/api/desk/people/${mara.person}`)).status, 401, 'revoked means at once');
  assert.equal((await leader.desk.delete(`/api/desk/tokens/${new_id()}`)).status, 404);
  assert.equal((await leader.desk.post('/api/desk/tokens', wish)).status, 409, 'what was revoked does not come back');
});

test('a colleague who leaves is out at once', async () => {
  const ivy = await a_colleague(home.house, 'Ivy');
  must(await ivy.desk.get('/api/desk/line'));
  must(await home.leader.desk.post(`/api/desk/colleagues/${ivy.person}/end`), 204);
  assert.equal((await ivy.desk.get('/api/desk/line')).status, 401);
  const back = await a_desk().post('/api/desk/session', { email: ivy.email, password });
  assert.equal(back.status, 401);
});
