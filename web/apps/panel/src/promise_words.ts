// What became of a promise, as a sentence under it.
import type { Promised } from '@kith/wire';
import { clock, m, relative_day, short_time, when_words } from '@kith/words';

export function promise_words({ state, due }: Pick<Promised, 'state' | 'due'>, name: string): string {
  const when = due_words(due);
  if (state === 'kept') return m.panel_promise_kept({ name });
  if (state === 'broken') return m.panel_promise_broken({ name, when });
  if (state === 'owned') return m.panel_promise_owned({ name, when });
  return state === 'renegotiated' ? m.panel_promise_moved({ name, when }) : m.panel_promise_given({ name, when });
}

/** After "by": "19:00" today, "tomorrow, 9:00", "3 December". */
export const due_words = (due: string) => (relative_day(due) === relative_day(clock.now) ? short_time(due) : when_words(due));
