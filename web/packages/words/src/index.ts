// What the screens say. `m.area_meaning({...})` is a message in the language of this page.
export * from './amounts.ts';
export { clock } from './clock.svelte.ts';
export { best_locale, choose_locale, locale, locale_names, locale_with_region, type Locale } from './locale.svelte.ts';
export { m } from './paraglide/messages.js';
export * from './times.ts';
