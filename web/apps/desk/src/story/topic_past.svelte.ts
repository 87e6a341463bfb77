// When each topic was spoken of last and who of us was there. What is said here may stand far above what is loaded in the
// conversation; then it is read without moving anything there.
import type { DeskHouse, Talk } from '@kith/store/desk';
import { by_letters } from '@kith/store/shared/order';
import { must, type Author, type Id, type Seq, type Topic } from '@kith/wire';
import { SvelteMap } from 'svelte/reactivity';

export interface TopicTime {
  readonly first: string;
  readonly last: string;
  readonly with: readonly Id[]; // colleagues, in the order they came
}

type Said = { readonly id: Id; readonly seq: Seq | null; readonly at: string; readonly author: Author; readonly text: string };

const page = 100;
const most_pages = 6;

export class TopicPast {
  private readonly older = new SvelteMap<Id, Said>();
  private readonly here = $derived.by(() => new Map(this.talk.entries.map((entry) => [entry.id, entry as Said])));
  private before: Seq | null | undefined = undefined;
  private pages = 0;
  private is_looking = false;
  private readonly house: DeskHouse;
  private readonly talk: Talk;

  constructor(house: DeskHouse, talk: Talk) {
    this.house = house;
    this.talk = talk;
  }

  entry(id: Id): Said | undefined {
    return this.here.get(id) ?? this.older.get(id);
  }

  of(topic: Topic): TopicTime | null {
    const said = topic.entries.flatMap((id) => this.entry(id) ?? []).sort((a, b) => by_letters(a.at, b.at));
    const [first] = said;
    const last = said.at(-1);
    if (!first || !last) return null;
    const helpers = said.flatMap((entry) => (entry.author.kind === 'colleague' && entry.author.person ? [entry.author.person] : []));
    return { first: first.at, last: last.at, with: [...new Set(helpers)] };
  }

  // Call it in an effect; it reads further until every topic has a time, or far enough.
  look(): void {
    const unknown =
      this.talk.state === 'ready' && this.talk.has_older && this.talk.topics.some((topic) => topic.entries.length > 0 && !this.of(topic));
    if (unknown && !this.is_looking && this.before !== null && this.pages < most_pages) void this.read();
  }

  private async read(): Promise<void> {
    this.is_looking = true;
    this.pages += 1;
    try {
      const before = this.before ?? this.talk.entries.find((entry) => entry.seq !== null)?.seq;
      const params = { path: { id: this.talk.id }, query: { limit: page, ...(before ? { before } : {}) } };
      const { entries, older } = await must(this.house.api.GET('/api/desk/conversations/{id}/entries', { params }));
      this.before = older;
      this.is_looking = false;
      for (const entry of entries) this.older.set(entry.id, entry);
    } catch {
      this.before = null; // without a line the topics stand there without a time
    }
  }
}
