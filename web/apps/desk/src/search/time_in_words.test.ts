import { expect, test } from 'vitest';
import { time_in_words } from './time_in_words.ts';

const now = new Date(2026, 10, 22, 10); // a Sunday in November
const day = (at: Date | null) => at && `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`;
const read = (text: string, language = 'en') => {
  const { words, from, until } = time_in_words(text, now, language);
  return [words, day(from), day(until)];
};

test('Words without a time stay as they are', () => {
  expect(read('the broken lamp')).toEqual(['the broken lamp', null, null]);
});

test('A day near by narrows the search to it', () => {
  expect(read('lamp yesterday')).toEqual(['lamp', '2026-11-21', '2026-11-22']);
  expect(read('lamp monday')).toEqual(['lamp', '2026-11-16', '2026-11-17']);
  expect(read('Lampe gestern', 'de')).toEqual(['Lampe', '2026-11-21', '2026-11-22']);
  expect(read('lamp last week')).toEqual(['lamp', '2026-11-9', '2026-11-16']);
});

test('A month without a year is the last one there was', () => {
  expect(read('invoice in May')).toEqual(['invoice', '2026-5-1', '2026-6-1']);
  expect(read('invoice December')).toEqual(['invoice', '2025-12-1', '2026-1-1']);
  expect(read('Rechnung 3. Mai 2023', 'de')).toEqual(['Rechnung', '2023-5-3', '2023-5-4']);
  expect(read('sofa 2023')).toEqual(['sofa', '2023-1-1', '2024-1-1']);
});

test('Somebody called May, or a day that is not in the calendar, is looked for as a word', () => {
  expect(read('May')).toEqual(['May', null, null]);
  expect(read('lamp 31 April')).toEqual(['lamp 31', '2026-4-1', '2026-5-1']);
});
