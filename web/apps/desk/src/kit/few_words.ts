// The beginning of what was said, to tell one thing from another by its name.
import { plain_words } from '@kith/ui/markdown';

const most = 40;

export function few_words(text: string, instead: string): string {
  const letters = [...plain_words(text).replace(/\s+/g, ' ').trim()];
  if (letters.length === 0) return instead;
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
}
