// What makes a house somebody's own: faces, preferences, opening hours, stories to take along, backups.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { a_visitor, answers, furnish, must, writes } from './harness/cast.ts';
import type { Home, Wire } from './harness/cast.ts';
import { House } from './harness/house.ts';
import type { Answer } from './harness/http.ts';
import { new_id } from './harness/ids.ts';
import { png } from './harness/pictures.ts';
import { table } from './harness/scenarios.ts';
import { unzip } from './harness/zip.ts';

const liked = {
  single_keys: false, sounds: true, volume: 20, notifications: true, quiet_from: '18:00', quiet_until: '08:00', theme: 'dark', text_size: 120, locale: 'de',
};
const words = { organisation: 'Lamps of Lund', hello_line: 'Hello!', hours: '', nobody_there_line: 'Nobody is here right now.' };
const always = { time_zone: 'Europe/Stockholm', week: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', until: '24:00' })), days_off: [] };
const never_today = {
  time_zone: 'Europe/Stockholm', week: always.week.filter((one) => one.day === 1),
  days_off: [{ from: '2020-01-01', until: '2020-12-31', name: 'A long rest', hours: [] }],
};
const backup = new_id();

function saves(opening: unknown) {
  return { ...words, opening };
}

// A story as a zip file: what it holds, packed as it may be, and what it must not.
function tells_of(answer: Answer, her_words: string, words_of_another: string): void {
  const all = [...unzip(answer.bytes).values()].map((file) => file.toString('utf8')).join('\n');
  assert.ok(all.includes(her_words));
  for (const word of [words_of_another, 'token', 'digest', 'password']) assert.ok(!all.includes(word), word);
}

table('A house of one’s own', [
  {
    says: 'lets a colleague like her desk her way', who: 'colleague', does: ['PUT', '/api/desk/me/preferences', liked], status: 200,
    holds: (now: Wire['Preferences']) => assert.deepEqual(now, liked),
  },
  {
    says: 'remembers it for her alone', who: 'leader', does: ['GET', '/api/desk/me/preferences'], status: 200,
    holds: (now: Wire['Preferences']) => assert.equal(now.theme, 'system'),
  },
  { says: 'remembers it', who: 'colleague', does: ['GET', '/api/desk/me/preferences'], status: 200, holds: (now: Wire['Preferences']) => assert.deepEqual(now, liked) },
  { says: 'wants whole preferences', who: 'colleague', does: ['PUT', '/api/desk/me/preferences', { theme: 'dark' }], status: 400, code: 'invalid' },
  { says: 'knows no text that is too large', who: 'colleague', does: ['PUT', '/api/desk/me/preferences', { ...liked, text_size: 200 }], status: 400, field: 'text_size' },
  { says: 'knows no hour that is none', who: 'colleague', does: ['PUT', '/api/desk/me/preferences', { ...liked, quiet_from: '25:00' }], status: 400, field: 'quiet_from' },
  { says: 'has no preferences for customers', who: 'mara', does: ['GET', '/api/desk/me/preferences'], status: 403 },

  {
    says: 'opens by its hours', who: 'leader', does: ['PUT', '/api/desk/settings', saves(always)], headers: { 'if-match': '"0"' }, status: 200,
    holds: (now: Wire['Settings']) => assert.deepEqual(now.opening, always),
    desk_hears: ['settings_changed'], mara_hears: ['settings_changed'],
  },
  {
    says: 'says so to anybody, at its first door too', who: 'nobody', does: ['GET', '/api/site/default'], status: 200,
    holds: (site: Wire['Site'], s, answer) => {
      assert.deepEqual([site.is_open, site.opens_at, site.closes_at, site.is_sample], [true, null, null, false]);
      assert.equal(site.inbox, s.inbox);
      assert.equal(answer.headers['access-control-allow-origin'], '*');
    },
  },
  {
    says: 'keeps its hours when only words change', who: 'leader', does: ['PUT', '/api/desk/settings', { ...words, hello_line: 'Good day!' }], headers: { 'if-match': '"1"' },
    status: 200, holds: (now: Wire['Settings']) => assert.deepEqual(now.opening, always),
    desk_hears: ['settings_changed'], mara_hears: ['settings_changed'],
  },
  {
    says: 'takes several hours and days off', who: 'leader', does: ['PUT', '/api/desk/settings', saves(never_today)], headers: { 'if-match': '"2"' }, status: 200,
    desk_hears: ['settings_changed'], mara_hears: ['settings_changed'],
  },
  {
    says: 'takes no hours that overlap', who: 'leader', status: 400, field: 'week', headers: { 'if-match': '"3"' },
    does: ['PUT', '/api/desk/settings', saves({ ...always, week: [{ day: 1, from: '09:00', until: '12:00' }, { day: 1, from: '11:00', until: '13:00' }] })],
  },
  {
    says: 'takes no place that nobody knows', who: 'leader', does: ['PUT', '/api/desk/settings', saves({ ...always, time_zone: 'Lund' })],
    headers: { 'if-match': '"3"' }, status: 400, field: 'time_zone',
  },
  {
    says: 'takes no field it does not know, however deep', who: 'leader', status: 400, field: 'opening.week.colour', headers: { 'if-match': '"3"' },
    does: ['PUT', '/api/desk/settings', saves({ ...always, week: [{ day: 1, from: '09:00', until: '12:00', colour: 'red' }] })],
  },

  { says: 'does not copy itself for a colleague', who: 'colleague', does: ['POST', '/api/desk/backups', { id: backup }], status: 403 },
  { says: 'does not tell customers of its backups', who: 'mara', does: ['GET', '/api/desk/backups'], status: 403 },
  {
    says: 'copies itself for who looks after it', who: 'leader', does: ['POST', '/api/desk/backups', { id: backup }], status: 201,
    holds: (made: Wire['Backup'], s) => {
      assert.ok(made.size_bytes > 0);
      assert.ok(existsSync(join(s.house.data, 'backups', made.name, 'kith.db')));
    },
  },
  {
    says: 'copies itself once however often it is asked', who: 'leader', does: ['POST', '/api/desk/backups', { id: backup }], status: 200,
    holds: (made: Wire['Backup']) => assert.equal(made.id, backup),
  },
  {
    says: 'lists its backups', who: 'leader', does: ['GET', '/api/desk/backups'], status: 200,
    holds: (list: Wire['BackupList']) => assert.deepEqual(list.backups.map((one) => one.id), [backup]),
  },
  { says: 'shows no face that is not there', who: 'nobody', does: ['GET', '/api/faces/AAAAAAAAAAAAAAAAAAAAAA'], status: 404 },
  {
    says: 'gives a customer her whole story', who: 'mara', does: ['GET', '/api/visitor/export'], status: 200,
    holds: (_, _s, answer) => tells_of(answer, 'this is Mara', 'this is Otto'),
  },
  {
    says: 'gives it to who leads', who: 'leader', does: ['GET', (s) => `/api/desk/people/${s.otto.person}/export`], status: 200,
    holds: (_, _s, answer) => tells_of(answer, 'this is Otto', 'this is Mara'),
  },
  { says: 'tells a story to nobody', who: 'nobody', does: ['GET', '/api/visitor/export'], status: 401 },
  { says: 'tells a story to no colleague who leads nothing', who: 'colleague', does: ['GET', (s) => `/api/desk/people/${s.mara.person}/export`], status: 403 },
  { says: 'tells no story of nobody', who: 'leader', does: ['GET', `/api/desk/people/${new_id()}/export`], status: 404 },
]);

let home: Home;
before(async () => { home = await furnish(await House.open()); });
after(() => home.house.close());

test('a colleague shows her face, another one, and none', async () => {
  const { desk } = home.colleague;
  const show = (bytes: Buffer, type = 'image/png') =>
    desk.put<Wire['MyFace']>('/api/desk/me/face', undefined, { raw: bytes, headers: { 'content-type': type } });
  const first = must(await show(png(10))).face ?? '';
  const seen = await home.house.asker().get(first);
  assert.equal(seen.status, 200);
  assert.deepEqual(seen.bytes, png(10));
  assert.equal(seen.headers['content-type'], 'image/png');
  assert.match(String(seen.headers['cache-control']), /immutable/);
  assert.equal(seen.headers['cross-origin-resource-policy'], 'cross-origin');
  assert.equal(seen.headers['x-content-type-options'], 'nosniff');
  assert.equal(must(await show(png(10), 'application/octet-stream')).face, first, 'the same picture stays where it is');
  const second = must(await show(png(20))).face ?? '';
  assert.notEqual(second, first);
  assert.equal((await home.house.asker().get(first)).status, 404);
  const site = must(await home.house.asker().get<Wire['Site']>(`/api/site/${home.inbox}`));
  assert.equal(site.team.find((one) => one.id === home.colleague.person)?.face, second);
  assert.equal(must(await desk.get<Wire['DeskSession']>('/api/desk/session')).face, second);
  must(await desk.delete('/api/desk/me/face'), 204);
  assert.equal((await home.house.asker().get(second)).status, 404);
});

test('only pictures are faces, and only her own', async () => {
  const { desk } = home.colleague;
  const refused = async (bytes: Buffer | string, status: number) =>
    must(await desk.put('/api/desk/me/face', undefined, { raw: bytes, headers: { 'content-type': 'image/png' } }), status);
  await refused('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 400);
  await refused(Buffer.concat([png(), Buffer.from('<script>')]), 400);
  await refused(png(1, 5000, 2), 413);
  await refused(Buffer.alloc(600 * 1024), 413);
  const visitor = await a_visitor(home.house, home.inbox);
  must(await visitor.panel.put('/api/desk/me/face', undefined, { raw: png(), headers: { 'content-type': 'image/png' } }), 403);
});

test('a customer takes her whole story along, and so does who leads', async () => {
  const mara = await a_visitor(home.house, home.inbox);
  must(await mara.panel.patch('/api/visitor/me', { called: 'Mara <b>&' }));
  const file = new_id();
  must(await mara.panel.post('/api/visitor/attachments', { id: file, name: '../lämp/..\\one.txt', size_bytes: 5 }), 201);
  must(await mara.panel.patch(`/api/attachments/${file}/content`, undefined, {
    raw: 'hello', headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
  }));
  must(await mara.panel.post('/api/visitor/entries', { id: new_id(), text: 'Good <script>alert(1)</script> morning\nand two lines', attachments: [file] }), 201);
  const entry = await writes(mara, 'first words');
  must(await mara.panel.patch(`/api/visitor/entries/${entry.id}`, { act: new_id(), text: 'second words' }));
  for (let i = 0; i < 205; i++) await writes(mara, `line ${i}`);
  await answers(home.colleague, mara.conversation, 'An answer from Noor');
  must(await home.colleague.desk.post(`/api/desk/people/${mara.person}/notes`, { id: new_id(), text: 'Prefers "evenings" & tea' }), 201);

  const taken = await mara.panel.get('/api/visitor/export');
  assert.equal(taken.status, 200);
  assert.match(String(taken.headers['content-disposition']), /^attachment; filename=/);
  const files = unzip(taken.bytes);
  const page = files.get('story.html')?.toString() ?? '';
  assert.match(page, /Mara &lt;b&gt;&amp;/);
  assert.match(page, /Good &lt;script&gt;alert\(1\)&lt;\/script&gt; morning<br>and two lines/);
  assert.doesNotMatch(page, /<script/);
  assert.match(page, /Before: first words/);
  assert.match(page, /An answer from Noor/);
  assert.match(page, /Prefers &quot;evenings&quot; &amp; tea/);
  assert.match(page, /line 204/);
  const story = JSON.parse(files.get('story.json')?.toString() ?? '') as {
    notes: Wire['Note'][]; entries: { entry: Wire['Entry']; versions: unknown[]; attachments: { file: string }[] }[]; people: { called: string }[];
  };
  assert.equal(story.entries.length, 208);
  assert.deepEqual(story.notes.map((note) => note.text), ['Prefers "evenings" & tea']);
  assert.equal(story.entries.find((one) => one.entry.id === entry.id)?.versions.length, 2);
  assert.ok(story.people.some((one) => one.called === home.colleague.called));
  const path = story.entries[0]?.attachments[0]?.file ?? '';
  assert.match(path, /^files\/0001 [^/\\]+$/, 'a name never leads out of the folder');
  assert.equal(files.get(path)?.toString(), 'hello');

  const by_leader = await home.leader.desk.get(`/api/desk/people/${mara.person}/export`);
  assert.deepEqual([...unzip(by_leader.bytes).keys()].sort(), [...files.keys()].sort());
  const otto = await a_visitor(home.house, home.inbox);
  assert.doesNotMatch(unzip((await otto.panel.get('/api/visitor/export')).bytes).get('story.html')?.toString() ?? '', /Noor/);
});
