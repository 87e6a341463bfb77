// Languages by their names, in the language of this page.
import { locale } from '@kith/words';

export function language_name(tag: string): string {
  try {
    return new Intl.DisplayNames([locale()], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag; // whatever a browser once said
  }
}

// As one says it: somebody speaks English, wherever her browser comes from.
export function spoken_name(tag: string): string {
  return language_name(tag.split('-')[0] ?? tag);
}

// Those offered first; whatever else she speaks can be typed.
export const common_languages = [
  'ar',
  'da',
  'de',
  'en',
  'es',
  'fa',
  'fi',
  'fr',
  'hi',
  'it',
  'ja',
  'ko',
  'nb',
  'nl',
  'pl',
  'pt',
  'ru',
  'sv',
  'tr',
  'uk',
  'vi',
  'zh',
];
