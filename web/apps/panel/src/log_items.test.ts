import type { ShownEntry } from '@kith/store/types';
import type { Promised, Topic } from '@kith/wire';
import { expect, test } from 'vitest';
import { log_items } from './log_items.ts';

const noon = Date.parse('2026-11-20T12:00:00Z');
const day = 86_400_000;

function said(id: string, at: number, kind: 'customer' | 'colleague', seq: number, person = kind): ShownEntry {
  const author = { kind, person, machine: null };
  return {
    id,
    seq,
    strand: 's',
    kind: 'message',
    channel: 'web',
    author,
    text: id,
    attachments: [],
    at: new Date(at).toISOString(),
    version: 1,
    taken_back: false,
    state: 'kept',
    held_until: null,
    problem: null,
    act: null,
  };
}

const shape = (items: ReturnType<typeof log_items>) => items.map((item) => (item.kind === 'entry' ? item.key : item.kind));

test('A day stands before its first word', () => {
  const items = log_items(
    [said('a', noon, 'customer', 1), said('b', noon + day, 'colleague', 2)],
    { topics: [], news_after: null },
    noon + day,
  );
  expect(shape(items)).toEqual(['day', 'a', 'day', 'b']);
});

test('Only the last of a run says the time', () => {
  const entries = [
    said('a', noon, 'colleague', 1),
    said('b', noon + 1000, 'colleague', 2),
    said('c', noon + 2000, 'colleague', 3, 'colleague'),
  ];
  const items = log_items([...entries, said('d', noon + 600_000, 'colleague', 4)], { topics: [], news_after: null }, noon + 600_000);
  const ends = items.flatMap((item) => (item.kind === 'entry' && item.ends_run ? [item.key] : []));
  expect(ends).toEqual(['c', 'd']);
});

test('What is new is set apart once, and her own words are never news', () => {
  const entries = [
    said('a', noon, 'customer', 1),
    said('b', noon, 'customer', 2),
    said('c', noon, 'colleague', 3),
    said('d', noon, 'colleague', 4),
  ];
  expect(shape(log_items(entries, { topics: [], news_after: 1 }, noon))).toEqual(['day', 'a', 'b', 'news', 'c', 'd']);
});

test('Who comes back after days is greeted with what it was about', () => {
  const topic = { id: 't', title: 'the move', entries: ['a'] } as unknown as Topic;
  const before = [said('a', noon - 9 * day, 'colleague', 1)];
  const silent = log_items(before, { topics: [topic], news_after: null }, noon);
  expect(silent.at(-1)).toMatchObject({ kind: 'knows', topic: 'the move' });
  const spoken = log_items([...before, said('b', noon, 'customer', 2)], { topics: [topic], news_after: null }, noon);
  expect(shape(spoken)).toEqual(['day', 'a', 'knows', 'day', 'b']);
});

test('Who wrote an hour ago needs no greeting', () => {
  expect(shape(log_items([said('a', noon, 'customer', 1)], { topics: [], news_after: null }, noon + 3_600_000))).toEqual(['day', 'a']);
});

test('A promise stands where it was given, and one from before the first word that is shown waits for the words of its time', () => {
  const promise = (id: string, at: number) => ({ id, given_at: new Date(at).toISOString(), changed_seq: 1 }) as Promised;
  const promises = [promise('late', noon + day), promise('early', noon - day), promise('between', noon + 1000)];
  const entries = [said('a', noon, 'customer', 1), said('b', noon + 1000, 'colleague', 2)];
  const items = log_items(entries, { topics: [], promises, news_after: null }, noon + day);
  expect(items.map((item) => (item.kind === 'day' ? 'day' : item.key))).toEqual(['day', 'a', 'between', 'b', 'day', 'late']);
});
