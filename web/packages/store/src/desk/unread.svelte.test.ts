import type { Api, ConversationRow, DeskSession } from '@kith/wire';
import { expect, test } from 'vitest';
import { DeskHouse } from './desk_house.svelte.ts';

const at = '2026-11-20T10:00:00Z';
const row = (id: string, companions: string[], read_seq = 0) =>
  ({
    person: { id: `person ${id}`, called: id, face: null, merged_into: null },
    conversation: { id, waiting_since: at, paused_until: null, last_entry: 5 },
    newest: { id: `e ${id}`, seq: 5, changed_seq: 5, taken_back: false, author: { kind: 'customer', person: `person ${id}` } },
    read_seq,
    later: null,
    companions,
  }) as unknown as ConversationRow;

test('Unread are those who know me and those whom nobody knows yet, not those who have somebody', () => {
  const house = new DeskHouse({ api: {} as Api });
  house.me = { person: 'mira' } as DeskSession;
  house.people_book.take([row('Ingrid', ['mira']), row('Leo', []), row('Karl', ['jonas']), row('Noor', [], 5)], 5);
  expect(house.unread).toBe(2);
});
