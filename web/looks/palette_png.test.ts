import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { palette_png } from './palette_png.ts';
import { two_thirds } from './two_thirds.ts';

function picture(width: number, height: number, colour: (x: number, y: number) => readonly [number, number, number]) {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set([...colour(x, y), 255], (y * width + x) * 4);
  return { width, height, data };
}

test('a picture of few colours comes back exactly as it was', () => {
  const paper = picture(40, 30, (x, y) => (x > 10 && y > 10 ? [43, 90, 76] : [251, 247, 240]));
  const back = PNG.sync.read(palette_png(paper, 16));
  expect([back.width, back.height]).toEqual([40, 30]);
  expect(Buffer.from(paper.data).equals(back.data)).toBe(true);
});

test('of many colours the most frequent one stays exactly, and none moves far', () => {
  const sky = picture(64, 64, (x, y) => (y < 32 ? [251, 247, 240] : [x * 4, y * 2, 120]));
  const back = PNG.sync.read(palette_png(sky, 64));
  expect([...back.data.subarray(0, 3)]).toEqual([251, 247, 240]);
  const furthest = sky.data.reduce((most, value, at) => Math.max(most, Math.abs(value - (back.data[at] ?? 0))), 0);
  expect(furthest).toBeLessThan(48);
});

test('a glow of one hue gets no rings of another: each pixel is shown as the nearest colour there is', () => {
  // Clay fading into dark paper on one side, pine on the other, as at night.
  const glow = picture(200, 120, (x, y) => {
    const near = Math.max(0, 1 - Math.hypot(x - 200, y - 120) / 90);
    const far = Math.max(0, 1 - Math.hypot(x, y) / 90);
    return [Math.round(26 + 39 * far + 7 * near), Math.round(23 + 17 * far + 31 * near), Math.round(20 + 8 * far + 26 * near)];
  });
  const back = PNG.sync.read(palette_png(glow, 24)).data;
  const at = (data: Uint8Array, from: number) => [data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0];
  const palette = [...new Set(Array.from({ length: 200 * 120 }, (_, pixel) => at(back, pixel * 4).join()))].map((one) =>
    one.split(',').map(Number),
  );
  const apart = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, channel) => sum + (value - (b[channel] ?? 0)) ** 2, 0);
  for (let from = 0; from < glow.data.length; from += 4) {
    const real = at(glow.data, from);
    const least = Math.min(...palette.map((shade) => apart(shade, real)));
    if (apart(at(back, from), real) > least) expect.fail(`${real.join()} is shown as ${at(back, from).join()}`);
  }
});

test('the same pixels always give the same bytes', () => {
  const one = () =>
    palette_png(
      picture(50, 50, (x, y) => [x * 5, y * 5, (x * y) % 256]),
      32,
    );
  expect(one().equals(one())).toBe(true);
});

test('two thirds of a picture keep its colours where they were', () => {
  const halves = picture(90, 60, (x) => (x < 45 ? [0, 0, 0] : [255, 255, 255]));
  const small = two_thirds(halves);
  expect([small.width, small.height]).toEqual([60, 40]);
  expect(small.data[(20 * 60 + 10) * 4]).toBe(0);
  expect(small.data[(20 * 60 + 50) * 4]).toBe(255);
});
