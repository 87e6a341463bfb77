// A full disk: nothing more is taken and everybody is told so, reading still works, and room makes it well again without a
// restart. Needs the right to mount a small tmpfs; says loudly when it may not.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { furnish, must, a_visitor } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { whole_conversation } from './harness/ledger.ts';
import { Live } from './harness/live.ts';

const size_mb = 24;

function mount(folder: string, options: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
}

test('a full disk refuses new words with 507, loses none, reads on, and recovers without a restart', { timeout: 120_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kith-full-'));
  if (!mount(folder, `size=${size_mb}m,mode=0700`)) {
    console.error('NOT TESTED: a full disk, because this account may not mount a tmpfs. Run the tests as root to include it.');
    rmSync(folder, { recursive: true });
    t.skip('may not mount');
    return;
  }
  const house = await House.open({ data: join(folder, 'data') });
  try {
    const home = await furnish(house);
    const mara = await a_visitor(house, home.inbox);
    const ears = await Live.join(house, mara.panel);
    const answered: string[] = [];
    let refused: number | undefined;
    for (let i = 0; i < 3000 && refused === undefined; i++) {
      const id = new_id();
      const answer = await mara.panel.post<{ code?: string }>('/api/visitor/entries', { id, text: `${i} ${'x'.repeat(20_000)}` });
      if (answer.status === 201) answered.push(id);
      else {
        refused = answer.status;
        assert.equal(answer.body.code, 'storage_full', answer.bytes.toString());
      }
    }
    assert.equal(refused, 507, 'the disk never filled');

    const live_id = new_id();
    ears.say({ type: 'write', id: live_id, text: 'y'.repeat(30_000) });
    const told = await ears.frame((frame) => frame.id === live_id, 'an answer on the full disk');
    if (told.type === 'refused') assert.equal((told['problem'] as { code: string }).code, 'storage_full');
    else answered.push(live_id);

    const kept = (await whole_conversation(home.colleague.desk, mara.conversation)).map((entry) => entry.id);
    assert.deepEqual(kept.toReversed(), answered, 'exactly what was answered, readable on the full disk');
    must(await home.colleague.desk.get('/api/desk/search?q=1'));
    assert.equal((await house.asker().get('/healthz')).status, 200);

    assert.equal(spawnSync('mount', ['-o', `remount,size=${size_mb * 3}m`, folder]).status, 0);
    const begin = performance.now();
    let status = 0;
    while (status !== 201 && performance.now() - begin < 10_000) {
      const id = new_id();
      status = (await mara.panel.post('/api/visitor/entries', { id, text: 'room again' })).status;
      if (status === 201) answered.push(id);
    }
    assert.equal(status, 201, 'takes words again without a restart');
    assert.ok(performance.now() - begin < 5000, 'within 5 s');
    await house.end();
    await house.start();
    const after_it = (await whole_conversation(home.colleague.desk, mara.conversation)).map((entry) => entry.id);
    assert.deepEqual(after_it.toReversed(), answered);
    ears.leave();
  } finally {
    await house.end().catch(() => undefined);
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});
