// Opening hours as seven rows, beginning with Monday, in the clock of the house. Each row is the next such day, with what is
// different about it; what is different later is told after them.
import type { Schemas } from '@kith/wire';

type Opening = Schemas['Opening'];
type DaysOff = Opening['days_off'][number];

export interface Hours {
  from: string;
  until: string;
}

export interface WeekRow {
  day: number; // 1 is Monday
  name: string;
  is_today: boolean;
  hours: Hours[];
  off: string; // what it is called when it is not like the others
}

export interface OffRow {
  days: string; // "24 – 26 December"
  name: string;
  hours: Hours[];
}

export interface Week {
  rows: WeekRow[];
  coming: OffRow[];
  elsewhere: string; // the time zone of the house where it is another than that of this device
}

const day_ms = 86_400_000;
const days_ahead = 31;

// Days are milliseconds of their midnight in UTC: no clock is ever put forward there.
export function week_of({ week, days_off, time_zone }: Opening, locale: string, now: number = Date.now()): Week {
  // Formats take milliseconds to make: one where the house lives by the same clock as its reader.
  const named = new Intl.DateTimeFormat(locale, { weekday: 'long' });
  const elsewhere = time_zone && time_zone !== named.resolvedOptions().timeZone ? time_zone : '';
  const today = elsewhere ? day_in(elsewhere, now) : day_here(new Date(now));
  const seen_until = week.length === 0 ? today - day_ms : today + 6 * day_ms;
  return {
    rows: week.length === 0 ? [] : rows_of(week, days_off, named, today),
    coming: coming(days_off, locale, today, seen_until),
    elsewhere,
  };
}

function rows_of(week: Opening['week'], days_off: readonly DaysOff[], named: Intl.DateTimeFormat, today: number): WeekRow[] {
  return Array.from({ length: 7 }, (_, at) => {
    const day = at + 1;
    const next = today + ((day - weekday(today) + 7) % 7) * day_ms;
    const off = off_on(days_off, next);
    return {
      day,
      // 1 January 2024 was a Monday.
      name: named.format(new Date(2024, 0, day, 12)),
      is_today: next === today,
      hours: (off ? off.hours : week.filter((each) => each.day === day)).map(in_words),
      off: off?.name ?? '',
    };
  });
}

// What the rows do not show already: days off that go on after them, within a month.
function coming(days_off: readonly DaysOff[], locale: string, today: number, seen_until: number): OffRow[] {
  const ahead = days_off.filter((off) => day_of(off.until) > seen_until && day_of(off.from) <= today + days_ahead * day_ms);
  if (ahead.length === 0) return [];
  const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return ahead
    .toSorted((a, b) => day_of(a.from) - day_of(b.from))
    .map((off) => ({ days: dates.formatRange(day_of(off.from), day_of(off.until)), name: off.name, hours: off.hours.map(in_words) }));
}

// The first that covers a day holds, so that a single evening can be named before the weeks around it.
const off_on = (days_off: readonly DaysOff[], day: number) => days_off.find((off) => day_of(off.from) <= day && day <= day_of(off.until));

const day_of = (date: string) => Date.parse(`${date}T00:00:00Z`);
const weekday = (day: number) => new Date(day).getUTCDay() || 7;
const day_here = (now: Date) => Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());

function day_in(time_zone: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en-US-u-nu-latn', { timeZone: time_zone, year: 'numeric', month: 'numeric', day: 'numeric' });
  const number = new Map(parts.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(number.get('year') ?? 0, (number.get('month') ?? 1) - 1, number.get('day') ?? 1);
}

// "08:00" reads "8:00".
const in_words = ({ from, until }: Hours): Hours => ({ from: clock_words(from), until: clock_words(until) });
const clock_words = (clock: string) => clock.replace(/^0(?=\d)/, '');
