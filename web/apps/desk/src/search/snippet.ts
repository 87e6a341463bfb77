// The part of what was said where the looked-for words stand.
import { plain_words } from '@kith/ui/markdown';

const before = 20; // of the words in front of the hit, so that it is seen where there is little room, too
const length = 140;

export const words_of = (text: string): string[] => text.split(/\s+/).filter(Boolean);

export function snippet(text: string, looked_for: string): string {
  const plain = plain_words(text).replace(/\s+/g, ' ').trim();
  const lower = plain.toLowerCase();
  const places = words_of(looked_for.toLowerCase())
    .map((word) => lower.indexOf(word))
    .filter((at) => at >= 0);
  const first = places.length > 0 ? Math.min(...places) : 0;
  if (first <= before) return plain.slice(0, length);
  const begin = plain.indexOf(' ', first - before) + 1;
  return `…${plain.slice(begin, begin + length)}`;
}
