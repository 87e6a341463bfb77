// Small pictures of screens: at most 256 colours each, chosen by median cut, as PNG with a palette. The same pixels always give
// the same bytes.
import { deflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array; // four bytes each: red, green, blue, and how opaque; screens are opaque
}

const most_colours = 256;

interface Box {
  readonly colours: number[]; // 0xRRGGBB
  readonly weight: number;
  readonly channel: 0 | 1 | 2; // the widest
  readonly width: number;
}

function count_colours({ data }: Pixels): Map<number, number> {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return counts;
}

const part = (colour: number, channel: number) => (colour >> (16 - 8 * channel)) & 255;

// Rare colours count for more than their area: a face is small, and looked at first.
const weight_of = (count: number) => Math.sqrt(count);

function box_of(colours: number[], counts: Map<number, number>): Box {
  let widest: 0 | 1 | 2 = 0;
  let width = -1;
  for (const channel of [0, 1, 2] as const) {
    let low = 255;
    let high = 0;
    for (const colour of colours) {
      const value = part(colour, channel);
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (high - low > width) [widest, width] = [channel, high - low];
  }
  const weight = colours.reduce((sum, colour) => sum + weight_of(counts.get(colour) ?? 0), 0);
  return { colours, weight, channel: widest, width };
}

function halves(box: Box, counts: Map<number, number>): [Box, Box] {
  const sorted = box.colours.toSorted((a, b) => part(a, box.channel) - part(b, box.channel) || a - b);
  let seen = 0;
  let at = 0;
  while (at < sorted.length - 1 && seen < box.weight / 2) seen += weight_of(counts.get(sorted[at++] ?? 0) ?? 0);
  at = Math.max(1, at);
  return [box_of(sorted.slice(0, at), counts), box_of(sorted.slice(at), counts)];
}

// What a box is shown as: the colour that most of it has, so that paper stays exactly paper; or else the mean.
function shown_as(box: Box, counts: Map<number, number>): number {
  let all = 0;
  let [most, best] = [0, 0];
  const sums = [0, 0, 0];
  for (const colour of box.colours) {
    const count = counts.get(colour) ?? 0;
    all += count;
    if (count > most) [most, best] = [count, colour];
    for (const channel of [0, 1, 2]) sums[channel] = (sums[channel] ?? 0) + count * part(colour, channel);
  }
  if (most * 2 >= all) return best;
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => Math.round(sum / all));
  return (red << 16) | (green << 8) | blue;
}

// Every colour of the picture with its place in the palette.
function choose_palette(counts: Map<number, number>, most: number): { palette: number[]; place: Map<number, number> } {
  let boxes = [
    box_of(
      [...counts.keys()].toSorted((a, b) => a - b),
      counts,
    ),
  ];
  while (boxes.length < most) {
    const splittable = boxes.filter((box) => box.colours.length > 1);
    // Wide boxes first: the dot that says somebody is here is few pixels, and must stay green.
    const next = splittable.toSorted((a, b) => b.weight * b.width ** 2 - a.weight * a.width ** 2)[0];
    if (!next) break;
    boxes = [...boxes.filter((box) => box !== next), ...halves(next, counts)];
  }
  const palette = boxes.map((box) => shown_as(box, counts));
  return { palette, place: new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)])) };
}

// Boxes are cut along one channel at a time: at their edges the colour of the box next door may be the nearer one. Without this
// a soft glow gets rings of another hue.
function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (let index = 0; index < palette.length && least > 0; index++) {
    const shade = palette[index] ?? 0;
    const distance =
      (part(shade, 0) - part(colour, 0)) ** 2 + (part(shade, 1) - part(colour, 1)) ** 2 + (part(shade, 2) - part(colour, 2)) ** 2;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

const crc_table = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  let crc = -1;
  for (const byte of body) crc = (crc_table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeInt32BE(~crc, body.length + 4);
  return whole;
}

export function palette_png(picture: Pixels, colours = most_colours): Buffer {
  const { width, height, data } = picture;
  const { palette, place } = choose_palette(count_colours(picture), colours);
  const rows = Buffer.alloc((width + 1) * height); // each row begins with 0: as it is
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0, to = y * (width + 1) + 1; x < width; x++, from += 4, to++) {
      const colour = ((data[from] ?? 0) << 16) | ((data[from + 1] ?? 0) << 8) | (data[from + 2] ?? 0);
      rows[to] = place.get(colour) ?? 0;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8); // eight bits a pixel, a palette
  const shades = Buffer.from(palette.flatMap((colour) => [part(colour, 0), part(colour, 1), part(colour, 2)]));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const content = deflateSync(rows, { level: 9, memLevel: 9 });
  return Buffer.concat([signature, chunk('IHDR', head), chunk('PLTE', shades), chunk('IDAT', content), chunk('IEND', Buffer.alloc(0))]);
}
