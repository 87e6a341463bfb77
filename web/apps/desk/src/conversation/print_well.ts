// A conversation prints as a document: all of it that is loaded, dark on light, whatever the screen looks like.
import { flushSync } from 'svelte';
import type { LogScroll } from './log_scroll.svelte.ts';

export function print_well(scroll: LogScroll): () => void {
  const root = document.documentElement;
  let theme: string | undefined;
  const before = () => {
    theme = root.dataset['theme'];
    root.dataset['theme'] = 'light';
    flushSync(() => scroll.draw_all());
  };
  const after = () => {
    if (theme === undefined) delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  };
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
  };
}
