// Rights may end while somebody is connecting, is told what she missed, or has just arrived. Whatever the moment: nothing that
// was said after her rights ended reaches her, and her connection is closed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { a_colleague, a_program, a_visitor, furnish, must, writes } from './harness/cast.ts';
import type { Home, Visitor, Wire } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import type { Asker } from './harness/http.ts';
import { Live } from './harness/live.ts';
import { until } from './harness/waiting.ts';

const rounds = Number(process.env['KITH_ROUNDS'] ?? 12);
const long_ago = 1; // a cursor before nearly everything: several pages have to be caught up

let home: Home;
let mara: Visitor;
before(async () => {
  home = await furnish(await House.open());
  mara = await a_visitor(home.house, home.inbox);
  const talkers = await Promise.all(Array.from({ length: 8 }, () => a_visitor(home.house, home.inbox)));
  await Promise.all(talkers.map(async (talker) => {
    for (let i = 0; i < 150; i++) await writes(talker, `word ${i}`);
  }));
});
after(() => home?.house.close());

const holds = (live: Live, text: string): boolean => JSON.stringify(live.frames).includes(text);

// Comes in, and at some moment of it her rights end; what Mara says from then on is not for her.
async function ends_on_the_way(asker: Asker, end: () => Promise<void>, token_in_header = false): Promise<void> {
  const coming = Live.open(home.house, asker, { since: long_ago, token_in_header }).catch(() => null);
  await pause(Math.random() * 60);
  await end();
  const secret = `said after the end ${new_id()}`;
  await writes(mara, secret);
  const live = await coming;
  if (!live) return; // the door was closed already
  await until('the connection is closed', () => live.is_closed, 10_000);
  assert.ok([4401, 1006].includes(await live.closed), `closed with ${await live.closed}`);
  assert.ok(!holds(live, secret), 'she heard what was said after her rights had ended');
  assert.equal(live.broken, undefined);
}

test('a colleague who leaves the team while she connects hears nothing more', { timeout: 120_000 }, async () => {
  for (let round = 0; round < rounds; round++) {
    const gone = await a_colleague(home.house, 'Gil');
    await ends_on_the_way(gone.desk, async () => {
      must(await home.leader.desk.post(`/api/desk/colleagues/${gone.person}/end`), 204);
    });
  }
});

test('a colleague who signs out on another tab while this one connects hears nothing more', { timeout: 120_000 }, async () => {
  const gone = await a_colleague(home.house, 'Hal');
  for (let round = 0; round < Math.min(rounds, 8); round++) { // more would be guessing
    const tab = home.house.asker();
    tab.origin = home.house.url;
    must(await tab.post('/api/desk/session', { email: gone.email, password: 'a lamp, a chair, a table' }));
    const other = home.house.asker();
    [other.origin, other.cookie] = [home.house.url, tab.cookie];
    await ends_on_the_way(tab, async () => { must(await other.delete('/api/desk/session'), 204); });
  }
});

async function revoke_token(name: string): Promise<void> {
  const { tokens } = must(await home.leader.desk.get<Wire['ApiTokenList']>('/api/desk/tokens'));
  const token = tokens.find((one) => one.name === name);
  assert.ok(token);
  must(await home.leader.desk.delete(`/api/desk/tokens/${token.id}`), 204);
}

test('a program whose token is revoked while it connects hears nothing more', { timeout: 120_000 }, async () => {
  for (let round = 0; round < rounds; round++) {
    const program = await a_program(home.house, home.leader, ['read_conversations'], `Robot ${round}`);
    await ends_on_the_way(program, () => revoke_token(`Robot ${round}`), round % 2 === 0);
  }
});

test('a program that showed its token with the handshake is looked at again when it says hello', async () => {
  const program = await a_program(home.house, home.leader, ['read_conversations'], 'Header robot');
  const there = await Live.join(home.house, program, { token_in_header: true });
  const silent = await Live.open(home.house, program, { token_in_header: true, hello: null });
  await writes(mara, 'while its token is good');
  await there.event((event) => event.entry?.text === 'while its token is good');
  await revoke_token('Header robot');
  silent.say({ type: 'hello', since: null });
  for (const live of [there, silent]) assert.equal(await live.closed, 4401);
  assert.ok(!silent.frames.some((frame) => frame.type === 'welcome'));
});

test('a customer who ends her visit while she connects hears nothing more', { timeout: 120_000 }, async () => {
  for (let round = 0; round < rounds; round++) {
    const gone = await a_visitor(home.house, home.inbox);
    await writes(gone, 'hello');
    const coming = Live.open(home.house, gone.panel, { since: long_ago }).catch(() => null);
    await pause(Math.random() * 30);
    must(await gone.panel.delete('/api/visitor/sessions'), 204);
    const secret = `an answer after the end ${new_id()}`;
    must(await home.colleague.desk.post(`/api/desk/conversations/${gone.conversation}/entries`, { id: new_id(), text: secret }), 201);
    const live = await coming;
    if (!live) continue;
    await until('the connection is closed', () => live.is_closed, 10_000);
    assert.ok(!holds(live, secret));
  }
});
