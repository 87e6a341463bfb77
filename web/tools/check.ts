// check [NAME...]: types, lint, layout, logical CSS, words, sizes, unused code. All of them, so that one run tells the whole story.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { prepare } from './prepare.ts';

const node = ['--disable-warning=ExperimentalWarning'];
const checks: Record<string, readonly string[]> = {
  types: ['node_modules/svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--output', 'machine', '--fail-on-warnings'],
  'types-tools': ['node_modules/typescript/bin/tsc', '-p', 'tools'],
  ...(existsSync('packages/sw/tsconfig.json') ? { 'types-sw': ['node_modules/typescript/bin/tsc', '-p', 'packages/sw'] } : {}),
  lint: ['node_modules/oxlint/bin/oxlint', '--deny-warnings', '--quiet'],
  layout: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  css: ['tools/check_css.ts'],
  tokens: ['tools/write_tokens.ts', '--check'],
  tone: ['tools/check_tone.ts'],
  said: ['tools/check_said.ts'],
  budgets: ['tools/check_budgets.ts'],
  unused: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints', '--include', 'files,unlisted,unresolved'],
};

prepare();
const wanted = process.argv.slice(2);
const failed: string[] = [];
for (const [name, words] of Object.entries(checks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const began = Date.now();
  const run = spawnSync(process.execPath, [...node, ...words], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  const said = `${run.stdout}${run.stderr}`.trim();
  if (run.status !== 0) failed.push(name);
  if (said && (run.status !== 0 || name === 'budgets')) console.log(said);
  console.log(`web ${name}: ${run.status === 0 ? 'in order' : 'FAILED'} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}
if (failed.length > 0) console.log(`web: failed: ${failed.join(', ')}`);
process.exit(failed.length > 0 ? 1 : 0);
