// Writes FILE.br and FILE.gz beside everything in an app's dist that packs well, so that the program serves both without
// packing anything itself. What is up to date already stays.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { files_in } from './files.ts';

const packs_well = /\.(css|html|js|json|svg|txt|wasm|webmanifest)$/;

function is_up_to_date(packed: string, path: string): boolean {
  return existsSync(packed) && statSync(packed).mtimeMs >= statSync(path).mtimeMs;
}

function pack(path: string): void {
  if (is_up_to_date(`${path}.br`, path) && is_up_to_date(`${path}.gz`, path)) return;
  const content = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}

export function precompress(dist: string): void {
  files_in([dist])
    .filter((path) => packs_well.test(path))
    .forEach(pack);
}
