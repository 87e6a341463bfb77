// After all system tests: every operation of docs/api.yaml has a row in a scenario table in which it succeeds, so that its
// events and what it must not tell are checked, and was seen to refuse somebody.
import { readFileSync } from 'node:fs';
import { operation_ids } from './contract.ts';

// Where a row cannot be played, and why; these must succeed in a test of their own.
const without_a_row: Record<string, string> = {
  set_up: 'works once in an empty house, and a table has people from the start: first_run.test.ts',
  own_promise: 'a promise has to be broken by time first: many_write_at_once.test.ts, promises_are_never_silently_late.test.ts',
};

const succeeded = new Set<string>();
const refused = new Set<string>();
const in_a_row = new Set<string>();
for (const line of readFileSync(process.argv[2] ?? '', 'utf8').split('\n')) {
  const [operation, status, where] = line.split(' ');
  if (!operation || !status) continue;
  if (Number(status) >= 400) refused.add(operation);
  else (where === 'row' ? in_a_row : succeeded).add(operation);
}

const all = operation_ids();
const complaints = all.flatMap((operation) => {
  const found: string[] = [];
  if (!succeeded.has(operation)) found.push(refused.has(operation) ? 'only seen to fail' : 'no test exercises it');
  if (!in_a_row.has(operation) && !(operation in without_a_row)) found.push('no row of a scenario table in which it succeeds');
  if (in_a_row.has(operation) && operation in without_a_row) found.push('has a row now; take it out of the exceptions');
  if (!refused.has(operation)) found.push('never seen to refuse anybody');
  return found.map((what) => `${operation}: ${what}`);
});
for (const operation of Object.keys(without_a_row)) {
  if (!all.includes(operation)) complaints.push(`${operation}: an exception for what is not in the contract`);
}
for (const complaint of complaints) console.log(complaint);
console.log(`operations of the contract: ${succeeded.size} of ${all.length} succeed, ${in_a_row.size} of them in a row of a table, `
  + `${refused.size} also refuse; exceptions: ${Object.keys(without_a_row).length}`);
process.exit(complaints.length === 0 ? 0 : 1);
