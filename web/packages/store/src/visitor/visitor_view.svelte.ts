// What the panel shows of a visitor and her conversation; nothing here changes anything.
import type { Api, Attachment, Conversation, Id, Person, Promised, PublicColleague, Seq, Site, Topic } from '@kith/wire';
import { FileUrls } from '../shared/file_urls.ts';
import { Passers } from '../shared/passers.svelte.ts';
import type { Connection, Passer, ShownEntry } from '../types.ts';
import { VisitorStory } from './visitor_story.svelte.ts';

export class VisitorView {
  readonly api: Api;
  ready = $state.raw(false);
  connection = $state.raw<Connection>('resting');
  away_since = $state.raw<Date | null>(null);
  entries = $state.raw<readonly ShownEntry[]>([]);
  has_older = $state.raw(false);
  is_loading = $state.raw(false);
  is_known = $state.raw(false);
  // Who is there has been asked since this page began; before, what is shown of the team is what this device remembers.
  has_looked = $state.raw(false);
  // The visit is over (the token works no more, or somebody left elsewhere): what is shown stays until she writes again.
  is_over = $state.raw(false);
  protected readonly story = new VisitorStory();
  protected readonly passers = new Passers(5000);
  protected readonly urls: FileUrls;

  constructor(api: Api) {
    this.api = api;
    this.urls = new FileUrls(api);
  }

  get site(): Site | null {
    return this.story.site;
  }
  get team(): readonly PublicColleague[] {
    return this.story.team;
  }
  get me(): Person | null {
    return this.story.me;
  }
  get conversation(): Conversation | null {
    return this.story.conversation;
  }
  get topics(): readonly Topic[] {
    return this.story.topics;
  }
  get promises(): readonly Promised[] {
    return this.story.promises;
  }
  get companions(): readonly Id[] {
    return this.story.companions;
  }
  get read_seq(): Seq {
    return this.story.read_seq;
  }
  get read_by_team(): Seq {
    return this.story.read_by_team;
  }
  get typing(): readonly Passer[] {
    const others = this.conversation ? this.passers.in(this.conversation.id) : [];
    return others.filter((who) => who.kind !== 'customer');
  }
  get unread(): number {
    return this.entries.filter((entry) => entry.seq !== null && entry.seq > this.read_seq && entry.author.kind !== 'customer').length;
  }
  get paused_until(): string | null {
    return this.conversation?.paused_until ?? null;
  }
  name_of(person: Id): string {
    return this.team.find((each) => each.id === person)?.called ?? this.story.people.get(person)?.called ?? '';
  }
  face_of(person: Id): string | null {
    return this.team.find((each) => each.id === person)?.face ?? this.story.people.get(person)?.face ?? null;
  }
  file(id: Id): Attachment | undefined {
    return this.story.attachments.get(id);
  }
  content_url(id: Id): Promise<string> {
    return this.urls.of(id);
  }
}
