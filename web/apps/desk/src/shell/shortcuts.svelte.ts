// Every key of the desk stands here once: it is bound from here, and the `?` sheet and the palette read it from here. Keys
// that are a single letter can be switched off (WCAG 2.1.4) and never work while somebody writes.
import { tinykeys } from 'tinykeys';

export type ShortcutGroup = 'everywhere' | 'people' | 'conversation' | 'writing';

export interface Shortcut {
  readonly id: string;
  readonly keys: string; // as tinykeys reads them: 'b', 'g p', '$mod+k', 'Shift+?'
  readonly label: () => string;
  readonly group: ShortcutGroup;
  readonly icon?: string;
  readonly run: (event?: KeyboardEvent) => void;
  readonly while_writing?: boolean; // works in a field, too; only for keys with a modifier
  readonly when?: () => boolean; // false: not now; neither bound nor offered
  readonly hidden?: boolean; // bound, but listed nowhere (a second key for the same thing)
}

export class Shortcuts {
  private groups = $state.raw<readonly (readonly Shortcut[])[]>([]);
  single_keys = $state(true);
  readonly all = $derived(this.groups.flat());
  // What belongs to the place somebody is in comes before what works everywhere, whichever was there first.
  readonly listed = $derived(
    this.all.filter((shortcut) => !shortcut.hidden).toSorted((a, b) => Number(a.group === 'everywhere') - Number(b.group === 'everywhere')),
  );

  // Returns how to take them away again. Later ones win over earlier ones with the same keys.
  add(shortcuts: readonly Shortcut[]): () => void {
    this.groups = [...this.groups, shortcuts];
    return () => (this.groups = this.groups.filter((group) => group !== shortcuts));
  }

  is_on(shortcut: Shortcut): boolean {
    return (this.single_keys || !is_single(shortcut.keys)) && (shortcut.when?.() ?? true);
  }

  // Binds what is registered now; call it in an effect, it follows by itself.
  bind(): () => void {
    const map: Record<string, (event: KeyboardEvent) => void> = {};
    for (const shortcut of this.all) map[shortcut.keys] = (event) => this.pressed(shortcut.keys, event);
    return tinykeys(window, map, { ignore: () => false });
  }

  private pressed(keys: string, event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const chosen = this.all.findLast((shortcut) => shortcut.keys === keys && this.is_on(shortcut));
    if (!chosen || is_covered(event)) return;
    if (is_writing(event) && !chosen.while_writing) return;
    event.preventDefault();
    chosen.run(event);
  }
}

// A letter (or a row of letters) without a modifier.
export function is_single(keys: string): boolean {
  return !/(\$mod|Alt|Control|Meta)\]?\+/.test(keys) && keys.split(' ').some((press) => (press.split('+').at(-1) ?? '').length === 1);
}

// For people: 'g p' as ['G', 'P'], '$mod+k' as ['Ctrl', 'K'].
export function key_caps(keys: string): string[] {
  const mac = /Mac|iP(hone|ad)/.test(navigator.userAgent);
  const names: Record<string, string> = {
    $mod: mac ? '⌘' : 'Ctrl',
    Alt: mac ? '⌥' : 'Alt',
    Enter: '↵',
    Escape: 'Esc',
    ArrowUp: '↑',
    ArrowDown: '↓',
  };
  // Shift is said only where the key does not say it already: "?" is "?", not "Shift /".
  const shown = keys
    .split(/[ +]/)
    .filter((part, at, all) => part !== '[Shift]' && (part !== 'Shift' || /^[A-Za-z]/.test(all[at + 1] ?? '')));
  return shown.map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

function is_writing(event: KeyboardEvent): boolean {
  const at = event.target;
  if (!(at instanceof HTMLElement)) return false;
  return at.isContentEditable || at.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=range], [type=button])');
}

// A sheet over the page has the keys for itself.
function is_covered(event: KeyboardEvent): boolean {
  const open = document.querySelector('dialog:modal');
  return open !== null && !(event.target instanceof Node && open.contains(event.target) && (event.ctrlKey || event.metaKey));
}
