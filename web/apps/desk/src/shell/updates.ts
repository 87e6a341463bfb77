// A newer Kith is told once, and taken when asked for, or while nobody looks and nothing is being written.
import { Updates } from '@kith/sw';
import type { DeskHouse } from '@kith/store/desk';
import { toast } from '@kith/ui';
import { m } from '@kith/words';

let updates: Updates | null = null;

export function follow_updates(house: DeskHouse): void {
  if (updates || !import.meta.env.PROD) return;
  const take = () => void updates?.apply();
  updates = new Updates({ on_ready: () => toast.say(m.desk_newer(), { undo: take, undo_words: m.desk_newer_take(), ms: 60_000 }) });
  updates.start();
  updates.apply_when_hidden(() => house.connection === 'here' && !document.querySelector('dialog:modal'));
}
