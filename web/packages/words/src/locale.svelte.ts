// The language of this page. It is a signal: a message in a template follows when it changes, without a reload.
import { baseLocale, locales, overwriteGetLocale } from './paraglide/runtime.js';

export type Locale = (typeof locales)[number];

let current = $state<Locale>(baseLocale);
let region = $state<string>('en-GB');
overwriteGetLocale(() => current);

// Where the browser does not say otherwise: a 24-hour clock, days before months.
const usual_region: Record<Locale, string> = { en: 'en-GB', de: 'de-DE' };
const right_to_left = new Set(['ar', 'fa', 'he', 'ps', 'ur', 'yi']);

const language_of = (tag: string) => tag.toLowerCase().split(/[-_]/)[0] ?? '';

function spoken(tag: string): Locale | undefined {
  return locales.find((known) => known === language_of(tag));
}

/** The language we speak out of those somebody would like, best first. */
export function best_locale(wishes: readonly string[]): Locale {
  for (const wish of wishes) {
    const known = spoken(wish);
    if (known) return known;
  }
  return baseLocale;
}

/** A wish (a preference, a word in the address), else what the browser asks for, else English. */
export function choose_locale(wish?: string | null): Locale {
  const asked = typeof navigator === 'undefined' ? [] : navigator.languages;
  current = best_locale(wish ? [wish, ...asked] : asked);
  region = asked.find((tag) => spoken(tag) === current && tag.includes('-')) ?? usual_region[current];
  if (typeof document !== 'undefined') {
    document.documentElement.lang = current;
    document.documentElement.dir = right_to_left.has(current) ? 'rtl' : 'ltr';
  }
  return current;
}

export function locale(): Locale {
  return current;
}

/** The language with its region, for times and numbers: somebody in the States reads 2:02 PM. */
export function locale_with_region(): string {
  return region;
}

/** Each language in its own words, for a choice of languages. */
export function locale_names(): { id: Locale; name: string }[] {
  return locales.map((id) => ({ id, name: new Intl.DisplayNames([id], { type: 'language' }).of(id) ?? id }));
}
