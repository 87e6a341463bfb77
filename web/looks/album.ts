// The pictures of all screens in docs/screens: looks whether a screen is still as it was, or keeps it anew.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { palette_png, type Pixels } from './palette_png.ts';
import { two_thirds } from './two_thirds.ts';

const root = new URL('../../', import.meta.url).pathname;
export const album = join(root, 'docs/screens');
// What differs, drawn over each other; only to be looked at.
export const differences = join(root, 'build/looks');

// How far one pixel may be from the kept one (the palette is coarser than the screen), and how many may be further.
const threshold = 0.16;
const most_pixels = (pixels: number) => Math.max(120, pixels * 0.0004);

export const file_of = (name: string) => join(album, `${name}.png`);

// Wide screens are kept at two thirds of their size: sixty of them would be too heavy for a checkout. A picture made to be shown
// keeps its size.
export interface Shot {
  readonly name: string;
  readonly bytes: Buffer;
  readonly is_shown: boolean;
}
const widest = 1000;

function as_kept({ bytes, is_shown }: Shot): Pixels {
  const picture = PNG.sync.read(bytes);
  return picture.width > widest && !is_shown ? two_thirds(picture) : picture;
}

export function keep(shot: Shot): void {
  mkdirSync(album, { recursive: true });
  const file = file_of(shot.name);
  if (existsSync(file) && compare(shot) === '') return;
  writeFileSync(file, palette_png(as_kept(shot)));
}

// Nothing, or what is different.
export function compare(shot: Shot): string {
  const { name } = shot;
  const file = file_of(name);
  if (!existsSync(file)) return 'there is no picture of it yet';
  const now = as_kept(shot);
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
  writeFileSync(join(differences, `${name}.now.png`), shot.bytes);
  return `${count} pixels differ: build/looks/${name}.png`;
}

// Pictures of screens that are not there any more.
export function remove_others(names: ReadonlySet<string>): string[] {
  if (!existsSync(album)) return [];
  const gone = readdirSync(album).filter((file) => file.endsWith('.png') && !names.has(file.slice(0, -4)));
  for (const file of gone) rmSync(join(album, file));
  return gone;
}
