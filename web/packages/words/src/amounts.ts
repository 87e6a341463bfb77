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

/** "Jonas, Amara and Priya". */
export function list_words(names: readonly string[]): string {
  return joined(names, 'conjunction');
}

/** "Jonas or Amara". */
export function choice_words(names: readonly string[]): string {
  return joined(names, 'disjunction');
}

// Making a format costs a thousand times as much as using it.
const list_formats = new Map<string, Intl.ListFormat>();

function joined(names: readonly string[], type: 'conjunction' | 'disjunction'): string {
  if (names.length < 2) return names[0] ?? '';
  const locale = locale_with_region();
  const key = `${type} ${locale}`;
  const format = list_formats.get(key) ?? new Intl.ListFormat(locale, { type });
  list_formats.set(key, format);
  return format.format(names);
}

/** A name or an address inside a sentence: its own direction does not turn the words around it. */
export function apart(words: string): string {
  return `\u2068${words}\u2069`;
}
