// After each fault: everything that was promised is in the store exactly once and in order, every reader's view equals the
// store, what was said is found by search, what was read is still read, and whoever waits stands in the line.
import { must } from '../system/harness/cast.ts';
import type { EntryPage, Wire } from '../system/harness/cast.ts';
import type { Asker } from '../system/harness/http.ts';
import type { Random } from '../system/harness/random.ts';
import { until } from '../system/harness/waiting.ts';
import { LineAudit } from './line.ts';
import { Marks } from './marks.ts';
import { Story } from './story.ts';
import type { Kept } from './story.ts';
import type { Word, Writer } from './writer.ts';

const searched_each_time = 12; // of the newest words; and some of earlier audits
const remembered_each_time = 4;

export interface Found {
  readonly kept: number; // promised words that are there
  readonly wrong: string[];
}

type News = ReadonlyMap<string, ReadonlyMap<string, Kept>>; // by conversation, then by id
type Searched = Pick<Word, 'id' | 'text'>;

function differences({ view, name, hears }: Writer, news: News): string[] {
  const wrong: string[] = [];
  let expected = 0;
  for (const conversation of hears) {
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
  private readonly stories = new Map<string, Story>(); // what is in the store, as audits saw it; by conversation
  private readonly waits = new Map<string, boolean>(); // whether a customer spoke last
  private readonly marks = new Marks();
  private readonly line = new LineAudit();
  private readonly remembered: Searched[] = [];
  private total = 0;

  /** All writers rest and nobody is owed an answer. `everything` reads what earlier audits saw as well. */
  async compare(desk: Asker, writers: readonly Writer[], random: Random, everything = false): Promise<Found> {
    const wrong: string[] = writers.flatMap((writer) => writer.complaints.map((one) => `${writer.name}: ${one}`));
    const written = new Map(writers.flatMap((writer) => writer.words.map((word) => [word.id, word] as const)));
    const news = new Map<string, Map<string, Kept>>();
    for (const conversation of new Set(writers.flatMap((writer) => writer.conversations))) {
      const read = await this.read(desk, conversation, everything);
      wrong.push(...read.wrong);
      for (const { id, text } of read.news) if (!written.has(id)) wrong.push(`entry ${id} (“${text}”) is there and nobody wrote it`);
      news.set(conversation, new Map(read.news.map((entry) => [entry.id, entry])));
    }
    for (const writer of writers) wrong.push(...this.check_words(writer, news));
    wrong.push(...(await this.check_views(writers, news)));
    wrong.push(...(await this.check_search(desk, writers, random)));
    wrong.push(...(await this.marks.compare(writers)));
    wrong.push(...(await this.check_line(desk, writers)));
    if (wrong.length === 0) await this.marks.move(writers, (conversation) => this.story(conversation).until, random);
    for (const writer of writers) writer.settle();
    return { kept: this.total, wrong };
  }

  private story(conversation: string): Story {
    let story = this.stories.get(conversation);
    if (!story) this.stories.set(conversation, (story = new Story()));
    return story;
  }

  // What is new since the last audit, and whether it stands on what was there; everything again if asked to.
  private async read(desk: Asker, conversation: string, everything: boolean): Promise<{ news: Kept[]; wrong: string[] }> {
    const story = this.story(conversation);
    const recheck = everything ? story.recheck() : null;
    const news: Kept[] = [];
    const wrong: string[] = [];
    const here = new Set<string>();
    let behind: Kept | null = null; // the first that is not new
    let above = Infinity;
    for await (const { id, seq, text, author } of entries_of(desk, conversation)) {
      if (above === Infinity) this.waits.set(conversation, author.kind === 'customer');
      if (seq >= above) wrong.push(`entry ${id} (${seq}) stands out of order`);
      if (here.has(id)) wrong.push(`entry ${id} is there twice`);
      here.add(id);
      above = seq;
      if (seq > story.until) news.push({ id, seq, text });
      else behind ??= { id, seq, text };
      if (behind && !recheck) break;
      if (behind) recheck?.see({ id, seq, text });
    }
    const broken = story.goes_on_from(behind);
    if (broken) wrong.push(broken);
    if (recheck) wrong.push(...recheck.end().map((one) => `${conversation}: ${one}`));
    story.go_on(news);
    return { news, wrong };
  }

  private check_words(writer: Writer, news: News): string[] {
    const wrong: string[] = [];
    const newest = new Map<string, number>(); // by conversation: of the words that were never refused
    for (const word of writer.words) {
      const kept = news.get(word.conversation)?.get(word.id);
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
    return wrong;
  }

  // Events travel on after the answer; some seconds are generous.
  private async check_views(writers: readonly Writer[], news: News): Promise<string[]> {
    const differ = (): string[] => writers.flatMap((writer) => differences(writer, news));
    await until('everybody has heard everything', () => differ().length === 0, 8000).catch(() => undefined);
    return differ();
  }

  private async check_search(desk: Asker, writers: readonly Writer[], random: Random): Promise<string[]> {
    const wrong: string[] = [];
    const drawn = (from: readonly Searched[], count: number): Searched[] =>
      from.length === 0 ? [] : Array.from({ length: count }, () => from[random.between(0, from.length)]!);
    const newest = drawn(writers.flatMap((writer) => writer.words.slice(-200)), searched_each_time);
    for (const { id, text } of [...newest, ...drawn(this.remembered, remembered_each_time)]) {
      const token = text.split(' ')[2]!;
      const { found } = must(await desk.get<Wire['FoundEntries']>(`/api/desk/search?q=${token}`));
      if (found.length !== 1 || found[0]?.entry.id !== id) wrong.push(`search finds “${text}” ${found.length} times`);
    }
    this.remembered.push(...newest.slice(0, remembered_each_time));
    return wrong;
  }

  private async check_line(desk: Asker, writers: readonly Writer[]): Promise<string[]> {
    const answered = new Set(writers.filter((writer) => writer.is_colleague).flatMap((writer) => writer.conversations));
    const never_answered = [...this.waits.keys()].filter((conversation) => !answered.has(conversation));
    return this.line.compare(desk, writers, this.waits, never_answered);
  }
}

// Newest first.
async function* entries_of(desk: Asker, conversation: string): AsyncGenerator<EntryPage['entries'][number]> {
  let before: number | null = null;
  do {
    const cursor: string = before === null ? '' : `&before=${before}`;
    const page: EntryPage = must(await desk.get<EntryPage>(`/api/desk/conversations/${conversation}/entries?limit=100${cursor}`));
    yield* page.entries;
    before = page.older;
  } while (before !== null);
}
