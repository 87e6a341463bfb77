// What is mine, exactly as the house has it, whatever was missed.
import type { Api, LiveEvent } from '@kith/wire';
import { expect, test } from 'vitest';
import { Household } from './household.svelte.ts';

const me = 'mira';
const due = '2030-01-01T08:00:00Z';
const promise = (id: string, changed_seq: number, more: object = {}) => ({
  id,
  by: me,
  to: 'ingrid',
  state: 'given',
  due,
  changed_seq,
  ...more,
});
const handover = (id: string, changed_seq: number) => ({ id, conversation: 'c', from: 'jonas', to: me, state: 'offered', changed_seq });
const scheduled = (id: string, changed_seq: number) => ({ id, conversation: 'c', by: me, state: 'waiting', send_at: due, changed_seq });
const mention = (id: string, changed_seq: number, more: object = {}) => ({
  note: { id, about: 'ingrid', author: 'jonas', mentions: [me], taken_back: false, changed_seq, ...more },
  conversation: 'c',
  person: { id: 'ingrid', called: 'Ingrid', face: null },
});
const happens = (event: object) => ({ type: 'event', seq: 0, conversation: 'c', ...event }) as unknown as LiveEvent;

class Lists {
  promises: object[] = [];
  handovers: object[] = [];
  scheduled: object[] = [];
  mentions: object[] = [];
  colleagues: object[] = [];
  page = 100;
  before_answer = (): void => {};

  readonly api = {
    GET: async (path: string, { params }: { params?: { query?: { after?: string } } } = {}) => {
      this.before_answer();
      return { data: this.answer(path, params?.query?.after), response: new Response() };
    },
  } as unknown as Api;

  private answer(path: string, after: string | undefined): object {
    if (!path.endsWith('promises')) return { settings: null, people: [], authors: [], ...this };
    const from = Number(after ?? 0);
    const further = this.promises.length > from + this.page ? String(from + this.page) : null;
    return { promises: this.promises.slice(from, from + this.page), people: [], further };
  }
}
const ids = (list: readonly { id: string }[]) => list.map((each) => each.id);
const made = (lists: Lists) => new Household(lists.api, () => me);

test('what is gone after a long absence is gone here, too', async () => {
  const lists = new Lists();
  const house = made(lists);
  lists.promises = [promise('p1', 1), promise('p2', 2)];
  lists.handovers = [handover('h1', 3)];
  lists.scheduled = [scheduled('s1', 4)];
  lists.mentions = [mention('n1', 5)];
  await house.load(5);
  expect([ids(house.promises), ids(house.handovers), ids(house.scheduled), house.mentions.length]).toEqual([
    ['p1', 'p2'],
    ['h1'],
    ['s1'],
    1,
  ]);
  lists.promises = [promise('p2', 2)];
  lists.handovers = lists.scheduled = lists.mentions = [];
  await house.load(900);
  expect([ids(house.promises), house.handovers, house.scheduled, house.mentions]).toEqual([['p2'], [], [], []]);
});

test('what was heard while the lists were on their way stays, and what ended meanwhile does not come back', async () => {
  const lists = new Lists();
  const house = made(lists);
  lists.promises = [promise('p1', 1)];
  lists.mentions = [mention('n1', 2)];
  lists.colleagues = [{ person: { id: 'jonas', called: 'Jonas', face: null }, hello_line: '' }];
  await house.load(10);
  lists.before_answer = () => {
    lists.before_answer = () => {};
    house.apply(happens({ event: 'promise_changed', promise: promise('p1', 11, { state: 'kept' }) }));
    house.apply(happens({ event: 'promise_changed', promise: promise('p2', 12) }));
    house.apply(happens({ event: 'note_changed', note: mention('n1', 13, { taken_back: true }).note }));
    house.apply(happens({ event: 'note_changed', note: mention('n2', 14).note }));
    house.apply(happens({ event: 'colleague_changed', seq: 15, colleague: { id: 'jonas', called: 'Jonas Berg', is_in_team: true } }));
  };
  await house.load(10);
  expect(ids(house.promises)).toEqual(['p2']);
  expect(house.mentions.map(({ note }) => note.id)).toEqual(['n2']);
  expect(house.colleagues.map(({ called }) => called)).toEqual(['Jonas Berg']);
});

test('all promises are there, however many pages they are', async () => {
  const lists = new Lists();
  lists.page = 2;
  lists.promises = ['p1', 'p2', 'p3', 'p4', 'p5'].map((id) => promise(id, 1));
  const house = made(lists);
  await house.load(5);
  expect(house.promises).toHaveLength(5);
});

test('what a colleague scheduled is hers alone', async () => {
  const lists = new Lists();
  lists.scheduled = [scheduled('mine', 1), { ...scheduled('hers', 1), by: 'amara' }];
  const house = made(lists);
  await house.load(5);
  expect(ids(house.scheduled)).toEqual(['mine']);
});
