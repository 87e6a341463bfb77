import { expect, test } from 'vitest';
import { exact_origin, read_address } from './address.ts';
import { shown_file_name, shown_name } from './names.ts';
import { reached_at } from './reach.ts';

test('The panel believes in nothing but a bare origin', () => {
  expect(exact_origin('https://shop.example')).toBe('https://shop.example');
  expect(exact_origin('https://shop.example/')).toBeNull();
  expect(exact_origin('https://shop.example/x')).toBeNull();
  expect(exact_origin('null')).toBeNull();
  expect(exact_origin('javascript:alert(1)')).toBeNull();
  expect(exact_origin('*')).toBeNull();
  expect(exact_origin('file://')).toBeNull();
});

test('A full page and a panel read their addresses', () => {
  expect(read_address('https://kith.example/hello/ab', false)).toEqual({ place: 'page', inbox: 'ab', host: null, lang: null });
  expect(read_address('https://kith.example/hello', false).inbox).toBeNull();
  const panel = read_address('https://kith.example/panel/?inbox=ab&host=https%3A%2F%2Fshop.example&lang=de', true);
  expect(panel).toEqual({ place: 'panel', inbox: 'ab', host: 'https://shop.example', lang: 'de' });
  expect(read_address('https://kith.example/panel/?inbox=&host=https%3A%2F%2Fshop.example', false)).toMatchObject({
    inbox: null,
    host: null,
  });
});

test('A name that cannot be seen gives way to kind words', () => {
  expect(shown_name('\u200b\u2060\u3164 \u00ad')).toBe('Somebody of the team');
  expect(shown_name('')).toBe('Somebody of the team');
  expect(shown_name('Mira')).toBe('Mira');
});

test('A name cannot turn the sentence around it', () => {
  expect(shown_name('Mi\u202era')).toBe('Mira');
  expect(shown_name('\u05de\u05d9\u05e8\u05d4')).toBe('\u2068\u05de\u05d9\u05e8\u05d4\u2069');
});

test('A novel of a name is cut, and letters stay whole', () => {
  const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
  const short = shown_name(family.repeat(100));
  expect([...new Intl.Segmenter().segment(short)].length).toBe(40);
  expect(short.endsWith('…')).toBe(true);
  expect(shown_name('Z\u0300\u0301\u0302\u0303\u0304a')).toBe('Z\u0300\u0301a');
});

test('One field takes an email address or a phone', () => {
  expect(reached_at(' ingrid@example.org ')).toEqual({ kind: 'email', value: 'ingrid@example.org' });
  expect(reached_at('+46 70-123 41 20')).toEqual({ kind: 'phone', value: '+46701234120' });
  expect(reached_at('ingrid')).toBeNull();
  expect(reached_at('12')).toBeNull();
  expect(reached_at('a@b')).toBeNull();
});

test('A file cannot wear another ending', () => {
  expect(shown_file_name('\u202Egnp.exe.pdf')).toBe('gnp.exe.pdf');
});
