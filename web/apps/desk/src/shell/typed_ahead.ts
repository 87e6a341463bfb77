// What is typed while the palette is still on its way: kept for it, letter by letter, and taken for no key of the desk meanwhile.
import type { Openings } from './openings.svelte.ts';

export function keep_for_search(open: Openings): () => void {
  const typed = (event: KeyboardEvent) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector('dialog:modal')) return; // it is there, and hears for itself
    event.preventDefault();
    event.stopImmediatePropagation();
    open.search_words += event.key;
  };
  addEventListener('keydown', typed, true);
  return () => removeEventListener('keydown', typed, true);
}
