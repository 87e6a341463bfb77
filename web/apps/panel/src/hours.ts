// Opening hours as seven rows, beginning with Monday, in the clock of the house.
import type { Schemas } from '@kith/wire';

export interface WeekRow {
  day: number; // 1 is Monday
  name: string;
  is_today: boolean;
  hours: { from: string; until: string }[];
}

export interface Week {
  rows: WeekRow[];
  elsewhere: string; // the time zone of the house where it is another than that of this device
}

export function week_of({ week, time_zone }: Schemas['Opening'], locale: string, now: number = Date.now()): Week {
  if (week.length === 0) return { rows: [], elsewhere: '' };
  // Formats take milliseconds to make: one where the house lives by the same clock as its reader.
  const named = new Intl.DateTimeFormat(locale, { weekday: 'long' });
  const elsewhere = time_zone && time_zone !== named.resolvedOptions().timeZone ? time_zone : '';
  const today = elsewhere ? day_in(elsewhere, now) : new Date(now).getDay() || 7;
  const rows = Array.from({ length: 7 }, (_, at) => ({
    day: at + 1,
    // 1 January 2024 was a Monday.
    name: named.format(new Date(2024, 0, 1 + at, 12)),
    is_today: at + 1 === today,
    hours: week.filter((each) => each.day === at + 1).map(({ from, until }) => ({ from: clock_words(from), until: clock_words(until) })),
  }));
  return { rows, elsewhere };
}

function day_in(time_zone: string, now: number): number {
  const short = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: time_zone });
  return ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(short.format(now)) + 1;
}

// "08:00" reads "8:00".
const clock_words = (clock: string) => clock.replace(/^0(?=\d)/, '');
