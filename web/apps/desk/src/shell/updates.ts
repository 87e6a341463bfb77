// A newer Kith is told once, and taken when asked for, or while nobody looks and nothing is being written.
import { Updates } from '@kith/sw';
import { notice_when_left_behind } from '@kith/store/shared/left_behind';
import type { DeskHouse } from '@kith/store/desk';
import { toast } from '@kith/ui/toast';
import { m } from '@kith/words';

// Drafts are kept with every keystroke; what is half done in a sheet or a form is kept nowhere yet.
function is_half_done(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement>('form :is(input:not([type=radio], [type=checkbox]), textarea)');
  return document.querySelector('dialog:modal') !== null || [...fields].some((field) => field.value !== '');
}

let updates: Updates | null = null;

export function follow_updates(house: DeskHouse): void {
  if (updates || !import.meta.env.PROD) return;
  const take = () => void updates?.apply();
  const say = (take: () => void) => toast.say(m.desk_newer(), { undo: take, undo_words: m.desk_newer_take(), ms: 60_000 });
  updates = new Updates({ on_ready: () => say(take) });
  updates.start();
  updates.apply_when_hidden(() => house.connection === 'here' && !is_half_done());
  const anew = () => location.reload();
  notice_when_left_behind({ take: anew, may_take: () => !is_half_done(), ask: () => say(anew) });
}
