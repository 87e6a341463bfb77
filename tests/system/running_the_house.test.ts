// What somebody who runs Kith relies on: starting, stopping, one house per folder, backups, the doctor, its own words.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { a_visitor, answers, furnish, must, password, sign_in, writes } from './harness/cast.ts';
import type { EntryPage, Home, Wire } from './harness/cast.ts';
import { House, kith, run_kith } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { Live } from './harness/live.ts';

let home: Home;
let scratch: string;
before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'kith-run-'));
  home = await furnish(await House.open());
});
after(async () => {
  await home?.house.close();
  rmSync(scratch, { recursive: true, force: true });
});

test('kith says its version and explains itself', () => {
  assert.match(run_kith(['version']).stdout, /\d+\.\d+\.\d+/);
  const help = run_kith(['--help']);
  assert.equal(help.status, 0);
  for (const word of ['serve', 'admin', 'doctor', 'backup', 'restore', 'version']) assert.ok(help.stdout.includes(word), word);
});

test('a command that makes no sense ends with 2 and says what to do', () => {
  for (const words of [[], ['dance'], ['serve', '--colour', 'red'], ['serve'], ['serve', '--data', join(scratch, 'x'), '--listen', 'nowhere']]) {
    const done = run_kith(words);
    assert.notEqual(done.status, 0, words.join(' '));
    assert.ok((done.stderr + done.stdout).length > 10, words.join(' '));
    assert.doesNotMatch(done.stderr, /terminate|AddressSanitizer|runtime error/);
  }
});

test('plain HTTP in the open is refused', () => {
  const done = run_kith(['serve', '--data', join(scratch, 'open'), '--listen', '0.0.0.0:0']);
  assert.notEqual(done.status, 0);
  assert.match(done.stderr, /TLS|certificate|proxy/i);
});

test('a second start on the same folder is refused, and the first goes on', async () => {
  const second = run_kith(['serve', '--data', home.house.data, '--listen', '127.0.0.1:0']);
  assert.notEqual(second.status, 0);
  assert.match(second.stderr, /already|another/i);
  assert.equal((await home.colleague.desk.get('/readyz')).status, 200);
});

test('a port that is taken is named', async () => {
  const other = run_kith(['serve', '--data', join(scratch, 'port'), '--listen', `127.0.0.1:${home.house.port}`]);
  assert.notEqual(other.status, 0);
  assert.match(other.stderr, new RegExp(String(home.house.port)));
});

test('what Kith keeps is for its own account only', () => {
  for (const name of ['', ...readdirSync(home.house.data)]) {
    const mode = statSync(join(home.house.data, name)).mode & 0o077;
    assert.equal(mode, 0, `${name || 'the folder'} is open to others: ${mode.toString(8)}`);
  }
});

test('/healthz and /readyz answer, and HEAD and GET agree', async () => {
  const asker = home.house.asker();
  for (const path of ['/healthz', '/readyz', '/', '/hello', '/desk/']) {
    const got = await asker.get(path);
    assert.equal(got.status, 200, path);
    const head = await asker.ask('HEAD', path, undefined);
    assert.equal(head.status, 200, `HEAD ${path}`);
    assert.equal(head.bytes.length, 0, `HEAD ${path}`);
    for (const name of ['content-type', 'content-length', 'etag', 'cache-control']) {
      assert.equal(head.headers[name], got.headers[name], `${name} of ${path}`);
    }
  }
});

test('a page explains to a newcomer that Kith is running', async () => {
  const page = await home.house.asker().get('/');
  assert.equal(page.status, 200);
  assert.match(String(page.headers['content-type']), /text\/html/);
  assert.doesNotMatch(page.bytes.toString(), /https?:\/\/(?!127\.0\.0\.1|localhost|\[::1\])[^"'<\s]+\.(js|css|woff2?)/, 'nothing from elsewhere');
  const german = (await home.house.asker().get('/', { headers: { 'accept-language': 'de-AT, en;q=0.5' } })).bytes.toString();
  assert.match(german, /<html lang="de">[\s\S]*Niemand ist eine Nummer/);
});

test('a backup made while people write holds everything that was answered before it began', { timeout: 120_000 }, async () => {
  const mara = await a_visitor(home.house, home.inbox);
  const file = new_id();
  must(await mara.panel.post('/api/visitor/attachments', { id: file, name: 'note.txt', size_bytes: 5 }), 201);
  must(await mara.panel.patch(`/api/attachments/${file}/content`, undefined, {
    raw: 'hello', headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
  }));
  must(await mara.panel.post('/api/visitor/entries', { id: new_id(), text: 'with a file', attachments: [file] }), 201);
  const answered: string[] = [];
  let writing = true;
  const writer = (async () => {
    for (let i = 0; writing; i++) answered.push((await writes(mara, `word ${i}`)).id);
  })();
  while (answered.length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
  const before_it = answered.length;
  const target = join(scratch, 'backup');
  const { spawn } = await import('node:child_process');
  const status = await new Promise<number | null>((resolve) => {
    spawn(kith, ['backup', target, '--data', home.house.data], { stdio: 'ignore' }).on('exit', resolve);
  });
  writing = false;
  await writer;
  assert.equal(status, 0);

  const restored = join(scratch, 'restored');
  const done = run_kith(['restore', target, '--data', restored]);
  assert.equal(done.status, 0, done.stderr);
  const copy = await House.open({ data: restored });
  try {
    const noor = await sign_in(copy, home.colleague.email);
    const ids = new Set<string>();
    let before: number | null = null;
    do {
      const cursor = before === null ? '' : `&before=${before}`;
      const page: EntryPage = must(await noor.desk.get<EntryPage>(`/api/desk/conversations/${mara.conversation}/entries?limit=100${cursor}`));
      for (const entry of page.entries) {
        assert.ok(!ids.has(entry.id));
        ids.add(entry.id);
      }
      before = page.older;
    } while (before !== null);
    for (const id of answered.slice(0, before_it)) assert.ok(ids.has(id), 'an answered word is missing in the backup');
    assert.equal((await noor.desk.get(`/api/attachments/${file}/content`)).bytes.toString(), 'hello');
  } finally {
    await copy.end();
  }
  const again = run_kith(['restore', target, '--data', restored]);
  assert.notEqual(again.status, 0, 'a restore never overwrites');
  assert.notEqual(run_kith(['backup', target, '--data', restored]).status, 0, 'a backup never overwrites');
});

test('a damaged backup is not restored', () => {
  const broken = join(scratch, 'broken');
  spawnSync('cp', ['-r', join(scratch, 'backup'), broken]);
  const databases = readdirSync(broken, { recursive: true }).map((name) => join(broken, String(name)))
    .filter((path) => statSync(path).isFile() && path.endsWith('.db'));
  assert.ok(databases.length > 0);
  spawnSync('dd', ['if=/dev/urandom', `of=${databases[0]}`, 'bs=4096', 'seek=3', 'count=20', 'conv=notrunc'], { stdio: 'ignore' });
  const target = join(scratch, 'from-broken');
  const done = run_kith(['restore', broken, '--data', target]);
  assert.notEqual(done.status, 0);
  assert.ok(!existsSync(join(target, 'kith.db')), 'nothing half restored stays behind');
});

test('a backup whose files were lost is restored only when that is said', () => {
  const without = join(scratch, 'without-files');
  spawnSync('cp', ['-r', join(scratch, 'backup'), without]);
  rmSync(join(without, 'files'), { recursive: true });
  const target = join(scratch, 'from-without');
  const refused = run_kith(['restore', without, '--data', target]);
  assert.equal(refused.status, 1, refused.stdout);
  assert.match(refused.stderr, /1 of the 1 files .* missing/);
  assert.ok(!existsSync(target), 'nothing half restored stays behind');
  const wanted = run_kith(['restore', without, '--data', target, '--without-missing-files']);
  assert.equal(wanted.status, 0, wanted.stderr);
  assert.match(wanted.stdout, /1 files that people sent are missing/);
});

test('the doctor is content with a healthy house, and says what to do about a sick one', () => {
  const healthy = run_kith(['doctor', '--data', home.house.data, '--deep']);
  assert.equal(healthy.status, 0, healthy.stdout + healthy.stderr);
  for (const word of ['disk', 'database', 'clock']) assert.match(healthy.stdout.toLowerCase(), new RegExp(word));
  const missing = run_kith(['doctor', '--data', join(scratch, 'nowhere')]);
  assert.notEqual(missing.status, 0);
  assert.ok((missing.stdout + missing.stderr).length > 20);
});

test('the doctor finds a database that was damaged', async () => {
  const house = await House.open();
  const sick = await furnish(house);
  const mara = await a_visitor(house, sick.inbox);
  for (let i = 0; i < 60; i++) await writes(mara, `word ${i} ${'x'.repeat(500)}`);
  await house.end();
  const database = readdirSync(house.data).find((name) => name.endsWith('.db'));
  assert.ok(database);
  spawnSync('dd', ['if=/dev/urandom', `of=${join(house.data, database)}`, 'bs=4096', 'seek=8', 'count=8', 'conv=notrunc'], { stdio: 'ignore' });
  const done = run_kith(['doctor', '--data', house.data, '--deep']);
  assert.notEqual(done.status, 0, done.stdout);
  assert.match(done.stdout + done.stderr, /backup/i, 'says that a backup helps');
  await house.close();
});

test('kith admin works beside the running house', async () => {
  const made = home.house.admin(['create-colleague', '--email', 'zoe@house.example', '--called', 'Zoe', '--password-stdin'], `${password}\n`);
  assert.equal(made.status, 0, made.stderr);
  assert.ok(!(made.stdout + made.stderr).includes(password), 'a password that was given is not repeated');
  const zoe = await sign_in(home.house, 'zoe@house.example');
  must(await zoe.desk.get('/api/desk/line'));
  assert.match(home.house.admin(['list']).stdout, /Zoe/);

  const reset = home.house.admin(['reset-password', '--email', 'zoe@house.example', '--password-stdin'], 'another long password\n');
  assert.equal(reset.status, 0, reset.stderr);
  assert.equal((await zoe.desk.get('/api/desk/line')).status, 401, 'her sessions ended');
  const token = home.house.admin(['create-token', '--name', 'Robot', '--scope', 'read-conversations']);
  assert.match(token.stdout, /kith_pat_[\w-]{43}/);
  const program = home.house.asker();
  program.bearer = /kith_pat_[\w-]+/.exec(token.stdout)?.[0];
  must(await program.get('/api/desk/people'));
  for (const bad of [['create-colleague', '--email', 'zoe@house.example', '--called', 'Zoe'], ['reset-password', '--email', 'x@y.example'],
    ['create-token', '--name', 'R', '--scope', 'everything']]) {
    const refused = home.house.admin(bad);
    assert.notEqual(refused.status, 0, bad.join(' '));
    assert.ok(refused.stderr.length > 10);
  }
});

// What only the sample can have brought in: the full names of its customers, and the addresses of its colleagues.
async function names_of_the_sample(house: House): Promise<string[]> {
  const [, email, secret] = /#sample=([^:\s]+):(\S+)/.exec(house.said) ?? [];
  const desk = house.asker();
  desk.origin = house.url;
  must(await desk.post('/api/desk/session', { email, password: secret }));
  const people = must(await desk.get<Wire['PeoplePage']>('/api/desk/people?limit=100'));
  const team = must(await desk.get<Wire['ColleagueList']>('/api/desk/colleagues'));
  const names = [...people.people.map((one) => one.person.called), ...team.colleagues.map((one) => one.email ?? '')];
  return names.filter((name) => name.length > 5);
}

function everything_kept(data: string): Buffer {
  const paths = readdirSync(data, { recursive: true }).map((name) => join(data, String(name)));
  return Buffer.concat(paths.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path)));
}

test('the sample team comes on request and leaves without a trace', async () => {
  const house = await House.open({ arguments: ['--sample'] });
  try {
    assert.match(house.admin(['list']).stdout, /sample/);
    const invented = await names_of_the_sample(house);
    assert.ok(invented.length > 20, invented.join());
    const real = await furnish(house);
    const mara = await a_visitor(house, real.inbox);
    await writes(mara, 'I am real.');
    const before_it = everything_kept(house.data);
    for (const name of invented) assert.ok(before_it.includes(name), `“${name}” would be found`);
    assert.equal(house.admin(['remove-sample']).status, 0);
    assert.doesNotMatch(house.admin(['list']).stdout, /sample/);
    const { desk } = real.leader;
    const team = must(await desk.get<Wire['ColleagueList']>('/api/desk/colleagues'));
    assert.equal(team.colleagues.length, 2, JSON.stringify(team));
    const people = must(await desk.get<Wire['PeoplePage']>('/api/desk/people'));
    assert.deepEqual(people.people.map((one) => one.person.id), [mara.person]);
    const inboxes = must(await desk.get<Wire['InboxList']>('/api/desk/inboxes'));
    assert.deepEqual(inboxes.inboxes.map((one) => one.id), [real.inbox]);
    await house.end();
    const kept = everything_kept(house.data);
    assert.ok(kept.includes('I am real.'), 'what is real stays');
    for (const name of invented) assert.ok(!kept.includes(name), `“${name}” is still in the house`);
  } finally {
    await house.close();
  }
});

test('stopping takes less than 3 s, tells those who are connected, and loses nothing', async () => {
  const house = await House.open();
  const stage = await furnish(house);
  const mara = await a_visitor(house, stage.inbox);
  const panel = await Live.join(house, mara.panel);
  const desk = await Live.join(house, stage.colleague.desk);
  await writes(mara, 'Good night.');
  await answers(stage.colleague, mara.conversation, 'Good night, Mara.');
  const took = await house.end('SIGTERM');
  assert.ok(took < 3000, `stopping took ${took} ms`);
  for (const ears of [panel, desk]) assert.ok([1001, 1012].includes(await ears.closed), `closed with ${await ears.closed}`);
  await house.start();
  const page = must(await mara.panel.get<EntryPage>('/api/visitor/entries'));
  assert.deepEqual(page.entries.map((entry) => entry.text), ['Good night, Mara.', 'Good night.']);
  await house.close();
});

test('an empty house is ready soon', async () => {
  const begin = performance.now();
  const house = await House.open();
  const took = performance.now() - begin;
  await house.close();
  // 300 ms is the promise of the release build; the sanitizers of the debug build may take longer.
  const limit = kith.includes('release') ? 300 : 3000;
  assert.ok(took < limit, `${took.toFixed(0)} ms`);
});
