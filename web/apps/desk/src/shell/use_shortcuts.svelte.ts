// Registers keys for as long as the component stands there. Keys may depend on signals.
import { untrack } from 'svelte';
import { get_desk } from './context.ts';
import type { Shortcut } from './shortcuts.svelte.ts';

export function use_shortcuts(make: () => readonly Shortcut[]): void {
  const { shortcuts } = get_desk();
  $effect(() => {
    const made = make();
    return untrack(() => {
      const take_away = shortcuts.add(made);
      return () => untrack(take_away);
    });
  });
}
