// How well one colour is seen on another (WCAG 2.2), and every pair that the screens use.
import { dark, faces, light, on_face } from './tokens.ts';

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = parts;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(a: string, b: string): number {
  const [brighter = 0, darker = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (brighter + 0.05) / (darker + 0.05);
}

const grounds = ['paper', 'surface', 'raised', 'sunk'];
const texts = ['ink', 'ink-2', 'ink-3', 'pine', 'clay', 'honey', 'plum', 'sky', 'rose'];
const feelings = ['pine', 'clay', 'honey', 'plum', 'sky', 'rose'];
const text = 4.5;
const shape = 3;

const pairs_by_name: readonly (readonly [string, string, number])[] = [
  ...grounds.flatMap((back) => texts.map((front) => [front, back, text] as const)),
  ...feelings.flatMap((name) => ['ink', 'ink-2', 'ink-3', name].map((front) => [front, `${name}-soft`, text] as const)),
  ['on-pine', 'pine', text],
  ['on-pine', 'pine-press', text],
  ['on-clay', 'clay', text],
  ['on-rose', 'rose', text],
  ['on-honey', 'honey-fill', text],
  ['pine-ink', 'pine-soft', text],
  ...grounds.map((back) => ['edge', back, shape] as const),
  ...grounds.map((back) => ['focus', back, shape] as const),
  ...grounds.map((back) => ['here', back, shape] as const),
  ['dots', 'sunk', shape],
];

export function failing_pairs(): string[] {
  const schemes = { light, dark };
  const wrong = Object.entries(schemes).flatMap(([scheme, colours]) =>
    pairs_by_name
      .map(([front, back, needs]) => ({ front, back, needs, is: contrast(value_of(colours, front), value_of(colours, back)) }))
      .filter((pair) => pair.is < pair.needs)
      .map((pair) => `${scheme}: ${pair.front} on ${pair.back} has ${pair.is.toFixed(2)}, needs ${pair.needs}`),
  );
  const on_faces = faces.filter((face) => contrast(on_face, face) < text).map((face) => `on-face on ${face}`);
  return [...wrong, ...on_faces];
}

function value_of(colours: Readonly<Record<string, string>>, name: string): string {
  const value = colours[name];
  if (!value) throw new Error(`There is no colour ${name}`);
  return value;
}
