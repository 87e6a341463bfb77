// Looking for people and words while somebody types: an answer that was overtaken is dropped.
import { must, Problem } from '@kith/wire';
import type { Api, FoundEntries, FoundNotes, FoundPeople, Id } from '@kith/wire';
import { once_in } from '../shared/soon.ts';

export type FoundPerson = FoundPeople['people'][number];
export type FoundEntry = FoundEntries['found'][number];
export type FoundNote = FoundNotes['found'][number];

export class Search {
  state = $state.raw<'resting' | 'looking' | 'there' | 'unreachable'>('resting');
  people = $state.raw<readonly FoundPerson[]>([]);
  entries = $state.raw<readonly FoundEntry[]>([]);
  notes = $state.raw<readonly FoundNote[]>([]);
  private words_now = $state.raw('');
  private from_now = $state.raw<Date | null>(null);
  private until_now = $state.raw<Date | null>(null);
  private conversation_now = $state.raw<Id | null>(null);
  private older = $state.raw<number | null>(null);
  private asked = 0;
  private stopping = new AbortController();
  private readonly api: Api;
  private readonly offline_people: (words: string) => FoundPerson[];
  private readonly soon = once_in(50, () => void this.look());

  constructor(api: Api, offline_people: (words: string) => FoundPerson[]) {
    this.api = api;
    this.offline_people = offline_people;
  }

  get words(): string {
    return this.words_now;
  }
  set words(words: string) {
    this.words_now = words;
    this.changed();
  }
  get from(): Date | null {
    return this.from_now;
  }
  set from(from: Date | null) {
    this.from_now = from;
    this.changed();
  }
  get until(): Date | null {
    return this.until_now;
  }
  set until(until: Date | null) {
    this.until_now = until;
    this.changed();
  }
  get conversation(): Id | null {
    return this.conversation_now;
  }
  set conversation(conversation: Id | null) {
    this.conversation_now = conversation;
    this.changed();
  }
  get has_more(): boolean {
    return this.older !== null;
  }

  async more(): Promise<void> {
    if (this.older === null || this.state !== 'there') return;
    const mine = this.asked;
    const page = await this.ask(this.older).catch(() => null);
    if (mine !== this.asked || !page) return;
    this.entries = [...this.entries, ...page.found];
    this.older = page.older;
  }

  private changed(): void {
    ++this.asked;
    this.stopping.abort();
    if (this.words_now.trim() === '') {
      this.soon.cancel();
      this.people = this.entries = this.notes = [];
      this.older = null;
      this.state = 'resting';
      return;
    }
    this.state = 'looking';
    this.soon.run();
  }

  private async look(): Promise<void> {
    const mine = this.asked;
    this.stopping = new AbortController();
    try {
      const is_narrow = this.conversation_now !== null;
      const has_time = this.from_now !== null || this.until_now !== null;
      const [people, notes, page] = await Promise.all([
        is_narrow ? [] : this.ask_people(),
        is_narrow || has_time ? [] : this.ask_notes(),
        this.ask(null),
      ]);
      if (mine !== this.asked) return;
      this.people = people;
      this.notes = notes;
      this.entries = page.found;
      this.older = page.older;
      this.state = 'there';
    } catch (error) {
      if (mine !== this.asked || !(error instanceof Problem)) return;
      this.people = this.conversation_now ? [] : this.offline_people(this.words_now);
      this.entries = this.notes = [];
      this.older = null;
      this.state = 'unreachable';
    }
  }

  private async ask_people(): Promise<readonly FoundPerson[]> {
    const query = { q: this.words_now.trim().slice(0, 200), limit: 20 };
    return (await must(this.api.GET('/api/desk/search/people', { params: { query }, signal: this.stopping.signal }))).people;
  }

  private async ask_notes(): Promise<readonly FoundNote[]> {
    const query = { q: this.words_now.trim().slice(0, 200), limit: 20 };
    return (await must(this.api.GET('/api/desk/search/notes', { params: { query }, signal: this.stopping.signal }))).found;
  }

  private ask(before: number | null): Promise<FoundEntries> {
    const query = {
      q: this.words_now.trim().slice(0, 200),
      limit: 30,
      ...(this.conversation_now ? { conversation: this.conversation_now } : {}),
      ...(this.from_now ? { from: this.from_now.toISOString() } : {}),
      ...(this.until_now ? { until: this.until_now.toISOString() } : {}),
      ...(before === null ? {} : { before }),
    };
    return must(this.api.GET('/api/desk/search', { params: { query }, signal: this.stopping.signal }));
  }
}
