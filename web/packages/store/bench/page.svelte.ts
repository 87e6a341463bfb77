// The store under load, without a screen: an effect reads the window of forty rows that a list would show.
import { new_id } from '@kith/wire';
import type { ConversationRow, DeskSession, Entry, Id, LiveEvent } from '@kith/wire';
import { DeskHouse } from '../src/desk/desk_house.svelte.ts';

const me = new_id();

function entry_in(conversation: Id, person: Id, seq: number): Entry {
  return {
    id: new_id(),
    seq,
    strand: conversation,
    kind: 'message',
    channel: 'web',
    author: { kind: 'customer', person, machine: null },
    text: 'Good morning! The lamp arrived with a crack in its foot.',
    attachments: [],
    at: new Date().toISOString(),
    version: 1,
    changed_seq: seq,
    taken_back: false,
  };
}

function row(seq: number): ConversationRow {
  const id = new_id();
  const person = new_id();
  const at = new Date(1_700_000_000_000 + seq * 1000).toISOString();
  return {
    person: {
      id: person,
      called: `Person ${seq}`,
      languages: [],
      access_needs: '',
      merged_into: null,
      is_sample: false,
      created_at: at,
      face: null,
    },
    conversation: { id, person, waiting_since: seq % 10 === 0 ? at : null, paused_until: null, last_entry: seq, created_at: at },
    newest: entry_in(id, person, seq),
    read_seq: 0,
    later: null,
    companions: seq % 20 === 0 ? [me] : [],
  };
}

async function make(people: number) {
  const desk = new DeskHouse();
  const rows = Array.from({ length: people }, (_, i) => row(i + 1));
  const begin = performance.now();
  desk.me = {
    person: me,
    called: 'Noor',
    hello_line: '',
    is_leader: false,
    is_admin: false,
    has_second_factor: false,
    second_factor_due: false,
  } as DeskSession;
  desk.outbox = { pending: () => [] } as unknown as DeskHouse['outbox'];
  desk.people_book.take(rows, people);
  const loaded_ms = performance.now() - begin;
  let seq = people;
  let redraws = 0;
  $effect.root(() => {
    $effect(() => {
      ++redraws;
      for (const list of [desk.people, desk.line.known, desk.line.anyone])
        for (const each of list.slice(0, 40)) void [each.person, each.newest, each.is_unread];
    });
  });
  const hear = (event: LiveEvent) => (desk as unknown as { batch: { add: (event: LiveEvent) => void } }).batch.add(event);
  // Somebody writes: what the house tells of it are two events.
  const word = () => {
    const told = rows[Math.floor(Math.random() * people)]!;
    const conversation = told.conversation.id;
    const entry = entry_in(conversation, told.person.id, ++seq);
    hear({ type: 'event', seq, event: 'entry_added', conversation, entry });
    const thread = { ...told.conversation, waiting_since: entry.at, last_entry: seq, strands: [conversation] };
    hear({ type: 'event', seq: ++seq, event: 'conversation_changed', conversation, thread, person: told.person });
  };
  const live = async (count: number, ms: number) => {
    for (let i = 0; i < count; ++i) {
      word();
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { redraws, first: desk.people.at(0)?.newest?.seq, newest: seq - 1 };
  };
  const burst = async (count: number) => {
    for (let i = 0; i < count; ++i) word();
    const begin_burst = performance.now();
    (desk as unknown as { batch: { flush: () => void } }).batch.flush();
    await Promise.resolve();
    return performance.now() - begin_burst;
  };
  Object.assign(globalThis, { live, burst });
  return loaded_ms;
}

Object.assign(globalThis, { make });
