// Of the ledger (tests/ledger) itself: what proves that no word is lost must not take its own failures for a proof, and must notice
// what changes behind its back.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Chance } from '../ledger/chance.ts';
import { Proxy } from '../ledger/proxy.ts';
import { Story } from '../ledger/story.ts';
import type { Kept } from '../ledger/story.ts';
import { verdict } from '../ledger/verdict.ts';
import { until } from './harness/waiting.ts';

interface Ended {
  readonly status: number | null;
  readonly said: string;
}

function run(program: string, words: string[], environment: Record<string, string>): Ended {
  const { CI, KITH_REQUIRE_ALL, ...here } = process.env;
  const done = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...words], {
    cwd: new URL('../ledger/', import.meta.url).pathname, encoding: 'utf8', timeout: 60_000, env: { ...here, ...environment },
  });
  return { status: done.status, said: done.stdout + done.stderr };
}

describe('What the ledger takes for a proof', () => {
  it('is not that a program falls over', () => {
    const { status, said } = run('mutants.ts', ['log_thrown_away'], { KITH_BINARY: '/bin/false' });
    assert.equal(status, 1, said);
    assert.match(said, /without any mutant it does not come through kill/);
    assert.doesNotMatch(said, /caught/);
  });

  // A machine on which nothing can be mounted.
  const without_mounting = (environment: Record<string, string>): Ended => {
    const folder = mkdtempSync(join(tmpdir(), 'kith-no-mount-'));
    try {
      writeFileSync(join(folder, 'mount'), '#!/bin/sh\nexit 1\n');
      chmodSync(join(folder, 'mount'), 0o755);
      return run('rounds.ts', ['--only', 'power_cut'], { PATH: `${folder}:${process.env['PATH']}`, ...environment });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('is not that the disk could not be tried', () => {
    const { status, said } = without_mounting({});
    assert.equal(status, verdict.nothing_to_try, said);
    assert.match(said, /SKIPPED power_cut/);
  });

  it('must be about the disk, too, where everything is to be tried', () => {
    const { status, said } = without_mounting({ KITH_REQUIRE_ALL: '1' });
    assert.equal(status, verdict.broke_off, said);
    assert.match(said, /must be tested here/);
  });
});

describe('What an audit remembers of a conversation', () => {
  const entry = (seq: number, text = 'a word'): Kept => ({ id: `e${seq}`, seq, text });
  const both_audits = (): Story => {
    const story = new Story();
    story.go_on([entry(5), entry(3)]);
    story.go_on([entry(9), entry(8), entry(7)]);
    return story;
  };
  const reread = (entries: Kept[]): string[] => {
    const recheck = both_audits().recheck();
    for (const one of entries) recheck.see(one);
    return recheck.end();
  };

  it('is fine with what is as it was', () => {
    assert.deepEqual(reread([entry(9), entry(8), entry(7), entry(5), entry(3)]), []);
    assert.equal(both_audits().until, 9);
    assert.equal(both_audits().goes_on_from(entry(9)), null);
    assert.equal(new Story().goes_on_from(null), null);
  });

  it('notices another word, one that went, and one that came between', () => {
    assert.deepEqual(reread([entry(9), entry(8), entry(7), entry(5, 'another'), entry(3)]), ['what stands behind 0 up to 5 is not what it was']);
    assert.deepEqual(reread([entry(9), entry(7), entry(5), entry(3)]), ['what stands behind 5 up to 9 is not what it was']);
    assert.deepEqual(reread([entry(9), entry(8), entry(7), entry(5)]), ['what stands behind 0 up to 5 is not what it was']);
    assert.deepEqual(reread([entry(9), entry(8), entry(7), entry(6), entry(5), entry(3)]), ['what stands behind 5 up to 9 is not what it was']);
    assert.equal(reread([]).length, 2);
  });

  it('notices that the last word of before is not below the news', () => {
    for (const below of [null, entry(8), entry(9, 'another')]) assert.match(both_audits().goes_on_from(below) ?? '', /e9/);
  });
});

it('a seed draws the same for everybody, however often the others draw', () => {
  const draws = (others: number): number[] => {
    const chance = new Chance(7);
    const other = chance.of('what customer1 says');
    for (let i = 0; i < others; i++) other.below(2);
    const mine = chance.of('round 3');
    return [1, 2, 3].map(() => mine.between(0, 1_000_000));
  };
  assert.deepEqual(draws(0), draws(5));
  assert.notDeepEqual(draws(0), [1, 2, 3].map(() => new Chance(8).of('round 3').between(0, 1_000_000)));
});

it('a network that forgets answers still brings the words', async () => {
  let heard = '';
  const house = createServer((socket) => socket.on('data', (bytes) => { heard += String(bytes); socket.write('kept'); }).on('error', () => undefined));
  await new Promise<void>((resolve) => house.listen(0, '127.0.0.1', resolve));
  const proxy = new Proxy((house.address() as AddressInfo).port);
  const [host, port] = (await proxy.open_door('Mara')).split(':');
  const mara = connect(Number(port), host);
  let answers = '';
  mara.on('data', (bytes) => { answers += String(bytes); }).on('error', () => undefined);
  mara.write('one ');
  await until('the first is answered', () => answers === 'kept');
  proxy.forget('Otto', 'everything');
  proxy.forget('Mara', 'answers');
  mara.write('two ');
  await until('the second arrives', () => heard === 'one two ');
  proxy.forget('Mara', 'everything');
  mara.write('three');
  await until('nothing more arrives', () => heard !== 'one two ', 200).catch(() => undefined);
  assert.deepEqual([heard, answers], ['one two ', 'kept']);
  await proxy.close();
  house.close();
});
