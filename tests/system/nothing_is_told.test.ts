// Logs, figures and the data itself: no words of people, no secrets, and nothing that times or counts a colleague (I16).
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DatabaseSync } from 'node:sqlite';
import { a_program, a_visitor, answers, furnish, must, password, writes } from './harness/cast.ts';
import type { Home, Visitor } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { Live } from './harness/live.ts';

let home: Home;
let mara: Visitor;
let secrets: string[];

before(async () => {
  home = await furnish(await House.open({ environment: { KITH_LOG_LEVEL: 'debug' } }));
  mara = await a_visitor(home.house, home.inbox);
  await writes(mara, 'canaryword in a message');
  await answers(home.colleague, mara.conversation, 'canaryword in an answer');
  must(await mara.panel.patch('/api/visitor/me', { called: 'Canaryname', access_needs: 'canaryneed' }));
  must(await mara.panel.post('/api/visitor/identities', { id: new_id(), kind: 'email', value: 'canary@mail.example' }), 201);
  must(await home.colleague.desk.post(`/api/desk/people/${mara.person}/notes`, { id: new_id(), text: 'canarynote' }), 201);
  must(await home.colleague.desk.get('/api/desk/search?q=canaryword'));
  const { desk } = home.colleague;
  const about = `/api/desk/conversations/${mara.conversation}`;
  must(await desk.get('/api/desk/search/notes?q=canarynote'));
  must(await desk.put(`${about}/draft`, { text: 'canarydraft', only_for_us: false, attachments: [] }));
  must(await desk.put(`${about}/later`, { until: null, until_she_writes: true, words: 'canarylater' }));
  must(await desk.post(`${about}/scheduled`, { id: new_id(), text: 'canaryscheduled', send_at: new Date(Date.now() + 3_600_000).toISOString() }), 201);
  must(await desk.post(`${about}/topics`, { id: new_id(), title: 'canarytopic' }), 201);
  must(await desk.post(`${about}/promises`, { id: new_id(), what: 'canarypromise', due: new Date(Date.now() + 3_600_000).toISOString() }), 201);
  must(await desk.post(`${about}/handovers`, { id: new_id(), to: home.leader.person, words: 'canaryhandover' }), 201);
  const file = new_id();
  must(await mara.panel.post('/api/visitor/attachments', { id: file, name: 'canaryfile.txt', alt_text: 'canaryalt', size_bytes: 11 }), 201);
  must(await mara.panel.patch(`/api/attachments/${file}/content`, undefined, {
    raw: 'canarybytes', headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
  }));
  must(await mara.panel.get(`/api/attachments/${file}/content`).then((answer) => ({ ...answer, body: answer.bytes })));
  await home.house.asker().post('/api/visitor/sessions', { id: new_id(), inbox: home.inbox, identity_token: 'canary.token.words' });
  await home.house.asker().post('/api/invitations/look', { token: 'canarytoken' });
  await home.house.asker().ask('POST', `/hello/${home.inbox}`, undefined, {
    raw: `id=${new_id()}&text=canaryform&visit=canaryvisit`, headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  await home.house.asker().get('/api/site/canarysite', { headers: { 'user-agent': 'canaryagent', referer: 'https://canary.example/', 'x-forwarded-for': '203.0.113.77' } });
  await mara.panel.ask('POST', '/api/visitor/entries', undefined, { raw: '{"canarybroken', headers: { 'content-type': 'application/json' } });
  await home.house.asker().post('/api/desk/session', { email: 'canary@mail.example', password: 'canarypassword' });
  await home.house.asker().get('/api/canarypath?token=canaryquery');
  const program = await a_program(home.house, home.leader, ['read_people']);
  await program.get('/api/desk/people');
  const ears = await Live.join(home.house, mara.panel);
  ears.say({ type: 'write', id: new_id(), text: 'canarylive' });
  ears.say({ type: 'write', id: 'canaryid', text: 7 });
  ears.say_raw('canarynonsense');
  await ears.frame((frame) => frame.type === 'kept', 'the live word is kept');
  ears.leave();
  must(await home.colleague.desk.put('/api/desk/presence', { level: 'beat' }));
  secrets = [mara.token, program.bearer ?? '', (home.colleague.desk.cookie ?? '').split('=')[1] ?? '',
    (home.colleague.desk.device ?? '').split('=')[1] ?? '', password, 'canary', '203.0.113.77'];
});
after(() => home?.house.close());

test('the log holds no words, names, addresses, tokens or passwords', () => {
  const { log } = home.house;
  assert.ok(log.length > 0, 'a silent log proves nothing');
  for (const secret of secrets) {
    const at = log.toLowerCase().indexOf(secret.toLowerCase());
    assert.equal(at, -1, `the log tells: ${log.slice(Math.max(0, at - 120), at + 60)}`);
  }
  for (const email of [home.colleague.email, home.leader.email]) assert.ok(!log.includes(email));
});

test('every line of the log is one event', () => {
  for (const line of home.house.log.trim().split('\n')) assert.match(line, /^(time|at|ts|\d{4})/, line.slice(0, 200));
});

test('the figures are about the house, never about a colleague or a customer', async () => {
  const text = (await home.house.asker().get('/metrics')).bytes.toString();
  assert.match(text, /^# TYPE kith_/m);
  for (const id of [home.colleague.person, home.leader.person, mara.person, mara.conversation, 'Noor', 'Ines', ...secrets]) {
    assert.ok(!text.includes(id), `a series tells ${id}`);
  }
  for (const line of text.split('\n').filter((one) => one.startsWith('kith_'))) {
    for (const [, label] of line.matchAll(/(\w+)="/g)) {
      assert.doesNotMatch(label ?? '', /person|colleague|author|session|team|visitor|conversation/, line);
    }
    assert.doesNotMatch(line, /[0-9a-f]{8}-[0-9a-f]{4}-/, line);
  }
});

test('no table joins a colleague with a duration, a count or the time she was last seen', async () => {
  await home.house.end();
  const path = readdirSync(home.house.data).find((name) => name.endsWith('.db'));
  assert.ok(path);
  const database = new DatabaseSync(join(home.house.data, path), { readOnly: true });
  const rows = database.prepare(`select m.name as "table", c.name as "column" from sqlite_master m, pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite_%'`).all() as { table: string; column: string }[];
  assert.ok(rows.length > 50, 'the schema was read');
  const timed = rows.filter(({ column }) => /duration|elapsed|ended|last_seen|first_seen|online|typing|presence|took|response|handle|count$/.test(column));
  // How many files an entry has, how often an upload's content is used, and how often the outbox tried: none belongs to a person.
  const allowed = new Set(['outbox.attempts', 'entries.attachment_count', 'files.count', 'contents.reference_count', 'outbox.attempt_count']);
  assert.deepEqual(timed.map(({ table, column }) => `${table}.${column}`).filter((name) => !allowed.has(name)), []);
  assert.deepEqual(rows.filter(({ table }) => /presence|typing|activity|audit_time|stat/.test(table)).map(({ table }) => table), []);
  database.close();
  await home.house.start();
});

test('secrets are not readable in the files', async () => {
  await home.house.end();
  const files = readdirSync(home.house.data, { recursive: true }).map((name) => join(home.house.data, String(name)))
    .filter((path) => statSync(path).isFile());
  assert.ok(files.length > 0);
  for (const path of files) {
    const bytes = readFileSync(path);
    for (const secret of secrets.filter((one) => one !== 'canary' && one.length > 20)) assert.ok(!bytes.includes(secret), path);
    assert.ok(!bytes.includes(password), path);
  }
  await home.house.start();
});
