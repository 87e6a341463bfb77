// Compiles packages/words/messages/*.json into packages/words/src/paraglide: one small function per message, so that an
// app carries only what it says. Does nothing when nothing changed; then touches only files that did, because a development
// server or another build may be reading them.
import { compile } from '@inlang/paraglide-js';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { newest_change } from './changes.ts';
import { files_in } from './files.ts';

const out = 'packages/words/src/paraglide';
const stamp = 'node_modules/.cache/kith-words.stamp';
const sources = ['packages/words/messages', 'packages/words/project.inlang/settings.json', 'package-lock.json', 'tools/compile_words.ts'];

// All that a message needs of a runtime: which language it is. The compiler's own can do cookies, addresses and servers.
const runtime = `/** @typedef {'en' | 'de'} Locale */
/** @typedef {string & { readonly __brand: 'LocalizedString' }} LocalizedString */
/** @template Inputs @template Options @template Markup @typedef {{}} MessageMetadata */
/** @type {Locale[]} */
export const locales = ['en', 'de'];
/** @type {Locale} */
export const baseLocale = 'en';
/** @type {Locale | undefined} */
export const experimentalStaticLocale = undefined;
/** @type {() => Locale} */
export let getLocale = () => baseLocale;
/** @param {() => Locale} ask */
export const overwriteGetLocale = (ask) => {
  getLocale = ask;
};
`;

function put(path: string, content: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === content) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, content);
  renameSync(`${path}.${process.pid}`, path);
}

async function compile_words(): Promise<void> {
  mkdirSync('node_modules/.cache', { recursive: true });
  const fresh = mkdtempSync('node_modules/.cache/kith-words-');
  const began = Date.now();
  await compile({
    project: 'packages/words/project.inlang',
    outdir: fresh,
    strategy: ['globalVariable', 'baseLocale'],
    outputStructure: 'message-modules',
    emitGitIgnore: false,
    emitReadme: false,
    emitPrettierIgnore: false,
  });
  rmSync(join(fresh, 'server.js'));
  const made = files_in([fresh]).map((path) => relative(fresh, path));
  for (const name of made) put(join(out, name), name === 'runtime.js' ? runtime : readFileSync(join(fresh, name), 'utf8'));
  const kept = new Set(made.map((name) => join(out, name)));
  for (const path of files_in([out])) if (!kept.has(path)) rmSync(path, { force: true });
  rmSync(fresh, { recursive: true });
  writeFileSync(stamp, String(began));
}

const is_current = existsSync(`${out}/messages.js`) && existsSync(stamp) && newest_change(sources) < Number(readFileSync(stamp, 'utf8'));
if (!is_current) await compile_words();
// The compiler leaves a timer behind that would hold the process for half a minute.
process.exit(0);
