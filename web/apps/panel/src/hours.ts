// Opening hours as seven rows, beginning with Monday, in the clock of the house.
import type { Schemas } from '@kith/wire';

export interface WeekRow {
  day: number; // 1 is Monday
  name: string;
  is_today: boolean;
  hours: { from: string; until: string }[];
}

// 1 January 2024 was a Monday.
const monday = Date.UTC(2024, 0, 1);
const day_ms = 86_400_000;

export function week_rows(opening: Schemas['Opening'], locale: string, now: number = Date.now()): WeekRow[] {
  if (opening.week.length === 0) return [];
  const named = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const short = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: opening.time_zone || undefined });
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const today = days.indexOf(short.format(now)) + 1;
  return days.map((_, at) => ({
    day: at + 1,
    name: named.format(monday + at * day_ms),
    is_today: at + 1 === today,
    hours: opening.week
      .filter((each) => each.day === at + 1)
      .map(({ from, until }) => ({ from: clock_words(from), until: clock_words(until) })),
  }));
}

// "08:00" reads "8:00".
const clock_words = (clock: string) => clock.replace(/^0(?=\d)/, '');
