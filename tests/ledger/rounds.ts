// rounds [--rounds N] [--only NAME,NAME] [--long] [--at-least WORDS]: faults strike a real house while customers and colleagues write;
// after each one the books are compared. KITH_SEED=N draws the same faults again. How it ends is in verdict.ts.
import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { a_colleague, a_visitor, furnish, sign_in } from '../system/harness/cast.ts';
import type { Colleague, Home } from '../system/harness/cast.ts';
import { House, kith, run_kith } from '../system/harness/house.ts';
import type { Random } from '../system/harness/random.ts';
import { is_ci, requires_all } from '../system/harness/rights.ts';
import { until } from '../system/harness/waiting.ts';
import { Audit } from './audit.ts';
import { Chance } from './chance.ts';
import { all_faults, last_sync } from './faults.ts';
import type { Fault, Scene } from './faults.ts';
import { Proxy } from './proxy.ts';
import { room_for, Stage } from './stage.ts';
import { BrokenPromise, verdict } from './verdict.ts';
import { Writer } from './writer.ts';
import type { WriterOptions } from './writer.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    only: { type: 'string' },
    long: { type: 'boolean', default: false },
    'at-least': { type: 'string', default: '0' },
    customers: { type: 'string', default: '24' },
    colleagues: { type: 'string', default: '4' },
  },
});

const never_answered = 2; // customers whom no colleague answers: they wait all the time

async function cast(home: Home, proxy: Proxy, chance: Chance): Promise<Writer[]> {
  const { house, inbox } = home;
  const visitors = [];
  for (let i = 0; i < Number(options.customers); i++) visitors.push(await a_visitor(house, inbox));
  const writers: Writer[] = [];
  const add = async (more: Omit<WriterOptions, 'address' | 'origin' | 'chance'>): Promise<void> => {
    writers.push(new Writer({ ...more, address: await proxy.open_door(more.name), origin: house.url, chance }));
  };
  for (const [i, { panel, conversation }] of visitors.entries()) {
    const hers = [conversation];
    await add({ name: `customer${i}`, asker: panel, conversations: hers, hears: hers, way: i % 4 === 3 ? 'http' : 'live' });
  }
  const hears = visitors.map((visitor) => visitor.conversation);
  const conversations = hears.slice(never_answered);
  const capacity = Math.ceil(hears.length / Number(options.colleagues)) + 1; // room for everybody
  for (let i = 0; i < Number(options.colleagues); i++) {
    const { desk, person } = await a_colleague(house, `Noor${i}`);
    await add({ name: `colleague${i}`, asker: desk, conversations, hears, way: i % 2 === 1 ? 'http' : 'live', person, capacity });
  }
  return writers;
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

const promised = (writers: readonly Writer[]): number => writers.reduce((sum, { kept }) => sum + kept, 0);

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

// Which faults can strike here. What cannot is said, and is a failure where everything must be tried.
function choose_faults(stage: Stage): { faults: Fault[]; skipped: string[] } {
  const faults: Fault[] = [];
  const skipped: string[] = [];
  for (const fault of all_faults(kith)) {
    if (options.only && !options.only.split(',').includes(fault.name)) continue;
    const why_not = fault.why_not(stage);
    if (!why_not) faults.push(fault);
    else {
      console.log(`SKIPPED ${fault.name}: ${why_not}`);
      skipped.push(fault.name);
      // The stage itself has decided about what it needs.
      if (requires_all || (is_ci && !fault.needs_disk)) throw new Error(`${fault.name} must be tried here: ${why_not}`);
    }
  }
  return { faults, skipped };
}

// Who is here is not what is tried: that is durable, whatever the house makes of a sync.
async function make_durable(house: House): Promise<void> {
  await house.end();
  spawnSync('sync', ['-f', house.data]);
  await house.start();
}

async function all_rounds(faults: readonly Fault[], scene: Omit<Scene, 'random' | 'turn'>, auditor: Colleague, chance: Chance): Promise<boolean> {
  const { house, writers } = scene;
  const audit = new Audit();
  const rounds = Number(options.rounds);
  const next = deck(faults, chance.of('which fault'));
  const turns = new Map<Fault, number>();
  for (const writer of writers) writer.start();
  for (let round = 1; round <= rounds; round++) {
    const fault = next.next().value;
    const before = promised(writers);
    const turn = turns.get(fault) ?? 0;
    turns.set(fault, turn + 1);
    await one_round(fault, { ...scene, turn, random: chance.of(`round ${round}`) });
    const { kept, wrong } = await audit.compare(auditor.desk, writers, chance.of(`audit ${round}`), round === rounds || round % 50 === 0);
    console.log(`${round}/${rounds} ${fault.name}: ${promised(writers) - before} words more, ${kept} promised and kept`);
    if (wrong.length === 0) continue;
    console.log(wrong.slice(0, 20).map((one) => `  ${one}`).join('\n'));
    console.log(`${wrong.length} things are wrong after ${fault.name}`);
    await keep_evidence(house);
    return false;
  }
  return true;
}

function closing_line(all: number, skipped: readonly string[]): string {
  const not_tried = skipped.length > 0 ? `; NOT TRIED: ${skipped.join(', ')}` : '';
  return `${all} acknowledged entries over ${options.rounds} faults: 0 lost, 0 doubled, every view, the search, the marks and the line as the store${not_tried}`;
}

async function main(): Promise<number> {
  const chance = new Chance();
  const stage = new Stage(room_for(Number(options.rounds)));
  let house: House | null = null;
  let proxy: Proxy | null = null;
  let writers: Writer[] = [];
  try {
    const { faults, skipped } = choose_faults(stage);
    if (faults.length === 0) return verdict.nothing_to_try;
    house = await House.open({ data: stage.data });
    proxy = new Proxy(house.port);
    const home = await furnish(house);
    writers = await cast(home, proxy, chance);
    const auditor = await sign_in(house, home.colleague.email);
    await make_durable(house);
    const first_sync = chance.of('first sync').between(0, last_sync);
    const is_well = await all_rounds(faults, { house, stage, proxy, writers, first_sync, is_long: options.long }, auditor, chance);
    if (!is_well) return verdict.books_are_wrong;
    const all = promised(writers);
    for (const writer of writers) await writer.leave();
    await house.end();
    const doctor = run_kith(['doctor', '--data', house.data, '--deep']);
    if (doctor.status !== 0) throw new BrokenPromise(`kith doctor: ${doctor.stdout}${doctor.stderr}`);
    console.log(closing_line(all, skipped));
    if (all >= Number(options['at-least'])) return verdict.all_is_well;
    console.log(`  too little was written: ${options['at-least']} were to be acknowledged`);
    return verdict.too_little;
  } finally {
    for (const writer of writers) await writer.leave().catch(() => undefined);
    await house?.end('SIGKILL');
    await proxy?.close();
    stage.remove();
  }
}

// What it was, and how it ended.
const shortened = (words: string): string => (words.length > 3000 ? `${words.slice(0, 500)}\n...\n${words.slice(-2500)}` : words);
const cause_of = (error: unknown): string => (error instanceof Error && error.cause ? ` (${String(error.cause)})` : '');

process.exit(
  await main().catch((error: unknown) => {
    console.log(`  broke off: ${shortened(String(error) + cause_of(error))}`);
    return error instanceof BrokenPromise ? verdict.books_are_wrong : verdict.broke_off;
  }),
);
