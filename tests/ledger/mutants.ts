// Proves that the ledger has teeth: each seeded fault of src/base/mutant.h must be brought to light by the fault named beside it.
//   mutants [NAME...]      KITH_BINARY is build/release/kith_mutants
import { spawnSync } from 'node:child_process';

interface Mutant {
  readonly name: string;
  readonly brought_to_light_by: string; // faults, separated by commas
  readonly rounds?: number;
}

const mutants: readonly Mutant[] = [
  { name: 'acknowledged_before_commit', brought_to_light_by: 'kill' },
  { name: 'log_thrown_away', brought_to_light_by: 'kill' },
  { name: 'seq_given_again', brought_to_light_by: 'kill' },
  { name: 'synchronous_normal', brought_to_light_by: 'power_cut' },
  { name: 'synchronous_off', brought_to_light_by: 'power_cut' },
  { name: 'sync_error_ignored', brought_to_light_by: 'sync_error' },
  { name: 'full_disk_ignored', brought_to_light_by: 'disk_full' },
  { name: 'delivered_without_commit', brought_to_light_by: 'disk_full' },
  { name: 'unique_id_dropped', brought_to_light_by: 'kill,half_open', rounds: 4 },
  { name: 'order_reversed', brought_to_light_by: 'stopped' },
  { name: 'event_dropped', brought_to_light_by: 'stopped' },
  { name: 'event_sent_twice', brought_to_light_by: 'stopped' },
  { name: 'cursor_stale', brought_to_light_by: 'kill,half_open', rounds: 4 },
  { name: 'search_forgotten', brought_to_light_by: 'stopped' },
  { name: 'read_mark_lost', brought_to_light_by: 'stopped', rounds: 4 },
];

// Which fault strikes when is drawn: a mutant that was lucky is tried again, with twice the rounds.
const most_tries = 3;

interface Trial {
  readonly verdict: 'caught' | 'SKIPPED' | 'SURVIVED';
  readonly why: string;
}

function tried({ name, brought_to_light_by, rounds = 2 }: Mutant, tries: number): Trial {
  const words = ['--disable-warning=ExperimentalWarning', 'rounds.ts', '--rounds', String(rounds * 2 ** tries), '--only', brought_to_light_by];
  const done = spawnSync(process.execPath, words, {
    cwd: import.meta.dirname, encoding: 'utf8', timeout: 180_000, env: { ...process.env, KITH_MUTANT: name },
  });
  const said = done.stdout.trim().split('\n');
  const why = (said.findLast((line) => line.startsWith('  ')) ?? said.at(-1) ?? '').trim().slice(0, 140);
  if (done.status === 2 && said.some((line) => line.startsWith('SKIPPED'))) return { verdict: 'SKIPPED', why };
  if (done.status === 1) return { verdict: 'caught', why };
  if (done.status === 0 && tries + 1 < most_tries) return tried({ name, brought_to_light_by, rounds }, tries + 1);
  // Not 3: a house that falls over proves nothing about the audit.
  return { verdict: 'SURVIVED', why: `(${done.status ?? done.signal}) ${why}\n${done.stderr.slice(0, 2000)}` };
}

const chosen = process.argv.slice(2);
const count = { caught: 0, SKIPPED: 0, SURVIVED: 0 };
for (const mutant of mutants) {
  if (chosen.length > 0 && !chosen.includes(mutant.name)) continue;
  const { verdict, why } = tried(mutant, 0);
  count[verdict]++;
  console.log(`${verdict} ${mutant.name}: ${why}`);
}
console.log(`${count.caught} mutants caught, ${count.SURVIVED} survived, ${count.SKIPPED} skipped`);
process.exit(count.SURVIVED > 0 ? 1 : 0);
