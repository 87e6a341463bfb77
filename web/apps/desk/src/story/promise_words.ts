// When something is promised for, as people say it.
import type { Promised } from '@kith/wire';
import { clock, m, relative_day, short_time, when_words } from '@kith/words';

export const is_alive = (promise: Promised): boolean => ['given', 'renegotiated', 'broken'].includes(promise.state);
export const is_late = (promise: Promised): boolean => is_alive(promise) && Date.parse(promise.due) <= clock.now;
const is_same_day = (a: string | number, b: string | number): boolean => relative_day(a) === relative_day(b);

// "18:00" today, "tomorrow, 18:00", "Thu 18:00".
export const point_words = (at: string): string => (is_same_day(at, clock.now) ? short_time(at) : when_words(at));

// "by 18:00", "Thu 18:00 to 20:00".
export function window_words({ from, due }: Pick<Promised, 'from' | 'due'>): string {
  if (!from) return m.desk_promise_by({ when: point_words(due) });
  return m.desk_promise_between({ from: point_words(from), until: is_same_day(from, due) ? short_time(due) : point_words(due) });
}
