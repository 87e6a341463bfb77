import { expect, test } from 'vitest';
import { marked } from './marked.ts';

const drawn = (text: string, ...words: string[]) =>
  marked(text, words)
    .map(({ text: piece, hit }) => (hit ? `[${piece}]` : piece))
    .join('');

test('Every looked-for word is marked, however it is written', () => {
  expect(drawn('A Lamp, two lamps', 'lamp')).toBe('A [Lamp], two [lamp]s');
  expect(drawn('The broken foot', 'foot', 'broken')).toBe('The [broken] [foot]');
});

test('What means something to a pattern means itself here', () => {
  expect(drawn('It cost 4.50 (!)', '4.50', '(')).toBe('It cost [4.50] [(]!)');
  expect(drawn('nothing', '.')).toBe('nothing');
});

test('Without words nothing is marked', () => {
  expect(drawn('A lamp')).toBe('A lamp');
  expect(drawn('A lamp', '')).toBe('A lamp');
});
