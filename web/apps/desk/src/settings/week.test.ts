import { expect, test } from 'vitest';
import { hours_problem, next_hours } from './week.ts';

test('Periods of a day may touch, but not overlap', () => {
  expect(
    hours_problem([
      { from: '09:00', until: '12:00' },
      { from: '12:00', until: '17:00' },
    ]),
  ).toBeNull();
  expect(
    hours_problem([
      { from: '13:00', until: '17:00' },
      { from: '09:00', until: '13:30' },
    ]),
  ).toBe('overlap');
});

test('A period ends after it begins', () => {
  expect(hours_problem([{ from: '17:00', until: '09:00' }])).toBe('order');
  expect(hours_problem([{ from: '', until: '09:00' }])).toBe('order');
});

test('A second period begins after lunch', () => {
  expect(next_hours([])).toEqual({ from: '09:00', until: '17:00' });
  expect(next_hours([{ from: '09:00', until: '12:30' }])).toEqual({ from: '13:30', until: '16:30' });
});
