// "Coming back later", with the way back.
import type { Talk } from '@kith/store/desk';
import { toast } from '@kith/ui/toast';
import { m, when_words } from '@kith/words';
import { attempt } from '../kit/attempt.ts';
import { called, first_name } from '../kit/names.ts';

type Wish = Parameters<Talk['later']>[0];

export async function put_off(talk: Talk, wish: Wish): Promise<void> {
  const name = first_name(called(talk.person));
  const done = await attempt(() => talk.later(wish));
  if (!done) return;
  const words = wish.until ? m.desk_later_done({ name, when: when_words(wish.until) }) : m.desk_later_done_she_writes({ name });
  toast.say(words, { undo: () => void attempt(() => talk.not_later()) });
}
