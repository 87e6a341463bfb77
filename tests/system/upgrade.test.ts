// Replacing the binary: the database of an older Kith is brought to the new schema, or it is left exactly as it was.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { furnish } from './harness/cast.ts';
import { House, kith, run_kith } from './harness/house.ts';
import { random_from } from './harness/random.ts';
import { mounts_must_be_tested } from './harness/rights.ts';

const saved = new URL('../../src/storage/migrations/saved/', import.meta.url).pathname;

function an_old_house(name = '0001.db'): string {
  const data = join(mkdtempSync(join(tmpdir(), 'kith-old-')), 'data');
  mkdirSync(data, { mode: 0o700 });
  copyFileSync(join(saved, name), join(data, 'kith.db'));
  return data;
}

function as_the_old_one_wrote_it(data: string, sql: string): void {
  const database = new DatabaseSync(join(data, 'kith.db'));
  database.exec(sql);
  database.close();
}

function serve_and_fail(data: string): { status: number | null; stderr: string } {
  return run_kith(['serve', '--data', data, '--listen', '127.0.0.1:0']);
}

test('the oldest database there is works with this Kith, and the one of before is kept', { timeout: 60_000 }, async () => {
  const data = an_old_house();
  const before = readFileSync(join(data, 'kith.db'));
  const house = await House.open({ data });
  try {
    assert.match(house.log, /event=upgrade_begins from=1 to=\d/);
    await furnish(house);
    assert.match((await house.asker().get('/hello')).bytes.toString(), /Sunrise Bikes/);
    assert.deepEqual(readFileSync(join(data, 'upgrade', 'before-schema-0001.db')), before);
    const seen = run_kith(['doctor', '--deep', '--data', data]);
    assert.equal(seen.status, 0, seen.stdout);
    assert.match(seen.stdout, /upgrade\s+the database from before is kept until 20.*before-schema-0001\.db/);
  } finally {
    await house.end();
    rmSync(join(data, '..'), { recursive: true });
  }
});

test('an upgrade that cannot be done changes nothing, says so, and ends with 3', () => {
  const data = an_old_house();
  as_the_old_one_wrote_it(data, 'create table read_marks (in_the_way integer)');
  const before = readFileSync(join(data, 'kith.db'));
  for (let i = 0; i < 2; i++) {
    const failed = serve_and_fail(data);
    assert.equal(failed.status, 3, failed.stderr);
    assert.match(failed.stderr, /upgrade from schema 1 to \d+ did not work: step 0002[^]*read_marks already exists[^]*Nothing was changed/);
    assert.deepEqual(readFileSync(join(data, 'kith.db')), before);
    assert.deepEqual(readdirSync(join(data, 'upgrade')), []);
  }
  rmSync(join(data, '..'), { recursive: true });
});

test('an upgrade without room changes nothing', (t) => {
  const data = an_old_house();
  // The upgrade works in a folder of its own, which here is a disk that is too small.
  const folder = join(data, 'upgrade');
  mkdirSync(folder, { mode: 0o700 });
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=0700', 'tmpfs', folder]).status !== 0) {
    console.error('NOT TESTED: an upgrade without room, because this account may not mount a tmpfs.');
    assert.ok(!mounts_must_be_tested(), 'must be tested here: allow mounting a tmpfs (CAP_SYS_ADMIN)');
    t.skip('may not mount');
    return;
  }
  try {
    const before = readFileSync(join(data, 'kith.db'));
    const failed = serve_and_fail(data);
    assert.equal(failed.status, 3, failed.stderr);
    assert.match(failed.stderr, /MB of room are needed.*Nothing was changed/);
    assert.deepEqual(readFileSync(join(data, 'kith.db')), before);
  } finally {
    spawnSync('umount', [folder]);
    rmSync(join(data, '..'), { recursive: true });
  }
});

test('an upgrade that is killed anywhere is done by the next start', { timeout: 180_000 }, async () => {
  const random = random_from();
  const data = an_old_house();
  // Large enough that a kill finds it at work.
  as_the_old_one_wrote_it(data, `pragma page_size = 4096; vacuum; create table old_words (words text);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 150000)
    insert into old_words select hex(randomblob(40)) from n`);
  const before = readFileSync(join(data, 'kith.db'));
  // The first kill comes as soon as the upgrade says that it begins, each of the others a little later, until one is too late.
  let killed_at_work = 0;
  for (let wait_ms = 0; ; wait_ms += random.between(10, 60)) {
    const child = spawn(kith, ['serve', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await new Promise<void>((resolve) => child.stderr.on('data', (bytes: Buffer) => { if (bytes.includes('upgrade_begins')) resolve(); }));
    if (wait_ms > 0) await pause(wait_ms);
    child.kill('SIGKILL');
    await ended;
    if (existsSync(join(data, 'upgrade', 'before-schema-0001.db'))) break;
    killed_at_work++;
    assert.ok(readFileSync(join(data, 'kith.db')).equals(before), 'the old program could go on');
  }
  assert.ok(killed_at_work > 0, 'no kill came in time');
  await (await House.open({ data })).end();
  const database = new DatabaseSync(join(data, 'kith.db'), { readOnly: true });
  assert.equal(database.prepare('select organisation from settings').get()?.['organisation'], 'Sunrise Bikes');
  assert.equal(database.prepare('select count(*) as words from old_words').get()?.['words'], 150_000);
  database.close();
  assert.equal(run_kith(['doctor', '--deep', '--data', data]).status, 0);
  assert.ok(!existsSync(join(data, 'upgrade', 'next.db')));
  rmSync(join(data, '..'), { recursive: true });
});
