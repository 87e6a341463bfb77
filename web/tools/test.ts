// test [FILE or WORD...]: the tests of the packages, in Node and in Chromium.
import { spawnSync } from 'node:child_process';
import { prepare } from './prepare.ts';

prepare();
const run = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, NO_COLOR: '1', VITEST_SKIP_INSTALL_CHECKS: '1' },
});
process.exit(run.status ?? 1);
