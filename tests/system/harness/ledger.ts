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
  texts: Map<string, string>; // of every word that was ever asked to be kept
  run: () => Promise<void>;
}

function writer_of(visitor: Visitor): Writer {
  return { visitor, answered: [], asked: [], texts: new Map(), run: async () => undefined };
}

// A new word with its id, remembered.
function ask_for(writer: Writer, text: string): { id: string; text: string } {
  const id = new_id();
  writer.asked.push(id);
  writer.texts.set(id, text);
  return { id, text };
}

// Writes over HTTP, one word after the other, until the house is gone.
export function http_writer(visitor: Visitor): Writer {
  const writer = writer_of(visitor);
  writer.run = async () => {
    for (;;) {
      const word = ask_for(writer, `word ${writer.texts.size}`);
      const status = await visitor.panel.post('/api/visitor/entries', word).then((answer) => answer.status, () => 0);
      if (status !== 201) return;
      writer.answered.push(word.id);
    }
  };
  return writer;
}

// Writes through the live connection with several words on their way at once.
export function live_writer(house: House, visitor: Visitor): Writer {
  const writer = writer_of(visitor);
  writer.run = async () => {
    const live = await Live.join(house, visitor.panel);
    while (!live.is_closed) {
      live.say({ type: 'write', ...ask_for(writer, `live word ${writer.texts.size}`) });
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

// Compares what the writers were promised with what the house holds, word for word. Gives back how many words that were never answered
// are there nevertheless (which is fine: nobody was told that they are not).
export async function settle_accounts(colleague: Colleague, writers: Writer[]): Promise<{ answered: number; unanswered_kept: number }> {
  let answered = 0;
  let unanswered_kept = 0;
  for (const { visitor, answered: promised, asked, texts } of writers) {
    const entries = (await whole_conversation(colleague.desk, visitor.conversation)).reverse();
    const kept = entries.map((entry) => entry.id);
    const times = new Map<string, number>();
    for (const id of kept) times.set(id, (times.get(id) ?? 0) + 1);
    for (const id of promised) {
      if (times.get(id) !== 1) throw new Error(`an answered word is there ${times.get(id) ?? 0} times`);
    }
    for (const { id, text } of entries) {
      if (!asked.includes(id)) throw new Error('a word nobody wrote is there');
      if (text !== texts.get(id)) throw new Error(`“${texts.get(id)}” became “${text}”`);
    }
    const in_order = asked.filter((id) => times.has(id));
    if (in_order.join() !== kept.join()) throw new Error('the order of one writer’s words changed');
    answered += promised.length;
    unanswered_kept += kept.length - promised.length;
  }
  return { answered, unanswered_kept };
}
