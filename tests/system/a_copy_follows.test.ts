// A copy of the house that follows every commit: after a kill the copy alone gives back everything that was answered more than a
// second before, whole and once; a full disk below the copy stops the copy and not the house.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { a_visitor, furnish, must, sign_in, writes } from './harness/cast.ts';
import type { Colleague, Entry, Home, Visitor } from './harness/cast.ts';
import { House, run_kith } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { some_visitors, whole_conversation } from './harness/ledger.ts';
import { random_from } from './harness/random.ts';
import { mounts_must_be_tested } from './harness/rights.ts';
import { until } from './harness/waiting.ts';

const rounds = Number(process.env['KITH_ROUNDS'] ?? 3);
// The promise is a second; the sanitizers of the debug build on a busy machine may take longer.
const at_most_lost_ms = 1000;

interface Word {
  id: string;
  text: string;
  answered_at: number; // 0 as long as it is not
}

// Writes one word after the other until the house is gone, and remembers when each was answered.
async function write_until_gone(visitor: Visitor, words: Word[]): Promise<void> {
  for (;;) {
    const word: Word = { id: new_id(), text: `word ${words.length} ${'x'.repeat(words.length % 7 === 0 ? 3000 : 40)}`, answered_at: 0 };
    words.push(word);
    const status = await visitor.panel.post('/api/visitor/entries', { id: word.id, text: word.text }).then((answer) => answer.status, () => 0);
    if (status !== 201) return;
    word.answered_at = performance.now();
  }
}

async function figure(house: House, name: string): Promise<number> {
  const asker = house.asker();
  const page = await asker.get('/metrics').finally(() => asker.close());
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(page.bytes.toString())?.[1] ?? NaN);
}
async function until_it_follows(house: House): Promise<void> {
  await until('the copy follows', async () => await figure(house, 'kith_copy_follows') === 1, 30_000);
}

// Opens what was restored for as long as `look` takes.
async function in_restored<T>(data: string, email: string, look: (noor: Colleague) => Promise<T>): Promise<T> {
  const copy = await House.open({ data });
  try {
    return await look(await sign_in(copy, email));
  } finally {
    await copy.end();
  }
}

function compare(entries: Entry[], words: Word[], killed_at: number): number {
  const kept = entries.toReversed();
  const by_id = new Map(words.map((word) => [word.id, word]));
  for (const entry of kept) assert.equal(entry.text, by_id.get(entry.id)?.text, 'a word is not as it was written');
  const ids = kept.map((entry) => entry.id);
  assert.equal(new Set(ids).size, ids.length, 'a word is there twice');
  const asked = words.map((word) => word.id).filter((id) => ids.includes(id));
  assert.deepEqual(ids, asked, 'the order of one who writes changed, or a word in the middle is gone');
  const promised = words.filter((word) => word.answered_at > 0 && word.answered_at < killed_at - at_most_lost_ms);
  for (const word of promised) assert.ok(ids.includes(word.id), `lost: answered ${Math.round(killed_at - word.answered_at)} ms before the kill`);
  return promised.length;
}

test(`after ${rounds} kills the copy alone gives back what was answered more than a second before`, { timeout: 90_000 * Math.max(3, rounds) }, async (context) => {
  const random = random_from();
  const scratch = mkdtempSync(join(tmpdir(), 'kith-copy-'));
  const folder = join(scratch, 'copy');
  const home = await furnish(await House.open({ arguments: ['--backup-to', folder] }));
  context.after(async () => {
    await home.house.close();
    rmSync(scratch, { recursive: true, force: true });
  });
  const visitors = await some_visitors(home.house, home.inbox, 12);
  const said = visitors.map((): Word[] => []);
  let promised = 0;
  for (let round = 0; round < rounds; round++) {
    await until_it_follows(home.house);
    const busy = visitors.map((visitor, i) => write_until_gone(visitor, said[i]!));
    await pause(random.between(1500, 3500));
    const killed_at = performance.now();
    await home.house.end('SIGKILL');
    await Promise.all(busy);
    const restored = join(scratch, `restored-${round}`);
    const done = run_kith(['restore', folder, '--data', restored]);
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, /everything up to seq \d+; the newest word in it was written 20/);
    promised = await in_restored(restored, home.colleague.email, async (noor) => {
      let sum = 0;
      for (const [i, visitor] of visitors.entries()) {
        sum += compare(await whole_conversation(noor.desk, visitor.conversation), said[i]!, killed_at);
      }
      return sum;
    });
    await home.house.start();
    // What was not answered may be in the house or not; it is not asked for again here.
    const there = await sign_in(home.house, home.colleague.email);
    for (const [i, visitor] of visitors.entries()) {
      const ids = new Set((await whole_conversation(there.desk, visitor.conversation)).map((entry) => entry.id));
      said[i] = said[i]!.filter((word) => ids.has(word.id));
    }
  }
  assert.ok(promised > 100, `only ${promised}`);
  console.log(`${promised} words that were answered a second before the last of ${rounds} kills came back from the copy`);
});

test('the copy holds files and the key, the doctor tries it, and a copy that was cut off gives back what is whole', { timeout: 120_000 }, async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'kith-copy-'));
  const folder = join(scratch, 'copy');
  const house = await House.open({ environment: { KITH_BACKUP_FOLLOW: folder } });
  try {
    const home = await furnish(house);
    const mara = await a_visitor(house, home.inbox);
    const file = new_id();
    must(await mara.panel.post('/api/visitor/attachments', { id: file, name: 'note.txt', size_bytes: 5 }), 201);
    must(await mara.panel.patch(`/api/attachments/${file}/content`, undefined, {
      raw: 'hello', headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    }));
    must(await mara.panel.post('/api/visitor/entries', { id: new_id(), text: 'with a file', attachments: [file] }), 201);
    for (let i = 0; i < 20; i++) await writes(mara, `word ${i}`);
    await until_it_follows(house);
    await until('nothing is missing in the copy', async () => await figure(house, 'kith_copy_behind_seconds') === 0);
    for (const depth of [[], ['--deep']]) {
      const seen = run_kith(['doctor', ...depth, '--data', house.data]);
      assert.match(seen.stdout, depth.length ? /ok\s+copy\s+restored for a trial: .* 1 files/ : /ok\s+copy\s+.*generation/, seen.stdout);
    }
    await house.end();
    const generations = join(folder, 'generations');
    const newest = join(generations, readdirSync(generations).sort().at(-1)!);
    const log = join(newest, readdirSync(newest).filter((name) => name.startsWith('log-')).sort().at(-1)!);
    truncateSync(log, statSync(log).size - 1000);
    const restored = join(scratch, 'restored');
    const done = run_kith(['restore', folder, '--data', restored]);
    assert.equal(done.status, 0, done.stderr);
    const { texts, bytes } = await in_restored(restored, home.colleague.email, async (noor) => ({
      texts: (await whole_conversation(noor.desk, mara.conversation)).toReversed().map((entry) => entry.text),
      bytes: (await noor.desk.get(`/api/attachments/${file}/content`)).bytes,
    }));
    const all = ['with a file', ...Array.from({ length: 20 }, (_, i) => `word ${i}`)];
    assert.ok(texts.length >= 19 && texts.length < all.length + 1, String(texts.length));
    assert.deepEqual(texts, all.slice(0, texts.length));
    assert.equal(bytes.toString(), 'hello');
  } finally {
    await house.close();
    rmSync(scratch, { recursive: true, force: true });
  }
});

test('a folder inside of the data directory, or of another house, is refused', { timeout: 60_000 }, async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'kith-copy-'));
  const folder = join(scratch, 'copy');
  try {
    const inside = run_kith(['serve', '--data', join(scratch, 'data'), '--listen', '127.0.0.1:0', '--backup-to', join(scratch, 'data', 'copy')]);
    assert.notEqual(inside.status, 0);
    assert.match(inside.stderr, /outside of the data directory/);
    const house = await House.open({ arguments: ['--backup-to', folder] });
    await until_it_follows(house);
    const other = run_kith(['serve', '--data', join(scratch, 'other'), '--listen', '127.0.0.1:0', '--backup-to', folder]);
    assert.notEqual(other.status, 0);
    assert.match(other.stderr, /another house/);
    await house.close();
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

test('a full disk below the copy stops the copy and not the house, and room brings it back', { timeout: 180_000 }, async (t) => {
  const scratch = mkdtempSync(join(tmpdir(), 'kith-copy-'));
  const disk = join(scratch, 'disk');
  mkdirSync(disk);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m,mode=0700', 'tmpfs', disk]).status !== 0) {
    console.error('NOT TESTED: a full disk below the copy, because this account may not mount a tmpfs.');
    rmSync(scratch, { recursive: true });
    assert.ok(!mounts_must_be_tested(), 'must be tested here: allow mounting a tmpfs (CAP_SYS_ADMIN)');
    t.skip('may not mount');
    return;
  }
  const folder = join(disk, 'copy');
  const house = await House.open({ arguments: ['--backup-to', folder] });
  try {
    const home: Home = await furnish(house);
    const mara = await a_visitor(house, home.inbox);
    await until_it_follows(house);
    let said = 0;
    for (; said < 600 && await figure(house, 'kith_copy_follows') === 1; said++) await writes(mara, `${said} ${'y'.repeat(19_000)}`);
    assert.equal(await figure(house, 'kith_copy_follows'), 0, 'the disk of the copy never filled');
    await writes(mara, 'the house goes on');
    await until('it is behind', async () => await figure(house, 'kith_copy_behind_seconds') > 0);
    assert.match(house.log, /event=copy_stopped/);
    const sick = run_kith(['doctor', '--data', house.data]);
    assert.equal(sick.status, 1);
    assert.match(sick.stdout, /FAIL\s+copy\s+it has stopped \d+ seconds ago because .*(full|space)/, sick.stdout);
    assert.equal(spawnSync('mount', ['-o', 'remount,size=200m', disk]).status, 0);
    await until_it_follows(house);
    await writes(mara, 'with room again');
    await pause(at_most_lost_ms);
    await house.end('SIGKILL');
    const restored = join(scratch, 'restored');
    const done = run_kith(['restore', folder, '--data', restored]);
    assert.equal(done.status, 0, done.stderr);
    assert.ok(existsSync(join(restored, 'kith.db')));
    const texts = await in_restored(restored, home.colleague.email,
      async (noor) => (await whole_conversation(noor.desk, mara.conversation)).map((entry) => entry.text));
    assert.equal(texts.length, said + 2);
    assert.equal(texts[0], 'with room again');
  } finally {
    await house.end('SIGKILL').catch(() => undefined);
    await house.close();
    spawnSync('umount', [disk]);
    rmSync(scratch, { recursive: true, force: true });
  }
});
