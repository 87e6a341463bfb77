import { beforeEach, describe, expect, test } from 'vitest';
import de from '../messages/de.json';
import en from '../messages/en.json';
import { duration_words, list_words, size_words, within_words } from './amounts.ts';
import { best_locale, choose_locale, locale, locale_names } from './locale.svelte.ts';
import { m } from './paraglide/messages.js';
import { list_time, relative_day, short_time, since_words, waiting_words, when_words } from './times.ts';

// A Wednesday, 14:05 in Stockholm.
const now = Date.UTC(2026, 10, 18, 13, 5);
const here = { now, time_zone: 'Europe/Stockholm' };
const at = (text: string) => new Date(`${text}+01:00`);

// Locale choice looks at the browser; a test decides what that asks for.
function browser_asks_for(...languages: string[]): void {
  Object.defineProperty(globalThis, 'navigator', { value: { languages }, configurable: true });
}

beforeEach(() => {
  browser_asks_for('en-GB');
  choose_locale();
});

describe('the language', () => {
  test('follows a wish, then the browser, then English', () => {
    expect(best_locale(['fr', 'de-AT', 'en'])).toBe('de');
    expect(best_locale(['fr'])).toBe('en');
    browser_asks_for('de-CH', 'en');
    expect(choose_locale()).toBe('de');
    expect(choose_locale('en')).toBe('en');
    expect(locale()).toBe('en');
  });

  test('changes what a message says at once', () => {
    expect(m.ui_send()).toBe('Send');
    choose_locale('de');
    expect(m.ui_send()).toBe('Senden');
  });

  test('is offered in its own words', () => {
    expect(locale_names()).toEqual([
      { id: 'en', name: 'English' },
      { id: 'de', name: 'Deutsch' },
    ]);
  });
});

describe('plurals', () => {
  test('follow the rules of English', () => {
    expect([0, 1, 2, 21].map((count) => m.words_minutes({ count }))).toEqual(['0 minutes', '1 minute', '2 minutes', '21 minutes']);
  });

  test('follow the rules of German', () => {
    choose_locale('de');
    expect([0, 1, 2, 21].map((count) => m.words_days({ count }))).toEqual(['0 Tage', '1 Tag', '2 Tage', '21 Tage']);
  });

  test('never fall back to the name of a message, in no language and for no count', () => {
    const counted = ['words_minutes', 'words_hours', 'words_days', 'ui_unread'] as const;
    for (const language of ['en', 'de']) {
      choose_locale(language);
      for (const name of counted) {
        for (const count of [0, 1, 2, 3, 5, 11, 100, 1.5]) expect(m[name]({ count })).toContain(String(count));
      }
    }
  });
});

describe('times', () => {
  test('are short', () => {
    expect(short_time(at('2026-11-18T14:02'), here)).toBe('14:02');
    expect(short_time(at('2026-11-18T08:40'), here)).toBe('8:40');
    browser_asks_for('en-US');
    choose_locale();
    expect(short_time(at('2026-11-18T14:02'), here).replace(/\s/u, ' ')).toBe('2:02 PM');
  });

  test('say how long somebody waits', () => {
    const waits = (text: string) => waiting_words(at(text), here);
    expect(waits('2026-11-18T14:04:30')).toBe('just now');
    expect(waits('2026-11-18T13:59')).toBe('6 min');
    expect(waits('2026-11-18T08:40')).toBe('since 8:40');
    expect(waits('2026-11-17T23:00')).toBe('since yesterday');
    expect(waits('2026-11-16T09:00')).toBe('since Monday');
    expect(waits('2026-11-03T09:00')).toBe('since 3 November');
    choose_locale('de');
    expect(waits('2026-11-17T23:00')).toBe('seit gestern');
    expect(waits('2026-11-16T09:00')).toBe('seit Montag');
  });

  test('name the day between two messages', () => {
    const day = (text: string) => relative_day(at(text), here);
    expect(day('2026-11-18T00:10')).toBe('Today');
    expect(day('2026-11-17T23:50')).toBe('Yesterday');
    expect(day('2026-11-14T12:00')).toBe('Saturday');
    expect(day('2026-05-03T12:00')).toBe('3 May');
    expect(day('2024-05-03T12:00')).toBe('3 May 2024');
    choose_locale('de');
    expect(day('2026-11-17T12:00')).toBe('Gestern');
    expect(day('2024-05-03T12:00')).toBe('3. Mai 2024');
  });

  test('count days as a calendar does where the person is', () => {
    const late = { now: Date.UTC(2026, 10, 18, 23, 30), time_zone: 'Asia/Tokyo' };
    expect(relative_day(Date.UTC(2026, 10, 18, 14, 0), late)).toBe('Yesterday');
    expect(relative_day(Date.UTC(2026, 10, 18, 16, 0), late)).toBe('Today');
  });

  test('survive the day that has 25 hours', () => {
    const after = { now: Date.UTC(2026, 9, 26, 8), time_zone: 'Europe/Stockholm' };
    expect(relative_day(Date.UTC(2026, 9, 25, 0, 30), after)).toBe('Yesterday');
    expect(relative_day(Date.UTC(2026, 9, 24, 21, 30), after)).toBe('Saturday');
  });

  test('say what lies ahead', () => {
    const then = (text: string) => when_words(at(text), here);
    expect(then('2026-11-18T14:20')).toBe('at 14:20');
    expect(then('2026-11-19T09:00')).toBe('tomorrow, 9:00');
    expect(then('2026-11-23T09:00')).toBe('Mon 9:00');
    expect(then('2026-12-03T09:00')).toBe('3 December');
  });

  test('are words in a list and in memory', () => {
    expect(list_time(at('2026-11-18T08:40'), here)).toBe('8:40');
    expect(list_time(at('2026-11-16T08:40'), here)).toBe('Mon');
    expect(since_words(at('2026-05-02T08:40'), here)).toBe('May');
    expect(since_words(at('2019-04-02T08:40'), here)).toBe('spring 2019');
    expect(since_words(at('2019-04-02T08:40'), { ...here, time_zone: 'Australia/Sydney' })).toBe('April 2019');
  });
});

test('amounts are what a person would say', () => {
  expect([0.2, 2, 90, 3000].map(within_words)).toEqual(['1 minute', '2 minutes', '2 hours', '2 days']);
  expect([0, 42, 61.4].map(duration_words)).toEqual(['0:00', '0:42', '1:01']);
  expect([1, 999, 340_000, 2_400_000].map(size_words)).toEqual(['1 byte', '999 bytes', '340 kB', '2.4 MB']);
  const names = ['Jonas', 'Amara', 'Priya'];
  expect([0, 1, 2, 3].map((count) => list_words(names.slice(0, count)))).toEqual([
    '',
    'Jonas',
    'Jonas and Amara',
    'Jonas, Amara and Priya',
  ]);
});

test('both languages have the same messages with the same inputs', () => {
  const inputs = (message: unknown) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].toSorted();
  const shape = (messages: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(messages)
        .filter(([key]) => key !== '$schema')
        .map(([key, message]) => [key, inputs(message)]),
    );
  expect(shape(de)).toEqual(shape(en));
});
