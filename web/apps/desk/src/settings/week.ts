// Opening hours as people think of them: a week of days with periods, and days that are not like the others.
import type { Schemas } from '@kith/wire';
import { locale } from '@kith/words';

export type Opening = Schemas['Opening'];
export type Period = Opening['week'][number];
export type Hours = { from: string; until: string };

export const days = [1, 2, 3, 4, 5, 6, 7] as const;

// The 1st of January 2024 was a Monday.
export const day_name = (day: number): string => new Intl.DateTimeFormat(locale(), { weekday: 'long' }).format(new Date(2024, 0, day));

export const minutes = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

// What is wrong with the hours of one day: an end before its beginning, or two that overlap.
export function hours_problem(hours: readonly Hours[]): 'order' | 'overlap' | null {
  if (hours.some((one) => !one.from || !one.until || minutes(one.from) >= minutes(one.until))) return 'order';
  const sorted = hours.toSorted((a, b) => minutes(a.from) - minutes(b.from));
  return sorted.some((one, at) => at > 0 && minutes(one.from) < minutes(sorted[at - 1]?.until ?? '00:00')) ? 'overlap' : null;
}

// The next period of a day: after what is there, else the usual one.
export function next_hours(hours: readonly Hours[]): Hours {
  const last = Math.max(0, ...hours.map((one) => minutes(one.until)));
  if (last === 0) return { from: '09:00', until: '17:00' };
  const time = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  const from = Math.min(last + 60, 23 * 60);
  return { from: time(from), until: time(Math.min(from + 180, 24 * 60 - 1)) };
}
