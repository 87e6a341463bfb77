// rounds [--rounds N] [--only NAME,NAME] [--long]: faults strike a real house while customers and colleagues write; after each one
// the books are compared. KITH_SEED=N draws the same faults again.
import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { a_colleague, a_visitor, furnish, sign_in } from '../system/harness/cast.ts';
import type { Home } from '../system/harness/cast.ts';
import { House, kith, run_kith } from '../system/harness/house.ts';
import { random_from } from '../system/harness/random.ts';
import type { Random } from '../system/harness/random.ts';
import { until } from '../system/harness/waiting.ts';
import { Audit } from './audit.ts';
import { all_faults, BrokenPromise } from './faults.ts';
import type { Fault, Scene } from './faults.ts';
import { Proxy } from './proxy.ts';
import { Stage } from './stage.ts';
import { Writer } from './writer.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    only: { type: 'string' },
    long: { type: 'boolean', default: false },
    customers: { type: 'string', default: '24' },
    colleagues: { type: 'string', default: '4' },
  },
});

async function cast(home: Home, proxy: Proxy, random: Random): Promise<Writer[]> {
  const { house, inbox } = home;
  const address = (): string => proxy.address;
  const its_own = (): Random => random_from(random.between(0, 2 ** 31));
  const visitors = [];
  for (let i = 0; i < Number(options.customers); i++) visitors.push(await a_visitor(house, inbox));
  const customers = visitors.map(
    ({ panel, conversation }, i) =>
      new Writer({
        name: `customer${i}`, asker: panel, address, origin: house.url, conversations: [conversation], random: its_own(),
        way: i % 4 === 3 ? 'http' : 'live',
      }),
  );
  const conversations = visitors.map((visitor) => visitor.conversation);
  const colleagues = [];
  for (let i = 0; i < Number(options.colleagues); i++) {
    const { desk } = await a_colleague(house, `Noor${i}`);
    colleagues.push(new Writer({ name: `colleague${i}`, asker: desk, address, origin: house.url, conversations, random: its_own(), way: 'live' }));
  }
  return [...customers, ...colleagues];
}

// With KITH_EVIDENCE=FOLDER the house as it was found wrong, and its log.
async function keep_evidence(house: House): Promise<void> {
  const folder = process.env['KITH_EVIDENCE'];
  if (!folder) return;
  await house.end('SIGKILL');
  cpSync(house.data, join(folder, 'data'), { recursive: true });
  writeFileSync(join(folder, 'log'), house.log);
  console.log(`the house and its log are in ${folder}`);
}

// A shuffled deck of faults, again and again, so that each comes as often as the others.
function* deck(faults: readonly Fault[], random: Random): Generator<Fault, never> {
  for (;;) {
    const left = [...faults];
    while (left.length > 0) yield left.splice(random.between(0, left.length), 1)[0]!;
  }
}

const promised = (writers: readonly Writer[]): number => writers.reduce((sum, { words }) => sum + words.filter((word) => word.seq !== null).length, 0);

async function one_round(fault: Fault, scene: Scene): Promise<void> {
  const { writers, random, is_long } = scene;
  for (const writer of writers) writer.write();
  await pause(random.between(300, is_long ? 6000 : 900));
  await fault.strike(scene);
  await pause(random.between(100, 400));
  for (const writer of writers) writer.rest();
  const owed = (): number => writers.reduce((sum, writer) => sum + writer.owes, 0);
  await until('everybody has her answer', () => owed() === 0, 60_000).catch((error: unknown) => {
    const refusals = writers.flatMap((writer) => [...writer.refusals].map(([code, times]) => `${writer.name} ${code} ${times}`));
    throw new Error(`${String(error)}: ${owed()} words are owed; ${refusals.join(', ')}; ${scene.house.log.slice(-1500)}`);
  });
}

async function main(): Promise<number> {
  const random = random_from();
  const stage = new Stage();
  const faults: Fault[] = [];
  for (const fault of all_faults(kith)) {
    if (options.only && !options.only.split(',').includes(fault.name)) continue;
    const why_not = fault.why_not(stage);
    if (why_not) console.log(`SKIPPED ${fault.name}: ${why_not}`);
    else faults.push(fault);
  }
  if (faults.length === 0) {
    stage.remove();
    return 2;
  }
  const house = await House.open({ data: stage.data });
  const proxy = await Proxy.open(house.port);
  let writers: Writer[] = [];
  try {
    const home = await furnish(house);
    writers = await cast(home, proxy, random);
    const auditor = await sign_in(house, home.colleague.email);
    // Who is here is not what is tried: that is durable, whatever the house makes of a sync.
    await house.end();
    spawnSync('sync', ['-f', house.data]);
    await house.start();
    const audit = new Audit();
    const scene: Scene = { house, stage, proxy, writers, random, is_long: options.long };
    for (const writer of writers) writer.start();
    const next = deck(faults, random);
    const rounds = Number(options.rounds);
    for (let round = 1; round <= rounds; round++) {
      const fault = next.next().value;
      const before = promised(writers);
      await one_round(fault, scene);
      const { kept, wrong } = await audit.compare(auditor.desk, writers, random, round === rounds || round % 50 === 0);
      console.log(`${round}/${rounds} ${fault.name}: ${promised(writers) - before} words more, ${kept} promised and kept`);
      if (wrong.length > 0) {
        console.log(wrong.slice(0, 20).map((one) => `  ${one}`).join('\n'));
        console.log(`${wrong.length} things are wrong after ${fault.name}`);
        await keep_evidence(house);
        return 1;
      }
    }
    const all = promised(writers);
    for (const writer of writers) await writer.leave();
    await house.end();
    const doctor = run_kith(['doctor', '--data', house.data, '--deep']);
    if (doctor.status !== 0) throw new Error(`kith doctor: ${doctor.stdout}${doctor.stderr}`);
    console.log(`${all} acknowledged entries over ${rounds} faults: 0 lost, 0 doubled, every view and the search as the store`);
    return 0;
  } finally {
    for (const writer of writers) await writer.leave().catch(() => undefined);
    await house.end('SIGKILL');
    await proxy.close();
    stage.remove();
  }
}

// What it was, and how it ended.
const shortened = (words: string): string => (words.length > 3000 ? `${words.slice(0, 500)}\n...\n${words.slice(-2500)}` : words);

// 0: all is well; 1: something was lost, doubled or wrong, or a promise broken; 2: nothing could be tried here; 3: the house did not come through.
process.exit(
  await main().catch((error: unknown) => {
    console.log(`  broke off: ${shortened(String(error))}`);
    return error instanceof BrokenPromise ? 1 : 3;
  }),
);
