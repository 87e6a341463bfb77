// Proves that the ledger has teeth: each seeded fault of src/base/mutant.h must be brought to light by the fault named beside it,
// and by nothing else: the same program without a seeded fault must come through all of them first.
//   mutants [NAME...]      KITH_BINARY is build/release/kith_mutants
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seed_of_this_run } from '../system/harness/random.ts';
import { verdict } from './verdict.ts';

interface Mutant {
  readonly name: string;
  readonly brought_to_light_by: string; // faults, separated by commas
  readonly rounds?: number;
}

const mutants: readonly Mutant[] = [
  { name: 'acknowledged_before_commit', brought_to_light_by: 'kill' },
  { name: 'delivered_before_commit', brought_to_light_by: 'kill' },
  { name: 'log_thrown_away', brought_to_light_by: 'kill' },
  { name: 'seq_given_again', brought_to_light_by: 'kill' },
  { name: 'line_not_rebuilt', brought_to_light_by: 'kill' },
  { name: 'synchronous_normal', brought_to_light_by: 'power_cut' },
  { name: 'synchronous_off', brought_to_light_by: 'power_cut' },
  { name: 'sync_error_ignored', brought_to_light_by: 'sync_error' },
  { name: 'sync_error_forgotten', brought_to_light_by: 'sync_error' },
  { name: 'full_disk_ignored', brought_to_light_by: 'disk_full' },
  { name: 'delivered_without_commit', brought_to_light_by: 'disk_full' },
  { name: 'unique_id_dropped', brought_to_light_by: 'kill,half_open', rounds: 4 },
  { name: 'order_reversed', brought_to_light_by: 'stopped' },
  { name: 'event_dropped', brought_to_light_by: 'stopped' },
  { name: 'event_sent_twice', brought_to_light_by: 'stopped' },
  { name: 'cursor_stale', brought_to_light_by: 'kill,half_open', rounds: 4 },
  { name: 'search_forgotten', brought_to_light_by: 'stopped' },
  { name: 'line_forgotten', brought_to_light_by: 'stopped' },
  { name: 'read_mark_lost', brought_to_light_by: 'stopped', rounds: 4 },
  { name: 'read_mark_jumps', brought_to_light_by: 'stopped', rounds: 4 },
];

// Which fault strikes when is drawn: a mutant that was lucky is tried again, with twice the rounds.
const most_tries = 3;

interface Run {
  readonly status: number | null;
  readonly said: readonly string[];
  readonly why: string;
  readonly story: string; // for somebody who has to look into it
}

function run_rounds(rounds: number, faults: string, seed: number, mutant?: string): Run {
  const words = ['--disable-warning=ExperimentalWarning', 'rounds.ts', '--rounds', String(rounds), '--only', faults];
  const env: NodeJS.ProcessEnv = { ...process.env, KITH_SEED: String(seed) };
  delete env['KITH_MUTANT'];
  if (mutant) env['KITH_MUTANT'] = mutant;
  const done = spawnSync(process.execPath, words, { cwd: import.meta.dirname, encoding: 'utf8', timeout: 180_000, env });
  const said = done.stdout.trim().split('\n');
  const why = (said.findLast((line) => line.startsWith('  ')) ?? said.at(-1) ?? '').trim().slice(0, 140);
  return { status: done.status, said, why, story: `(${done.status ?? done.signal}, KITH_SEED=${seed}) ${why}\n${done.stderr.slice(0, 2000)}` };
}

interface Trial {
  readonly outcome: 'caught' | 'SKIPPED' | 'SURVIVED';
  readonly why: string;
}

function tried(mutant: Mutant, seed: number, tries = 0): Trial {
  const { name, brought_to_light_by, rounds = 2 } = mutant;
  const { status, said, why, story } = run_rounds(rounds * 2 ** tries, brought_to_light_by, seed + tries, name);
  if (status === verdict.nothing_to_try && said.some((line) => line.startsWith('SKIPPED'))) return { outcome: 'SKIPPED', why };
  if (status === verdict.books_are_wrong) return { outcome: 'caught', why };
  if (status === verdict.all_is_well && tries + 1 < most_tries) return tried(mutant, seed, tries + 1);
  // A house that falls over, or a ledger that does, proves nothing about the audit.
  return { outcome: 'SURVIVED', why: story };
}

// Nobody who adds a fault on purpose may forget to have it caught.
function check_that_all_are_listed(): void {
  const sources = join(import.meta.dirname, '../../src');
  const names = new Set<string>();
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.cc') || file === 'base/mutant.cc') continue;
    const calls = readFileSync(join(sources, file), 'utf8').matchAll(/is_mutant\(([^()]*)\)/g);
    for (const [, words] of calls) for (const [, name] of words!.matchAll(/"([a-z_]+)"/g)) names.add(name!);
  }
  const listed = new Set(mutants.map(({ name }) => name));
  const differ = [...names].filter((name) => !listed.has(name)).concat([...listed].filter((name) => !names.has(name)));
  if (differ.length > 0) throw new Error(`these stand either in src or in mutants.ts only: ${differ.join(', ')}`);
}

// Without a seeded fault every fault that is used must be survived, else being caught means nothing.
function check_without_a_mutant(chosen: readonly Mutant[], seed: number): void {
  const faults = [...new Set(chosen.flatMap(({ brought_to_light_by }) => brought_to_light_by.split(',')))];
  const { status, said, story } = run_rounds(faults.length * 2, faults.join(','), seed);
  for (const line of said.filter((line) => line.startsWith('SKIPPED'))) console.log(line);
  if (status === verdict.nothing_to_try) return;
  if (status !== verdict.all_is_well) throw new Error(`without any mutant it does not come through ${faults.join(', ')}: ${story}`);
  console.log(`without any mutant: ${said.at(-1)}`);
}

const wanted = process.argv.slice(2);
const chosen = mutants.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (chosen.length < wanted.length || chosen.length === 0) throw new Error(`there are only: ${mutants.map(({ name }) => name).join(', ')}`);
check_that_all_are_listed();
const seed = seed_of_this_run();
check_without_a_mutant(chosen, seed);
const names: Record<Trial['outcome'], string[]> = { caught: [], SURVIVED: [], SKIPPED: [] };
for (const mutant of chosen) {
  const { outcome, why } = tried(mutant, seed);
  names[outcome].push(mutant.name);
  console.log(`${outcome} ${mutant.name}: ${why}`);
}
const listed = (some: readonly string[]): string => (some.length > 0 ? ` (${some.join(', ')})` : '');
console.log(`${names.caught.length} mutants caught, ${names.SURVIVED.length} survived${listed(names.SURVIVED)}, ${names.SKIPPED.length} skipped${listed(names.SKIPPED)}`);
process.exit(names.SURVIVED.length > 0 ? 1 : 0);
