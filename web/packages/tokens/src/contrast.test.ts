import { expect, test } from 'vitest';
import { contrast, failing_pairs } from './contrast.ts';

test('every pair of colours that the screens use can be read', () => {
  expect(failing_pairs()).toEqual([]);
});

test('contrast is measured as WCAG says', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2);
});
