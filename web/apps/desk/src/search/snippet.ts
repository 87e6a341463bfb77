// The part of what was said where the looked-for words stand.
import { plain_words } from '@kith/ui';

const before = 28;
const length = 140;

export function snippet(text: string, looked_for: string): string {
  const plain = plain_words(text).replace(/\s+/g, ' ').trim();
  const lower = plain.toLowerCase();
  const places = looked_for
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => lower.indexOf(word))
    .filter((at) => at >= 0);
  const first = places.length > 0 ? Math.min(...places) : 0;
  if (first <= before) return plain.slice(0, length);
  const begin = plain.indexOf(' ', first - before) + 1;
  return `…${plain.slice(begin, begin + length)}`;
}
