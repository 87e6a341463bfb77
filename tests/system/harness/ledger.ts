// Writers who remember what they were promised: an id counts as answered only after the answer was read.
import { a_visitor, must } from './cast.ts';
import type { Colleague, EntryPage, Visitor } from './cast.ts';
import type { House } from './house.ts';
import type { Asker } from './http.ts';
import { new_id } from './ids.ts';
import { Live } from './live.ts';
import { until } from './waiting.ts';

export interface Writer {
  visitor: Visitor;
  answered: string[];
  asked: string[];
  run: () => Promise<void>;
}

// Writes over HTTP, one word after the other, until the house is gone.
export function http_writer(visitor: Visitor): Writer {
  const writer: Writer = { visitor, answered: [], asked: [], run: async () => undefined };
  writer.run = async () => {
    for (;;) {
      const id = new_id();
      writer.asked.push(id);
      const status = await visitor.panel.post('/api/visitor/entries', { id, text: `word ${writer.asked.length}` })
        .then((answer) => answer.status, () => 0);
      if (status !== 201) return;
      writer.answered.push(id);
    }
  };
  return writer;
}

// Writes through the live connection with several words on their way at once.
export function live_writer(house: House, visitor: Visitor): Writer {
  const writer: Writer = { visitor, answered: [], asked: [], run: async () => undefined };
  writer.run = async () => {
    const live = await Live.join(house, visitor.panel);
    while (!live.is_closed) {
      const id = new_id();
      writer.asked.push(id);
      live.say({ type: 'write', id, text: `live word ${writer.asked.length}` });
      const answered = (): number => live.frames.filter((frame) => frame.type === 'kept').length;
      await until('an answer', () => live.is_closed || writer.asked.length - answered() < 8, 30_000).catch(() => undefined);
    }
    writer.answered = live.frames.filter((frame) => frame.type === 'kept').map((frame) => String(frame.id));
  };
  return writer;
}

export async function some_visitors(house: House, inbox: string, count: number): Promise<Visitor[]> {
  return Promise.all(Array.from({ length: count }, () => a_visitor(house, inbox)));
}

// Every entry of a conversation as the desk reads it, newest first.
export async function whole_conversation(desk: Asker, conversation: string): Promise<EntryPage['entries']> {
  const entries: EntryPage['entries'] = [];
  let before: number | null = null;
  do {
    const cursor: string = before === null ? '' : `&before=${before}`;
    const page: EntryPage = must(await desk.get<EntryPage>(`/api/desk/conversations/${conversation}/entries?limit=100${cursor}`));
    entries.push(...page.entries);
    before = page.older;
  } while (before !== null);
  return entries;
}

// Compares what the writers were promised with what the house holds. Gives back how many words that were never answered
// are there nevertheless (which is fine: nobody was told that they are not).
export async function settle_accounts(colleague: Colleague, writers: Writer[]): Promise<{ answered: number; unanswered_kept: number }> {
  let answered = 0;
  let unanswered_kept = 0;
  for (const { visitor, answered: promised, asked } of writers) {
    const kept = (await whole_conversation(colleague.desk, visitor.conversation)).map((entry) => entry.id).reverse();
    const times = new Map<string, number>();
    for (const id of kept) times.set(id, (times.get(id) ?? 0) + 1);
    for (const id of promised) {
      if (times.get(id) !== 1) throw new Error(`an answered word is there ${times.get(id) ?? 0} times`);
    }
    for (const id of kept) if (!asked.includes(id)) throw new Error('a word nobody wrote is there');
    const in_order = asked.filter((id) => times.has(id));
    if (in_order.join() !== kept.join()) throw new Error('the order of one writer’s words changed');
    answered += promised.length;
    unanswered_kept += kept.length - promised.length;
  }
  return { answered, unanswered_kept };
}
