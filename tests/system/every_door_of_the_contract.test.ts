// What holds for every operation of docs/api.yaml, read from it, so that a new one cannot be forgotten: who is let in, that no
// other site acts in somebody's name, and that a body nobody can understand is refused in words and changes nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { a_visitor, furnish, writes } from './harness/cast.ts';
import type { Home, Visitor } from './harness/cast.ts';
import { doors_of_the_contract } from './harness/contract.ts';
import type { Door } from './harness/contract.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import type { Asker, Problem } from './harness/http.ts';

let home: Home;
let mara: Visitor;
before(async () => {
  home = await furnish(await House.open());
  mara = await a_visitor(home.house, home.inbox);
  await writes(mara, 'Good morning.');
});
after(() => home?.house.close());

const doors = doors_of_the_contract();
const is_json = (door: Door): boolean => door.takes === 'application/json';
const writes_something = (door: Door): boolean => !['GET', 'HEAD'].includes(door.method);
const name_of = ({ method, template }: Door): string => `${method} ${template}`;
const path_of = ({ template }: Door): string => template.replace(/\{\w+\}/g, () => new_id());

function knock(asker: Asker, door: Door, headers: Record<string, string> = {}, raw = '{}'): ReturnType<typeof asker.ask<Problem>> {
  const body = door.takes === undefined ? {} : { raw };
  const type = door.takes === undefined ? {} : { 'content-type': door.takes };
  return asker.ask<Problem>(door.method, path_of(door), undefined, { ...body, headers: { ...type, ...headers } });
}

test('the contract was read', () => {
  assert.ok(doors.length > 100, String(doors.length));
  assert.ok(doors.filter(is_json).length > 50);
});

test('nobody comes in where somebody must be known', async () => {
  for (const door of doors.filter(({ who }) => who.length > 0)) {
    const answer = await knock(home.house.asker(), door);
    assert.equal(answer.status, 401, `${name_of(door)}: ${answer.bytes}`);
  }
});

test('a customer comes to no door of the desk, and hears the same at each', async () => {
  const heard = new Set<string>();
  const desk = doors.filter(({ who }) => who.length > 0 && !who.includes('visitor'));
  assert.ok(desk.length > 60);
  for (const door of desk) {
    const answer = await knock(mara.panel, door);
    assert.equal(answer.status, 403, `${name_of(door)}: ${answer.bytes}`);
    if (door.method !== 'HEAD') heard.add(answer.bytes.toString());
  }
  assert.equal(heard.size, 1, [...heard].join());
});

test('no door takes a colleague’s cookie from another site, nor signs anybody in from there', async () => {
  const guarded = doors.filter((door) => writes_something(door) && (door.who.length === 0 || door.who.includes('colleague')));
  assert.ok(guarded.length > 60);
  for (const door of guarded.filter(({ template }) => !template.startsWith('/api/visitor/'))) {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
      const answer = await knock(home.leader.desk, door, headers);
      assert.equal(answer.status, 403, `${name_of(door)} from ${headers.origin}: ${answer.bytes}`);
    }
  }
});

const nonsense: [what: string, raw: string | Buffer][] = [
  ['half an object', '{"id":"'],
  ['a list', '[]'],
  ['a field nobody knows', '{"a_field_nobody_knows":1}'],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
];

test('no door understands nonsense, and each says so in words', async () => {
  for (const door of doors.filter(is_json)) {
    const asker = door.who.length > 0 && !door.who.includes('colleague') ? mara.panel : home.leader.desk;
    for (const [what, raw] of nonsense) {
      const answer = await asker.ask<Problem>(door.method, path_of(door), undefined, { raw, headers: { 'content-type': 'application/json' } });
      assert.equal(answer.status, 400, `${name_of(door)} with ${what}: ${answer.status} ${answer.bytes}`);
      assert.ok(answer.body.title.length > 0 && answer.body.code === 'invalid', name_of(door));
      assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
    }
  }
});

test('no door takes a body without end, or of another kind', async () => {
  for (const door of doors.filter(is_json)) {
    const asker = door.who.length > 0 && !door.who.includes('colleague') ? mara.panel : home.leader.desk;
    const large = await asker.ask<Problem>(door.method, path_of(door), undefined, {
      raw: `{"text":"${'a'.repeat(1_000_000)}"}`, headers: { 'content-type': 'application/json' },
    });
    assert.equal(large.status, 413, `${name_of(door)}: ${large.bytes}`);
    const form = await asker.ask<Problem>(door.method, path_of(door), undefined, { raw: 'id=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    assert.equal(form.status, 415, `${name_of(door)}: ${form.bytes}`);
  }
});

test('no door takes a question it does not know', async () => {
  const reading = doors.filter(({ method }) => method === 'GET');
  assert.ok(reading.length > 35, String(reading.length));
  for (const door of reading) {
    const asker = door.who.length > 0 && !door.who.includes('colleague') ? mara.panel : home.leader.desk;
    const answer = await asker.get<Problem>(`${path_of(door)}?a_question_nobody_knows=1`);
    assert.equal(answer.status, 400, `${name_of(door)}: ${answer.bytes}`);
    assert.equal(answer.body.field, 'a_question_nobody_knows', name_of(door));
  }
});
