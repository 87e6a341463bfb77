// A stop takes three seconds also while something long runs: a backup or a check is cut short, says so, and leaves nothing
// behind that looks like a whole one.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, closeSync, existsSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DatabaseSync } from 'node:sqlite';
import { furnish } from './harness/cast.ts';
import { House, kith } from './harness/house.ts';
import type { Outcome } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { until } from './harness/waiting.ts';

// Three seconds is the promise of what people run; the sanitizers of the other builds may take longer.
const limit_ms = kith.includes('release') ? 3000 : 10_000;

function everything_below(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];
}

function run_beside(words: string[]): Promise<Outcome> {
  const child = spawn(kith, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (bytes: Buffer) => { told.stdout += bytes.toString('utf8'); });
  child.stderr.on('data', (bytes: Buffer) => { told.stderr += bytes.toString('utf8'); });
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, ...told })));
}

// So many rows that looking through all of them takes seconds, as in a house of many years. Written into a database of an older
// Kith: into its own only Kith may write.
function a_house_of_many_years(scratch: string): string {
  const data = join(scratch, 'data');
  mkdirSync(data, { mode: 0o700 });
  copyFileSync(new URL('../../src/storage/migrations/saved/0004.db', import.meta.url), join(data, 'kith.db'));
  const database = new DatabaseSync(join(data, 'kith.db'));
  database.exec(`pragma page_size = 4096; vacuum; create table many_years (words text, more integer);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 1200000)
    insert into many_years select hex(randomblob(8)), i from n;
    create index many_years_by_words on many_years (words, more);`);
  database.close();
  return data;
}

test('a copy of the database for `kith backup` is cut short', { timeout: 120_000 }, async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'kith-cut-'));
  const house = await House.open({ data: a_house_of_many_years(scratch) });
  try {
    const beside = join(scratch, 'beside');
    mkdirSync(beside);
    const target = join(beside, 'backup');
    const backup = run_beside(['backup', target, '--data', house.data]);
    const outgoing = join(house.data, 'outgoing');
    await until('the house copies its database', () => everything_below(outgoing).some((name) => name.endsWith('.part')), 20_000);
    const took = await house.end('SIGTERM');
    assert.ok(took < limit_ms, `stopping took ${took} ms`);
    const told = await backup;
    assert.equal(told.status, 1, told.stdout + told.stderr);
    assert.match(told.stderr, /stopping/);
    assert.deepEqual(everything_below(beside), [], 'nothing that could be taken for a backup');
    assert.deepEqual(everything_below(outgoing), []);
    await house.start();
    assert.equal((await run_beside(['admin', 'list', '--data', house.data])).status, 0, 'and goes on as before');
  } finally {
    await house.close();
    rmSync(scratch, { recursive: true, force: true });
  }
});

test('a backup that was asked for in the desk is cut short, and whoever asked is told', { timeout: 120_000 }, async () => {
  const house = await House.open();
  try {
    const { leader } = await furnish(house);
    // A file that takes long to copy and needs no room itself.
    const shelf = join(house.data, 'files', 'content', 'ab');
    mkdirSync(shelf, { recursive: true });
    const large = openSync(join(shelf, 'c'.repeat(62)), 'w');
    ftruncateSync(large, 3 * 2 ** 30);
    closeSync(large);
    const asked = leader.desk.post<{ code: string }>('/api/desk/backups', { id: new_id() });
    const backups = join(house.data, 'backups');
    await until('the house copies its files', () => everything_below(backups).some((name) => name.includes('content/ab/')), 20_000);
    const took = await house.end('SIGTERM');
    assert.ok(took < limit_ms, `stopping took ${took} ms`);
    const told = await asked;
    assert.equal(told.status, 503, told.bytes.toString());
    assert.equal(told.body.code, 'unavailable');
    assert.deepEqual(everything_below(backups), [], 'nothing half-made is left');
  } finally {
    await house.close();
  }
});
