// Lengths, sizes and names in words.
import { locale_with_region } from './locale.svelte.ts';
import { m } from './paraglide/messages.js';

/** "2 minutes", "1 hour", "3 days": what lies ahead, rounded to what a person would say. */
export function within_words(minutes: number): string {
  if (minutes < 60) return m.words_minutes({ count: Math.max(1, Math.round(minutes)) });
  if (minutes < 36 * 60) return m.words_hours({ count: Math.round(minutes / 60) });
  return m.words_days({ count: Math.round(minutes / 60 / 24) });
}

/** "0:42", for a recording. */
export function duration_words(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** "340 kB", "2.4 MB". */
export function size_words(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat(locale_with_region(), {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 1 ? 1 : 0,
  }).format(value);
}

/** "Jonas, Amara and Priya". Not by Intl: its first list costs a phone a tenth of a second, and names stand on the first screen. */
export function list_words(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : m.words_list_and({ before: names.slice(0, -1).join(', '), last });
}

/** A name or an address inside a sentence: its own direction does not turn the words around it. */
export function apart(words: string): string {
  return `\u2068${words}\u2069`;
}
