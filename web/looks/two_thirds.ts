// A picture at two thirds of its size: three pixels become two, each the mean of what it covers.
import type { Pixels } from './palette_png.ts';

export function two_thirds({ width, height, data }: Pixels): Pixels {
  const small = { width: Math.floor((width * 2) / 3), height: Math.floor((height * 2) / 3) };
  const made = new Uint8Array(small.width * small.height * 4);
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      // Of each direction: one whole pixel and half of the one in the middle of three.
      const [left, top] = [whole_of(x), whole_of(y)];
      const [beside, below] = [half_of(x), half_of(y)];
      for (let channel = 0; channel < 4; channel++) {
        const at = (column: number, row: number) => data[(row * width + column) * 4 + channel] ?? 0;
        const sum = 4 * at(left, top) + 2 * at(beside, top) + 2 * at(left, below) + at(beside, below);
        made[(y * small.width + x) * 4 + channel] = Math.round(sum / 9);
      }
    }
  }
  return { ...small, data: made };
}

const whole_of = (at: number): number => 3 * (at >> 1) + (at & 1 ? 2 : 0);
const half_of = (at: number): number => 3 * (at >> 1) + 1;
