// When something in these files and folders changed last, in ms. Folders count themselves, so that taking a file away is a
// change, too.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const not_a_source = new Set(['node_modules', 'dist', 'paraglide', '.svelte-kit', '.lix', '__screenshots__']);

export function newest_change(paths: readonly string[]): number {
  return Math.max(0, ...paths.filter((path) => existsSync(path)).map(change_of));
}

function change_of(path: string): number {
  const here = statSync(path);
  if (!here.isDirectory()) return here.mtimeMs;
  const inside = readdirSync(path).filter((name) => !not_a_source.has(name));
  return Math.max(0, ...inside.map((name) => change_of(join(path, name))));
}
