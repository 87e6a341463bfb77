// Times in words, in the language and region of the page. Nobody reads a date where "Monday" will do.
import { clock } from './clock.svelte.ts';
import { locale, locale_with_region } from './locale.svelte.ts';
import { m } from './paraglide/messages.js';

export type Moment = Date | number | string;
export type Where = { now?: Moment | undefined; time_zone?: string | undefined };

const minute_ms = 60_000;
const day_ms = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

// Making a formatter costs more than a thousand uses of it.
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale_with_region()} ${JSON.stringify(options)}`;
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.DateTimeFormat(locale_with_region(), options)));
  return known;
}

const zone = (where: Where): Intl.DateTimeFormatOptions => (where.time_zone ? { timeZone: where.time_zone } : {});
const now_of = (where: Where) => new Date(where.now ?? clock.now);
const capital = (words: string) => words.charAt(0).toLocaleUpperCase(locale()) + words.slice(1);

/** Whole days from one moment to another as a calendar on the wall counts them: negative is in the past. */
function days_between(from: Date, to: Date, where: Where): number {
  return Math.round((day_number(to, where) - day_number(from, where)) / day_ms);
}

const calendars = new Map<string, Intl.DateTimeFormat>();

// Here the browser knows by itself what day it is; elsewhere only a formatter does.
function day_number(at: Date, where: Where): number {
  if (!where.time_zone) return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
  let parts = calendars.get(where.time_zone);
  if (!parts) {
    parts = new Intl.DateTimeFormat('en-US-u-nu-latn', { year: 'numeric', month: 'numeric', day: 'numeric', ...zone(where) });
    calendars.set(where.time_zone, parts);
  }
  const by_type = new Map(parts.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  return Date.UTC(by_type.get('year') ?? 0, (by_type.get('month') ?? 1) - 1, by_type.get('day') ?? 1);
}

function year_of(at: Date, where: Where): number {
  return new Date(day_number(at, where)).getUTCFullYear();
}

/** "14:02", "8:40"; "2:02 PM" where people read it so. */
export function short_time(at: Moment, where: Where = {}): string {
  const parts = format({ hour: 'numeric', minute: '2-digit', ...zone(where) }).formatToParts(new Date(at));
  return parts.map((part) => (part.type === 'hour' ? String(Number(part.value)) : part.value)).join('');
}

/** "3 May", "3 May 2024". */
export function short_date(at: Moment, where: Where = {}): string {
  const date = new Date(at);
  const other_year = year_of(date, where) !== year_of(now_of(where), where);
  return format({ day: 'numeric', month: 'long', ...(other_year ? { year: 'numeric' } : {}), ...zone(where) }).format(date);
}

/** "Friday 14 November 2025 at 14:02", for a tooltip. */
export function full_time(at: Moment, where: Where = {}): string {
  return format({ dateStyle: 'full', timeStyle: 'short', ...zone(where) }).format(new Date(at));
}

const weekday = (at: Date, length: 'long' | 'short', where: Where) => format({ weekday: length, ...zone(where) }).format(at);
const named_day = (days: number) => new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day');

/** "Today", "Yesterday", "Monday", "3 May", "3 May 2024": the day between two messages. */
export function relative_day(at: Moment, where: Where = {}): string {
  const date = new Date(at);
  const days = days_between(now_of(where), date, where);
  if (Math.abs(days) <= 1) return capital(named_day(days));
  if (days < 0 && days > -7) return capital(weekday(date, 'long', where));
  return short_date(date, where);
}

/** How long somebody waits: "just now", "6 min", "since 8:40", "since yesterday", "since Monday", "since 3 May". */
export function waiting_words(since: Moment, where: Where = {}): string {
  const date = new Date(since);
  const now = now_of(where);
  const minutes = Math.floor((now.getTime() - date.getTime()) / minute_ms);
  if (minutes < 1) return m.words_just_now();
  if (minutes < 60) return m.words_minutes_short({ count: minutes });
  const days = days_between(now, date, where);
  if (days === 0) return m.words_since({ when: short_time(date, where) });
  if (days === -1) return m.words_since({ when: named_day(-1) });
  if (days > -7) return m.words_since({ when: weekday(date, 'long', where) });
  return m.words_since({ when: short_date(date, where) });
}

/** What lies ahead: "at 14:20", "tomorrow, 9:00", "Mon 9:00", "3 May". */
export function when_words(at: Moment, where: Where = {}): string {
  const date = new Date(at);
  const days = days_between(now_of(where), date, where);
  const time = short_time(date, where);
  if (days === 0) return m.words_at({ time });
  if (days === 1) return m.words_tomorrow_at({ time });
  if (days > 1 && days < 7) return m.words_day_at({ day: weekday(date, 'short', where), time });
  return short_date(date, where);
}

/** When something was, in a list: "14:02" today, else the day: "Yesterday", "Mon", "3 May". */
export function list_time(at: Moment, where: Where = {}): string {
  const date = new Date(at);
  const days = days_between(now_of(where), date, where);
  if (days === 0) return short_time(date, where);
  if (days < -1 && days > -7) return weekday(date, 'short', where);
  return relative_day(date, where);
}

// Where May is autumn, a season would be a riddle.
const south = /^(Australia|Antarctica)\/|Auckland|Johannesburg|Sao_Paulo|Buenos_Aires|Santiago|Montevideo|Asuncion/;

function season(at: Date, where: Where): string {
  const month = new Date(day_number(at, where)).getUTCMonth();
  const year = year_of(at, where);
  if (month >= 2 && month <= 4) return m.words_spring({ year });
  if (month >= 5 && month <= 7) return m.words_summer({ year });
  if (month >= 8 && month <= 10) return m.words_autumn({ year });
  return m.words_winter({ year });
}

/** Long ago, as people remember it: "May" this year, "spring 2019" before. */
export function since_words(at: Moment, where: Where = {}): string {
  const date = new Date(at);
  if (year_of(date, where) === year_of(now_of(where), where)) return format({ month: 'long', ...zone(where) }).format(date);
  const place = where.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (south.test(place)) return format({ month: 'long', year: 'numeric', ...zone(where) }).format(date);
  return season(date, where);
}
