// First run: the key that is printed, once, and the lines that a newcomer reads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create_colleague, must, password } from './harness/cast.ts';
import type { DeskSession, Wire } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { until } from './harness/waiting.ts';

function key_of(house: House): string {
  return /\/desk\/first-run#([A-Za-z0-9_-]+)/.exec(house.said)?.[1] ?? '';
}

function moving_in(key: string) {
  return {
    key, organisation: 'Lamps of Lund', time_zone: 'Europe/Stockholm', person: new_id(), called: 'Noor', email: 'noor@lamps.example', password,
  };
}

test('the house is taken once, by who can read where it was started', async () => {
  const house = await House.open();
  try {
    await until('the key is printed', () => key_of(house) !== '');
    const stranger = house.asker();
    assert.equal(must(await stranger.get<Wire['Setup']>('/api/setup')).needed, true);
    assert.equal((await stranger.post('/api/setup', moving_in('a guess'))).status, 403);
    assert.equal((await stranger.post('/api/setup', moving_in(''))).status, 403);
    assert.equal((await stranger.post('/api/setup', { ...moving_in(key_of(house)), time_zone: 'Lund' })).status, 400);
    const noor = house.asker();
    const session = must(await noor.post<DeskSession>('/api/setup', moving_in(key_of(house))), 201);
    assert.deepEqual([session.called, session.is_leader, session.is_admin], ['Noor', true, true]);
    assert.equal(must(await noor.get<DeskSession>('/api/desk/session')).person, session.person, 'she is signed in');
    const site = must(await stranger.get<Wire['Site']>('/api/site/default'));
    assert.deepEqual([site.organisation, site.opening.time_zone], ['Lamps of Lund', 'Europe/Stockholm']);
    assert.equal(must(await stranger.get<Wire['Setup']>('/api/setup')).needed, false);
    assert.equal((await stranger.post('/api/setup', moving_in(key_of(house)))).status, 409);
    house.said = '';
    await house.end();
    await house.start();
    await until('it says where it is', () => house.said.includes('at home'));
    assert.equal(key_of(house), '', 'nothing is printed once somebody looks after the house');
  } finally {
    await house.close();
  }
});

test('guessing the key is slow', async () => {
  const house = await House.open();
  try {
    const asker = house.asker();
    const tries = await Promise.all(Array.from({ length: 15 }, () => asker.post('/api/setup', moving_in('a guess'))));
    assert.ok(tries.some((answer) => answer.status === 429));
    assert.ok(tries.every((answer) => answer.status === 403 || answer.status === 429));
  } finally {
    await house.close();
  }
});

test('a colleague made on the command line looks after the house, and no key is needed', async () => {
  const house = await House.open();
  try {
    create_colleague(house, 'Ines', true);
    assert.equal(must(await house.asker().get<Wire['Setup']>('/api/setup')).needed, false);
    assert.equal((await house.asker().post('/api/setup', moving_in(key_of(house)))).status, 409);
  } finally {
    await house.close();
  }
});

test('the sample says how to try both sides, and leaves room for somebody real', async () => {
  const house = await House.open({ arguments: ['--sample'] });
  try {
    await until('the lines are printed', () => key_of(house) !== '');
    assert.match(house.said, /Be a visitor: http:\/\/127\.0\.0\.1:\d+\/sample-shop\n/);
    const [, email, secret] = /Be the team: \S+\/desk\/#sample=([^:\s]+):(\S+)\n/.exec(house.said) ?? [];
    const mira = house.asker();
    mira.origin = house.url;
    assert.equal(must(await mira.post<DeskSession>('/api/desk/session', { email, password: secret })).called, 'Mira');
    const line = must(await mira.get<Wire['Line']>('/api/desk/line'));
    assert.ok(line.waiting.length >= 3 && line.waiting.every((row) => row.person.is_sample && row.person.face !== null));
    const site = must(await mira.get<Wire['Site']>('/api/site/default'));
    assert.ok(site.is_sample);
    // Somebody real writes to the sample shop and is answered by somebody invented.
    const visit = must(await house.asker().post<Wire['Visit']>('/api/visitor/sessions', { id: new_id(), inbox: site.inbox }), 201);
    must(await mira.post(`/api/desk/conversations/${visit.conversation}/entries`, { id: new_id(), text: 'Hello from the sample' }), 201);
    const noor = house.asker();
    noor.origin = house.url;
    must(await noor.post<DeskSession>('/api/setup', moving_in(key_of(house))), 201);
    must(await noor.post('/api/desk/sample/remove'), 200);
    assert.equal((await mira.get('/api/desk/session')).status, 401, 'she cannot come in any more');
    assert.equal((await mira.post('/api/desk/session', { email, password: secret })).status, 401);
    const colleagues = must(await noor.get<Wire['ColleagueList']>('/api/desk/colleagues')).colleagues;
    assert.deepEqual(colleagues.map((one) => one.person.called), ['Noor']);
    const entries = must(await noor.get<Wire['EntryPage']>(`/api/desk/conversations/${visit.conversation}/entries`));
    assert.deepEqual(entries.entries.map((entry) => entry.text), ['Hello from the sample'], 'what a real person was told stays');
    assert.equal(entries.people[0]?.called, 'Mira');
    const after = must(await noor.get<Wire['Site']>('/api/site/default'));
    assert.deepEqual([after.organisation, after.is_sample], ['Lamps of Lund', false]);
  } finally {
    await house.close();
  }
});
