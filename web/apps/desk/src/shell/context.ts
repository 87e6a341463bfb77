// What every part of the desk may reach for: `const { house, router } = get_desk();` in a component's script.
import type { DeskHouse } from '@kith/store/desk';
import { createContext } from 'svelte';
import type { EntryActs } from './entry_acts.svelte.ts';
import type { Layout } from './layout.svelte.ts';
import type { Openings } from './openings.svelte.ts';
import type { Router } from './router.svelte.ts';
import type { Shortcuts } from './shortcuts.svelte.ts';

export interface Desk {
  readonly house: DeskHouse;
  readonly router: Router;
  readonly layout: Layout;
  readonly shortcuts: Shortcuts;
  readonly entry_acts: EntryActs;
  readonly open: Openings;
}

export const [get_desk, set_desk] = createContext<Desk>();
