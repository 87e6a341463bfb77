// After each fault: everything that was promised is in the store exactly once and in order, every reader's view equals the
// store, what was said is found by search, and what was read is still read.
import { must } from '../system/harness/cast.ts';
import type { EntryPage, Wire } from '../system/harness/cast.ts';
import type { Asker } from '../system/harness/http.ts';
import type { Random } from '../system/harness/random.ts';
import { until } from '../system/harness/waiting.ts';
import type { Word, Writer } from './writer.ts';

interface Kept {
  readonly seq: number;
  readonly text: string;
}

const searched_each_time = 12;

export interface Found {
  readonly kept: number; // promised words that are there
  readonly wrong: string[];
}

type News = ReadonlyMap<string, ReadonlyMap<string, Kept>>; // by conversation, then by id

function differences({ view, name, conversations }: Writer, news: News): string[] {
  const wrong: string[] = [];
  let expected = 0;
  for (const conversation of conversations) {
    for (const [id, entry] of news.get(conversation) ?? []) {
      expected++;
      const seen = view.news.get(id);
      if (!seen) wrong.push(`${name} never heard of entry ${id} (${entry.seq})`);
      else if (seen.seq !== entry.seq || seen.text !== entry.text) wrong.push(`${name} holds another entry ${id}`);
    }
  }
  if (view.news.size > expected) wrong.push(`${name} heard of ${view.news.size - expected} entries that are not there`);
  return wrong;
}

export class Audit {
  // What is in the store, as audits saw it; by conversation, then by id.
  private readonly store = new Map<string, Map<string, Kept>>();
  private readonly written = new Map<string, Word>();
  private readonly counted = new Map<Writer, number>(); // words of each writer that earlier audits went through
  private readonly read_up_to = new Map<Writer, number>();
  private total = 0;

  /** All writers rest and nobody is owed an answer. `everything` reads what earlier audits saw as well. */
  async compare(desk: Asker, writers: readonly Writer[], random: Random, everything = false): Promise<Found> {
    const wrong: string[] = writers.flatMap((writer) => writer.complaints.map((one) => `${writer.name}: ${one}`));
    for (const writer of writers) for (const word of writer.words.slice(this.counted.get(writer) ?? 0)) this.written.set(word.id, word);
    const news = new Map<string, Map<string, Kept>>();
    for (const conversation of new Set(writers.flatMap((writer) => writer.conversations))) {
      const read = await this.read(desk, conversation, everything);
      wrong.push(...read.wrong);
      news.set(conversation, read.news);
    }
    for (const writer of writers) wrong.push(...this.check_words(writer));
    wrong.push(...(await this.check_views(writers, news)));
    wrong.push(...(await this.check_search(desk, writers, random)));
    for (const writer of writers) wrong.push(...(await this.check_read_mark(writer)));
    return { kept: this.total, wrong };
  }

  private story(conversation: string): Map<string, Kept> {
    let story = this.store.get(conversation);
    if (!story) this.store.set(conversation, (story = new Map()));
    return story;
  }

  // What is new since the last audit; everything again if asked to.
  private async read(desk: Asker, conversation: string, everything: boolean): Promise<{ news: Map<string, Kept>; wrong: string[] }> {
    const story = this.story(conversation);
    const news = new Map<string, Kept>();
    const wrong: string[] = [];
    const here = new Set<string>();
    let before: number | null = null;
    pages: do {
      const cursor: string = before === null ? '' : `&before=${before}`;
      const page: EntryPage = must(await desk.get<EntryPage>(`/api/desk/conversations/${conversation}/entries?limit=100${cursor}`));
      for (const { id, seq, text } of page.entries) {
        const earlier = story.get(id);
        if (earlier && (earlier.seq !== seq || earlier.text !== text)) wrong.push(`entry ${id} is not what it was`);
        if (earlier && !everything) break pages;
        if (here.has(id)) wrong.push(`entry ${id} is there twice`);
        here.add(id);
        const word = this.written.get(id);
        if (!word) wrong.push(`entry ${id} (“${text}”) is there and nobody wrote it`);
        if (!earlier) news.set(id, { seq, text: word?.text === text ? word.text : text });
      }
      before = page.older;
    } while (before !== null);
    if (everything) for (const id of story.keys()) if (!here.has(id)) wrong.push(`entry ${id} went`);
    for (const [id, entry] of news) story.set(id, entry);
    return { news, wrong };
  }

  private check_words(writer: Writer): string[] {
    const wrong: string[] = [];
    const from = this.counted.get(writer) ?? 0;
    const newest = new Map<string, number>(); // by conversation: of the words that were never refused
    for (const word of writer.words.slice(from)) {
      const kept = this.story(word.conversation).get(word.id);
      if (!kept) {
        wrong.push(`lost: “${word.text}” (${word.id}) was promised as ${word.seq} at ${word.at}`);
        continue;
      }
      this.total++;
      if (kept.seq !== word.seq) wrong.push(`“${word.text}” was promised as ${word.seq} and is ${kept.seq}`);
      if (kept.text !== word.text) wrong.push(`“${word.text}” became “${kept.text}”`);
      if (word.was_refused) continue;
      if (kept.seq < (newest.get(word.conversation) ?? 0)) wrong.push(`“${word.text}” changed its place`);
      newest.set(word.conversation, kept.seq);
    }
    this.counted.set(writer, writer.words.length);
    return wrong;
  }

  // Events travel on after the answer; some seconds are generous.
  private async check_views(writers: readonly Writer[], news: News): Promise<string[]> {
    const differ = (): string[] => writers.flatMap((writer) => differences(writer, news));
    await until('everybody has heard everything', () => differ().length === 0, 8000).catch(() => undefined);
    const wrong = differ();
    for (const { view } of writers) view.settle();
    return wrong;
  }

  private async check_search(desk: Asker, writers: readonly Writer[], random: Random): Promise<string[]> {
    const wrong: string[] = [];
    const words: Word[] = writers.flatMap((writer) => writer.words.slice(-200));
    for (let i = 0; i < searched_each_time && words.length > 0; i++) {
      const word = words[random.between(0, words.length)]!;
      const token = word.text.split(' ')[2]!;
      const { found } = must(await desk.get<Wire['FoundEntries']>(`/api/desk/search?q=${token}`));
      if (found.length !== 1 || found[0]?.entry.id !== word.id) wrong.push(`search finds “${word.text}” ${found.length} times`);
    }
    return wrong;
  }

  // Customers remember up to where they have read.
  private async check_read_mark(writer: Writer): Promise<string[]> {
    if (!writer.asker.bearer) return [];
    const page = must(await writer.asker.get<Wire['MyConversationPage']>('/api/visitor/conversation'));
    const promised = this.read_up_to.get(writer) ?? 0;
    if (page.read_seq < promised) return [`${writer.name} had read up to ${promised}, and it is ${page.read_seq}`];
    const newest = writer.words.at(-1)?.seq;
    if (newest) {
      must(await writer.asker.put('/api/visitor/read', { seq: newest }), 204);
      this.read_up_to.set(writer, newest);
    }
    return [];
  }
}
