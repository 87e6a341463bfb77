import { expect, it } from 'vitest';
import { by_letters, by_name } from './order.ts';

it('orders the house’s times', () => {
  const times = ['2026-12-01T09:00:00.000000Z', '2026-02-11T09:00:00.000000Z', '2026-12-01T08:59:59.999999Z'];
  expect(times.toSorted(by_letters)).toEqual([times[1], times[2], times[0]]);
});

it('orders names as readers expect, whether or not the rules of a language are asked', () => {
  const names = ['Zoe', 'anna', 'Ädam', 'Anna Bo', 'Anna', 'bo', 'Adam', "O'Hara", 'Ohara', 'Søren', 'Mara', 'mara'];
  const expected = names.toSorted((a, b) => a.localeCompare(b));
  expect(names.toSorted(by_name)).toEqual(expected);
  expect(names.toReversed().toSorted(by_name)).toEqual(expected);
});
