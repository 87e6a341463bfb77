// The commands of README.md and docs/running.md are run as they stand there, so that they cannot rot.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from './harness/waiting.ts';
import { House, kith } from './harness/house.ts';

test('a newcomer says hello and is answered, with nothing but the commands of the README', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const blocks = [...readme.matchAll(/^```sh hello\n(.*?)^```/gms)].map((found) => found[1]);
  assert.equal(blocks.length, 3);
  const scratch = mkdtempSync(join(tmpdir(), 'kith-readme-'));
  const house = await House.open({ arguments: ['--sample'] });
  try {
    const script = blocks.join('\n')
      .replaceAll('http://127.0.0.1:8080', house.url)
      .replaceAll('build/release/kith', kith)
      .replaceAll('run/data', house.data)
      .replaceAll('run/cookie', join(scratch, 'cookie'));
    const done = spawnSync('bash', ['-eu', '-o', 'pipefail', '-c', script], { encoding: 'utf8', timeout: 60_000 });
    assert.equal(done.status, 0, done.stdout + done.stderr);
    const last = done.stdout.slice(done.stdout.lastIndexOf('{"entries"'));
    assert.match(last, /I send you a new foot today/);
    assert.match(last, /My lamp arrived with a crack/);
    assert.match(last, /"called":"Robin"/);
  } finally {
    await house.close();
    rmSync(scratch, { recursive: true, force: true });
  }
});

test('the drill that proves a backup works as it is written', async () => {
  const running = readFileSync(new URL('../../docs/running.md', import.meta.url), 'utf8');
  const [backup, back] = [...running.matchAll(/^```sh drill\n(.*?)^```/gms)].map((found) => found[1]);
  assert.ok(backup && back, 'running.md has the backup and the way back');
  const scratch = mkdtempSync(join(tmpdir(), 'kith-drill-'));
  const run = (commands: string, serving: string) => {
    const script = commands
      .replaceAll(/^kith /gm, `${kith} `)
      .replaceAll('/backups/', `${scratch}/backups/`)
      .replaceAll('/var/lib/kith', serving)
      .replaceAll('/tmp/kith-drill', join(scratch, 'drill'))
      .replaceAll('127.0.0.1:8099', '127.0.0.1:0');
    const done = spawnSync('bash', ['-eu', '-o', 'pipefail', '-c', script], { encoding: 'utf8', timeout: 60_000 });
    assert.equal(done.status, 0, done.stdout + done.stderr);
  };
  const house = await House.open({ arguments: ['--sample'] });
  try {
    mkdirSync(join(scratch, 'backups'));
    run(backup, house.data);
    // The last line serves; here the house is opened by the harness instead, and looked at.
    const lines = back.trimEnd().split('\n');
    assert.match(lines.pop() ?? '', /^kith serve --data \/tmp\/kith-drill /);
    run(lines.join('\n'), house.data);
    const restored = await House.open({ data: join(scratch, 'drill') });
    assert.equal((await fetch(`${restored.url}/readyz`)).status, 200);
    await restored.close();
  } finally {
    await house.close();
    rmSync(scratch, { recursive: true, force: true });
  }
});

test('the way back from a copy that follows works as it is written', async () => {
  const running = readFileSync(new URL('../../docs/running.md', import.meta.url), 'utf8');
  const [, commands] = /^```sh drill copy\n(.*?)^```/ms.exec(running) ?? [];
  const [, option] = /`kith serve (--backup-to \S+)`/.exec(running) ?? [];
  assert.ok(commands && option, 'running.md has both');
  const scratch = mkdtempSync(join(tmpdir(), 'kith-drill-'));
  mkdirSync(join(scratch, 'backups'));
  const here = (words: string): string => words
    .replaceAll(/^kith /gm, `${kith} `)
    .replaceAll('/backups/', `${scratch}/backups/`)
    .replaceAll('/tmp/kith-copy-drill', join(scratch, 'drill'))
    .replaceAll('127.0.0.1:8099', '127.0.0.1:0');
  const house = await House.open({ arguments: ['--sample', ...here(option).split(' ')] });
  try {
    await until('the copy follows', async () => /^kith_copy_follows 1$/m.test(await (await fetch(`${house.url}/metrics`)).text()), 30_000);
    await house.end('SIGKILL');
    const done = spawnSync('bash', ['-eu', '-o', 'pipefail', '-c', here(commands)], { encoding: 'utf8', timeout: 60_000 });
    assert.equal(done.status, 0, done.stdout + done.stderr);
    const restored = await House.open({ data: join(scratch, 'drill') });
    assert.equal((await fetch(`${restored.url}/readyz`)).status, 200);
    await restored.close();
  } finally {
    await house.close();
    rmSync(scratch, { recursive: true, force: true });
  }
});
