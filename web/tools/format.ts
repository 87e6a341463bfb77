// format [PATH...]: lays out our files as prettier does.
import { spawnSync } from 'node:child_process';

const paths = process.argv.slice(2);
const words = ['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', ...(paths.length > 0 ? paths : ['.'])];
process.exit(spawnSync(process.execPath, words, { stdio: 'inherit' }).status ?? 1);
