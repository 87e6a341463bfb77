// After all system tests: which operations of docs/api.yaml were never exercised, or never seen to succeed.
import { readFileSync } from 'node:fs';
import { operation_ids } from './contract.ts';

const succeeded = new Set<string>();
const failed = new Set<string>();
for (const line of readFileSync(process.argv[2] ?? '', 'utf8').split('\n')) {
  const [operation, status] = line.split(' ');
  if (operation && status) (Number(status) < 400 ? succeeded : failed).add(operation);
}

const all = operation_ids();
const missing = all.filter((operation) => !succeeded.has(operation));
for (const operation of missing) {
  console.log(`${operation}: ${failed.has(operation) ? 'only seen to fail' : 'no test exercises it'}`);
}
const never_refused = all.filter((operation) => !failed.has(operation));
console.log(`operations of the contract: ${all.length - missing.length} of ${all.length} exercised, `
  + `${all.length - never_refused.length} also with a refusal`);
process.exit(missing.length === 0 ? 0 : 1);
