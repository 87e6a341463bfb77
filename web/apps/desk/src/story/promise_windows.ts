// Windows people choose for a promise, in words.
import { m } from '@kith/words';

export interface PromiseWindow {
  readonly id: string;
  readonly label: string;
  readonly from: Date | null;
  readonly due: Date;
}

export function promise_windows(now: Date): PromiseWindow[] {
  const at = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const to_friday = (5 - now.getDay() + 7) % 7;
  const all: PromiseWindow[] = [];
  if (now.getHours() < 17) all.push({ id: 'today', label: m.desk_window_today(), from: null, due: at(0, 18) });
  all.push({ id: 'morning', label: m.desk_window_tomorrow_morning(), from: at(1, 9), due: at(1, 12) });
  all.push({ id: 'afternoon', label: m.desk_window_tomorrow_afternoon(), from: at(1, 13), due: at(1, 18) });
  if (to_friday > 1) all.push({ id: 'friday', label: m.desk_window_friday(), from: null, due: at(to_friday, 18) });
  all.push({ id: 'week', label: m.desk_window_week(), from: null, due: at(7, 18) });
  return all;
}
