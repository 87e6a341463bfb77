// kill -9 in the middle of load: every acknowledged message is there exactly once, in its writer's order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { furnish, must, sign_in } from './harness/cast.ts';
import { House, run_kith } from './harness/house.ts';
import { http_writer, live_writer, settle_accounts, some_visitors, whole_conversation } from './harness/ledger.ts';
import type { Writer } from './harness/ledger.ts';
import { random_from } from './harness/random.ts';

const rounds = Number(process.env['KITH_ROUNDS'] ?? 3);

test(`after ${rounds} kills every answered message is there exactly once`, { timeout: 60_000 * Math.max(3, rounds) }, async (context) => {
  const random = random_from();
  const home = await furnish(await House.open());
  context.after(() => home.house.close()); // also when it fails, or the run would wait for the house
  const visitors = await some_visitors(home.house, home.inbox, 16);
  let total = 0;
  const writers = visitors.map((visitor, i) => (i % 2 ? live_writer(home.house, visitor) : http_writer(visitor)));
  const history = writers.map(() => ({ answered: [] as string[], asked: [] as string[] }));
  const so_far = (): Writer[] => writers.map((writer, i) => ({ ...writer, ...history[i]! }));
  for (let round = 0; round < rounds; round++) {
    const busy = writers.map((writer) => {
      writer.answered = [];
      writer.asked = [];
      return writer.run();
    });
    await pause(random.between(400, 1600));
    await home.house.end('SIGKILL');
    await Promise.all(busy);
    const begin = performance.now();
    await home.house.start();
    const took = performance.now() - begin;
    assert.ok(took < 10_000, `back after ${took} ms`);
    writers.forEach((writer, i) => {
      history[i]!.answered.push(...writer.answered);
      history[i]!.asked.push(...writer.asked);
    });
    const noor = await sign_in(home.house, home.colleague.email);
    const { answered } = await settle_accounts(noor, so_far());
    assert.ok(answered > total, 'each round wrote something');
    total = answered;
  }
  // What was under way when the house fell may be sent again: it is there once afterwards.
  const { visitor } = writers[0]!;
  const last = history[0]!.asked.at(-1)!;
  const text = writers[0]!.texts.get(last)!;
  const again = await visitor.panel.post('/api/visitor/entries', { id: last, text });
  assert.ok([200, 201].includes(again.status), String(again.status));
  must(await visitor.panel.post('/api/visitor/entries', { id: last, text }));
  const noor = await sign_in(home.house, home.colleague.email);
  const { answered } = await settle_accounts(noor, so_far());
  assert.equal(answered, total, 'nothing that was answered went');
  const entries = await whole_conversation(noor.desk, visitor.conversation);
  assert.deepEqual(entries.filter((entry) => entry.id === last).map((entry) => entry.text), [text]);

  await home.house.end();
  assert.equal(run_kith(['doctor', '--data', home.house.data, '--deep']).status, 0, 'the database and its chain are whole');
  console.log(`${total} answered messages over ${rounds} kills: none lost, none twice`);
});
