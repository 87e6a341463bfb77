// Our own files, without what was installed or built.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const not_ours = new Set(['node_modules', 'dist', 'paraglide', '__screenshots__']);

export function files_in(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (not_ours.has(entry.name)) return [];
      const path = join(folder, entry.name);
      return entry.isDirectory() ? files_in([path]) : [path];
    }),
  );
}
