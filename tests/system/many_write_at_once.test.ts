// Many people at once: nothing is mixed up, repeated requests that race are one act, and limits hold.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { a_colleague, a_visitor, furnish, must, writes } from './harness/cast.ts';
import type { Entry, Home, Promised, Wire } from './harness/cast.ts';
import { House } from './harness/house.ts';
import type { Asker } from './harness/http.ts';
import { new_id, new_secret } from './harness/ids.ts';
import { http_writer, live_writer, settle_accounts, some_visitors, whole_conversation } from './harness/ledger.ts';
import { Live } from './harness/live.ts';
import { until } from './harness/waiting.ts';

let home: Home;
before(async () => { home = await furnish(await House.open()); });
after(() => home?.house.close());

test('forty customers write at once, two desks hear each word once, and a stop in the middle loses none', { timeout: 120_000 }, async () => {
  const house = await House.open();
  const stage = await furnish(house);
  const visitors = await some_visitors(house, stage.inbox, 40);
  const desks = [await Live.join(house, stage.colleague.desk), await Live.join(house, stage.leader.desk)];
  const writers = visitors.map((visitor, i) => (i % 4 === 0 ? live_writer(house, visitor) : http_writer(visitor)));
  const busy = writers.map((writer) => writer.run());
  await pause(1500);
  const took = await house.end('SIGTERM');
  assert.ok(took < 3000 || process.env['KITH_BINARY']?.includes('tsan'), `stopping took ${took} ms under load`);
  await Promise.all(busy);
  for (const desk of desks) assert.equal(desk.broken, undefined);
  await house.start();
  const { answered } = await settle_accounts(stage.colleague, writers);
  assert.ok(answered > 40);
  await house.close();
});

test('twenty equal requests at the same moment are one entry', async () => {
  const mara = await a_visitor(home.house, home.inbox);
  const ears = await Live.join(home.house, home.colleague.desk);
  const id = new_id();
  const answers = await Promise.all(Array.from({ length: 20 }, () =>
    mara.panel.post<Entry>('/api/visitor/entries', { id, text: 'once' })));
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [...Array<number>(19).fill(200), 201]);
  assert.equal(new Set(answers.map((answer) => answer.body.seq)).size, 1);
  const mark = await writes(mara, 'mark');
  await ears.event((event) => event.entry?.id === mark.id);
  assert.equal(ears.events.filter((event) => event.entry?.id === id).length, 1);
  ears.leave();
});

test('two people who take the same id at the same moment: one has it, the other learns nothing', async () => {
  const visitors = await some_visitors(home.house, home.inbox, 2);
  for (let i = 0; i < 20; i++) {
    const id = new_id();
    const both = await Promise.all(visitors.map((visitor, n) => visitor.panel.post('/api/visitor/entries', { id, text: `text of ${n}` })));
    assert.deepEqual(both.map((answer) => answer.status).sort(), [201, 409]);
  }
});

async function is_created_once(asker: Asker, path: string, body: object, other?: object): Promise<void> {
  const id = new_id();
  const first = await asker.post(path, { id, ...body });
  assert.equal(first.status, 201, `${path}: ${first.bytes}`);
  const second = await asker.post(path, { id, ...body });
  assert.equal(second.status, 200, `${path} again: ${second.bytes}`);
  assert.deepEqual(second.body, first.body, path);
  if (other) assert.equal((await asker.post(path, { id, ...other })).status, 409, `${path} with other content`);
}

test('everything that is created takes its id from the client and a repeat is harmless', async () => {
  const mara = await a_visitor(home.house, home.inbox);
  await writes(mara, 'hello');
  const { desk } = home.colleague;
  const due = new Date(Date.now() + 3_600_000).toISOString();
  const creations: [path: string, body: Record<string, unknown>, other?: Record<string, unknown>][] = [
    [`/api/desk/conversations/${mara.conversation}/entries`, { text: 'a' }, { text: 'b' }],
    [`/api/desk/conversations/${mara.conversation}/topics`, { title: 'a' }, { title: 'b' }],
    [`/api/desk/conversations/${mara.conversation}/promises`, { what: 'a', due }, { what: 'b', due }],
    [`/api/desk/conversations/${mara.conversation}/attachments`, { name: 'a', size_bytes: 1 }, { name: 'b', size_bytes: 1 }],
    [`/api/desk/people/${mara.person}/notes`, { text: 'a' }, { text: 'b' }],
    [`/api/desk/people/${mara.person}/identities`, { kind: 'email', value: 'a@example.org' }, { kind: 'email', value: 'b@example.org' }],
    [`/api/desk/conversations/${mara.conversation}/scheduled`, { text: 'a', send_at: due }], // may have been changed since
    [`/api/desk/conversations/${mara.conversation}/companions`, { colleague: home.leader.person, words: 'a' }, { colleague: home.leader.person, words: 'b' }],
    [`/api/desk/conversations/${mara.conversation}/handovers`, { to: home.leader.person, words: 'a' }, { to: home.leader.person, words: 'b' }],
  ];
  const hers: typeof creations = [
    ['/api/visitor/entries', { text: 'c' }, { text: 'd' }],
    ['/api/visitor/attachments', { name: 'a', size_bytes: 1 }, { name: 'b', size_bytes: 1 }],
    ['/api/visitor/identities', { kind: 'email', value: 'c@example.org' }, { kind: 'email', value: 'd@example.org' }],
  ];
  const all = [...creations.map((one) => [desk, ...one] as const), ...hers.map((one) => [mara.panel, ...one] as const)];
  for (const [asker, path, body, other] of all) {
    await is_created_once(asker, path, body, other);
  }
  assert.equal((await whole_conversation(desk, mara.conversation)).length, 3, 'what was written is there once');
});

test('what changes who is who, and the house itself, is created once as well', async () => {
  const { desk } = home.leader;
  const zoe = await a_colleague(home.house, 'Zoe');
  const [otto, pia] = await some_visitors(home.house, home.inbox, 2);
  const creations: [path: string, body: Record<string, unknown>, other?: Record<string, unknown>][] = [
    [`/api/desk/people/${zoe.person}/roles`, { kind: 'leader' }, { kind: 'admin' }],
    ['/api/desk/merges', { from: otto!.person, into: pia!.person, reason: 'a' }, { from: pia!.person, into: otto!.person, reason: 'a' }],
    ['/api/desk/backups', {}],
    ['/api/visitor/sessions', { inbox: home.inbox, token: new_secret() }, { inbox: home.inbox, token: new_secret() }],
  ];
  for (const [path, body, other] of creations) {
    const asker = path.startsWith('/api/visitor/') ? home.house.asker() : desk;
    await is_created_once(asker, path, body, other);
  }
});

// The answer carries what is shown once: whoever repeats has not seen it, and gets another one that works instead.
test('a repeat of what gives a secret gives one that works, and leaves one thing', async () => {
  const { desk } = home.leader;
  const token = { id: new_id(), name: 'Till', scopes: ['read_people'], expires_at: new Date(Date.now() + 3_600_000).toISOString() };
  const made = await Promise.all(Array.from({ length: 5 }, () => desk.post<Wire['NewApiToken']>('/api/desk/tokens', token)));
  assert.deepEqual(made.map((answer) => answer.status).sort(), [200, 200, 200, 200, 201]);
  const work = await Promise.all(made.map(async (answer) => {
    const program = home.house.asker();
    program.bearer = answer.body.secret;
    return (await program.get('/api/desk/search/people?q=nobody')).status;
  }));
  assert.deepEqual(work.sort(), [200, 401, 401, 401, 401], 'one of them works');
  const tokens = (await desk.get<Wire['ApiTokenList']>('/api/desk/tokens')).body.tokens;
  assert.equal(tokens.filter((one) => one.id === token.id).length, 1);

  const invite = { id: new_id(), called: 'Gil' };
  const invited = await Promise.all(Array.from({ length: 5 }, () => desk.post<Wire['NewInvitation']>('/api/desk/invitations', invite)));
  assert.deepEqual(invited.map((answer) => answer.status).sort(), [200, 200, 200, 200, 201]);
  const open = await Promise.all(invited.map(async (answer) =>
    (await home.house.asker().post('/api/invitations/look', { token: answer.body.token })).status));
  assert.deepEqual(open.sort(), [200, 404, 404, 404, 404], 'one of them opens');

  const secret = { id: new_id() };
  const path = `/api/desk/inboxes/${home.inbox}/identity_secret`;
  const secrets = await Promise.all(Array.from({ length: 5 }, () => desk.post<Wire['IdentitySecret']>(path, secret)));
  assert.deepEqual(secrets.map((answer) => answer.status).sort(), [200, 200, 200, 200, 201]);
  assert.equal(new Set(secrets.map((answer) => answer.body.secret)).size, 1, 'the website may install any of them');
});

test('an apology is written once however often it is asked', async () => {
  const mara = await a_visitor(home.house, home.inbox);
  const { desk } = home.colleague;
  const promise = new_id();
  const due = new Date(Date.now() + 500).toISOString();
  must(await desk.post(`/api/desk/conversations/${mara.conversation}/promises`, { id: promise, what: 'a call', due }), 201);
  const apology = { entry: new_id(), text: 'I am sorry.' };
  await until('the promise is broken', async () => (await desk.post(`/api/desk/promises/${promise}/own`, apology)).status === 200);
  const again = must(await desk.post<Promised>(`/api/desk/promises/${promise}/own`, apology));
  assert.deepEqual([again.state, again.apology], ['owned', apology.entry]);
  assert.equal((await desk.post(`/api/desk/promises/${promise}/own`, { ...apology, entry: new_id() })).status, 409);
  const apologies = (await whole_conversation(desk, mara.conversation)).filter((entry) => entry.kind === 'apology');
  assert.deepEqual(apologies.map((entry) => entry.id), [apology.entry]);
});

test('one visitor who floods is slowed down, and others are not', async () => {
  const house = await House.open({ environment: { KITH_VISITOR_REQUESTS_PER_MINUTE: '60' } });
  try {
    const stage = await furnish(house);
    const [flood, calm] = await some_visitors(house, stage.inbox, 2);
    let refused = 0;
    for (let i = 0; i < 300 && refused === 0; i++) {
      const answer = await flood!.panel.post('/api/visitor/entries', { id: new_id(), text: `flood ${i}` });
      if (answer.status === 429) {
        refused++;
        assert.ok(Number(answer.headers['retry-after']) >= 1);
      } else {
        assert.equal(answer.status, 201);
      }
    }
    assert.equal(refused, 1, 'three hundred words in a row were all taken');
    await writes(calm!, 'one word');
  } finally {
    await house.close();
  }
});

test('more live connections give nobody more to write', async () => {
  const house = await House.open({ environment: { KITH_VISITOR_REQUESTS_PER_MINUTE: '60' } });
  try {
    const stage = await furnish(house);
    const mara = await a_visitor(house, stage.inbox);
    const begin = performance.now();
    const ears = await Promise.all(Array.from({ length: 12 }, () => Live.join(house, mara.panel)));
    for (const each of ears) for (let i = 0; i < 3; i++) each.say({ type: 'write', id: new_id(), text: 'flood' });
    const answered = () => ears.flatMap((each) => each.frames).filter((frame) => frame.type === 'kept' || frame.type === 'refused');
    await until('every act is answered', () => answered().length === 36);
    const kept = answered().filter((frame) => frame.type === 'kept').length;
    // Two at once and one more every four seconds, as by HTTP.
    assert.ok(kept >= 1 && kept <= 3 + (performance.now() - begin) / 4000, `${kept} were kept`);
    for (const each of ears) each.leave();
  } finally {
    await house.close();
  }
});

test('behind a proxy everybody has connections of her own, and who has too many is refused aloud', async () => {
  const house = await House.open({ environment: { KITH_CONNECTIONS_PER_ADDRESS: '3' } });
  try {
    const stage = await furnish(house);
    const { panel } = await a_visitor(house, stage.inbox);
    const ears: Live[] = [];
    for (const last of [1, 2, 3, 4, 5, 6, 1, 1]) ears.push(await Live.join(house, panel, { from: `192.0.2.${last}` }));
    await assert.rejects(Live.join(house, panel, { from: '192.0.2.1' }), /429/);
    const figures = (await house.asker().get('/metrics')).bytes.toString();
    assert.match(figures, /^kith_connections_refused_total\{limit="address"\} 1$/m);
    assert.match(house.log, /event=connections_refused limit=limits\.connections_per_address count=1/);
    assert.ok(!house.log.includes('192.0.2.'), 'the log tells no address');
    for (const each of ears) each.leave();
  } finally {
    await house.close();
  }
});

test('a reader with an ETag is told that nothing changed, until something does', async () => {
  const mara = await a_visitor(home.house, home.inbox);
  await writes(mara, 'hello');
  const paths: [panel: typeof mara.panel, path: string][] = [
    [mara.panel, '/api/visitor/conversation'], [home.colleague.desk, `/api/desk/conversations/${mara.conversation}`],
  ];
  for (const [panel, path] of paths) {
    const first = await panel.get(path);
    const etag = String(first.headers.etag);
    const again = await panel.get(path, { headers: { 'if-none-match': etag } });
    assert.deepEqual([again.status, again.bytes.length], [304, 0], path);
    await writes(mara, 'more');
    const changed = await panel.get(path, { headers: { 'if-none-match': etag } });
    assert.equal(changed.status, 200, path);
  }
});
