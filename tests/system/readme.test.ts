// The commands of README.md are run as they stand there, so that they cannot rot.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
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
