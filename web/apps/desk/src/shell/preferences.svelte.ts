// What each colleague set for herself is followed at once: theme, size of the text, language, single-letter keys.
import type { DeskHouse } from '@kith/store/desk';
import { set_text_size, set_theme } from '@kith/tokens/scale';
import { choose_locale } from '@kith/words';
import type { Shortcuts } from './shortcuts.svelte.ts';

export function follow_preferences(house: () => DeskHouse, shortcuts: Shortcuts): void {
  $effect(() => {
    const wanted = house().preferences;
    if (!wanted) return;
    set_theme(wanted.theme);
    set_text_size(wanted.text_size);
    choose_locale(wanted.locale || undefined);
    shortcuts.single_keys = wanted.single_keys;
  });
}
