// Writes what is made from other files and not committed: compiled messages and icons. Quick when nothing changed.
import { execFileSync } from 'node:child_process';

export function prepare(): void {
  for (const tool of ['compile_words', 'make_icons']) {
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', `tools/${tool}.ts`], { stdio: 'inherit' });
  }
}

if (import.meta.main) prepare();
