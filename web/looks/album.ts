// The pictures of all screens in docs/screens: looks whether a screen is still as it was, or keeps it anew.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { palette_png } from './palette_png.ts';

const root = new URL('../../', import.meta.url).pathname;
export const album = join(root, 'docs/screens');
// What differs, drawn over each other; only to be looked at.
export const differences = join(root, 'build/looks');

// How far one pixel may be from the kept one (the palette is coarser than the screen), and how many may be further.
const threshold = 0.16;
const most_pixels = (pixels: number) => Math.max(60, pixels * 0.0002);

export const file_of = (name: string) => join(album, `${name}.png`);

export function keep(name: string, shot: Buffer, colours: number): void {
  mkdirSync(album, { recursive: true });
  const small = palette_png(PNG.sync.read(shot), colours);
  const file = file_of(name);
  if (!existsSync(file) || compare(name, shot) !== '') writeFileSync(file, small);
}

// Nothing, or what is different.
export function compare(name: string, shot: Buffer): string {
  const file = file_of(name);
  if (!existsSync(file)) return 'there is no picture of it yet';
  const now = PNG.sync.read(shot);
  const kept = PNG.sync.read(readFileSync(file));
  if (now.width !== kept.width || now.height !== kept.height) return `was ${kept.width} x ${kept.height}, is ${now.width} x ${now.height}`;
  const between = new PNG({ width: now.width, height: now.height });
  const count = pixelmatch(kept.data, now.data, between.data, now.width, now.height, { threshold });
  const differing = join(differences, `${name}.png`);
  if (count <= most_pixels(now.width * now.height)) {
    rmSync(differing, { force: true });
    return '';
  }
  mkdirSync(differences, { recursive: true });
  writeFileSync(differing, PNG.sync.write(between));
  writeFileSync(join(differences, `${name}.now.png`), shot);
  return `${count} pixels differ: build/looks/${name}.png`;
}

// Pictures of screens that are not there any more.
export function remove_others(names: ReadonlySet<string>): string[] {
  if (!existsSync(album)) return [];
  const gone = readdirSync(album).filter((file) => file.endsWith('.png') && !names.has(file.slice(0, -4)));
  for (const file of gone) rmSync(join(album, file));
  return gone;
}
