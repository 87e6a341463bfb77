// One conversation on the desk, as far as it is loaded: what was said, and everything kept about the person beside it.
import { must } from '@kith/wire';
import type {
  Author,
  Conversation,
  ConversationPage,
  Entry,
  Handover,
  Id,
  LiveEvent,
  Note,
  Person,
  PersonPage,
  Promised,
  Scheduled,
  Seq,
  Topic,
} from '@kith/wire';
import type { Pending } from '../shared/act.ts';
import { newer } from '../shared/newer.ts';
import { once_at_a_time } from '../shared/once_at_a_time.ts';
import { Retry } from '../shared/retry.ts';
import { is_settled, Shelf, shown } from '../shared/shelf.ts';
import type { KeptShelf } from '../shared/shelf.ts';
import type { ShownEntry, TalkItem } from '../types.ts';
import type { DeskHouse } from './desk_house.svelte.ts';
import type { Row } from './row.svelte.ts';

export interface KeptTalk {
  conversation: Conversation;
  person: Person;
  topics: Topic[];
  promises: Promised[];
  handovers: Handover[];
  story: PersonPage | null;
  notes: Note[];
  shelf: KeptShelf;
  read_by_customer: Seq;
  used_at: number;
}

const page_size = 50;
const kept_entries = 100;

export class TalkState {
  readonly id: Id;
  state = $state.raw<'loading' | 'ready' | 'unreachable' | 'not_found'>('loading');
  conversation = $state.raw<Conversation | null>(null);
  topics = $state.raw<readonly Topic[]>([]);
  promises = $state.raw<readonly Promised[]>([]);
  handovers = $state.raw<readonly Handover[]>([]);
  notes = $state.raw<readonly Note[]>([]);
  story = $state.raw<PersonPage | null>(null);
  entries = $state.raw<readonly ShownEntry[]>([]);
  has_older = $state.raw(false);
  is_loading_older = $state.raw(false);
  read_by_customer = $state.raw<Seq>(0);
  // The 'new since you left' line stands after this seq; null when nothing is new.
  new_since = $state.raw<Seq | null>(null);
  used_at = 0;
  is_open = false;
  protected readonly desk: DeskHouse;
  protected readonly shelf = new Shelf();
  private known_person = $state.raw<Person | null>(null);
  private is_whole = false; // everything since the last load was heard
  private is_loading = false;
  private is_story_due = true;
  private readonly loading = new Retry(
    () => (this.is_open ? this.load() : Promise.resolve()),
    (problem) => {
      if (problem.code === 'not_signed_in') void this.desk.not_signed_in();
      else if (!this.shelf.is_loaded) this.state = problem.code === 'not_found' ? 'not_found' : 'unreachable';
    },
    () => {
      if (this.shelf.is_loaded) return;
      this.state = 'unreachable';
      this.show_last_word();
    },
  );

  constructor(id: Id, desk: DeskHouse) {
    this.id = id;
    this.desk = desk;
  }

  get row(): Row | undefined {
    return this.desk.row(this.id);
  }
  get person(): Person | null {
    return this.row?.person ?? this.known_person;
  }
  get companions(): readonly Id[] {
    return this.row?.companions ?? [];
  }
  get scheduled(): readonly Scheduled[] {
    return this.desk.scheduled.filter((each) => each.conversation === this.id);
  }
  get is_dirty(): boolean {
    return !this.is_whole;
  }
  // Entries and notes, woven by time; notes older than what is loaded wait for their place.
  readonly items: readonly TalkItem[] = $derived.by(() => weave(this.entries, this.notes, this.has_older));

  // ---- loading ---------------------------------------------------------------------------------------------------------
  // Opens it; what is here already is shown meanwhile.
  open(): void {
    this.used_at = Date.now();
    if (!this.is_open) this.draw_line_of_news();
    this.is_open = true;
    this.load_if_needed();
  }

  // Not everything was heard, or other strands belong here now.
  doubt(): void {
    this.is_whole = false;
    this.is_story_due = true;
    this.desk.keep_soon(this); // what this device keeps of it is no longer true
    this.load_if_needed();
  }

  // Tries again what could not be loaded.
  load_if_needed(): void {
    // Before the desk knows as of when it hears of changes, something could fall between.
    if (this.desk.cursor === null) return;
    if (this.is_open && (!this.is_whole || this.is_story_due)) void this.loading.now();
  }

  private async load(): Promise<void> {
    if (!this.is_whole) await this.load_words();
    if (this.is_story_due && this.person) await this.load_story(this.person.id);
  }

  private async load_words(): Promise<void> {
    const { api } = this.desk;
    this.is_whole = this.is_loading = true; // whole until somebody doubts it while this is on its way
    const as_of = this.desk.cursor ?? 0;
    const params = { path: { id: this.id } };
    const [page, entries] = await Promise.all([
      must(api.GET('/api/desk/conversations/{id}', { params })),
      must(api.GET('/api/desk/conversations/{id}/entries', { params: { ...params, query: { limit: page_size } } })),
    ]).catch((error: unknown) => {
      this.is_whole = this.is_loading = false;
      throw error;
    });
    this.is_loading = false;
    if (!this.desk.knows(this)) return; // whoever opened it has left her seat
    this.take(page);
    this.desk.take_page(entries);
    this.shelf.restart(entries, as_of, page.conversation.strands);
    this.state = 'ready';
    if (this.new_since === null) this.draw_line_of_news();
    this.show();
    this.desk.keep_soon(this);
  }

  private async load_story(person: Id): Promise<void> {
    const story = await must(this.desk.api.GET('/api/desk/people/{id}', { params: { path: { id: person } } }));
    this.story = story;
    this.is_story_due = false;
    for (const note of story.notes) this.notes = newer(this.notes, note);
    this.desk.keep_soon(this);
  }

  // Roles, addresses and merges have no events; whoever changes them asks again.
  async refresh_story(): Promise<void> {
    if (this.person) await this.load_story(this.person.id);
  }

  // Whoever asks while a page is on its way waits for that one.
  readonly load_older = once_at_a_time(async (): Promise<void> => {
    const { older } = this.shelf;
    if (older === null || !this.is_whole) return;
    this.is_loading_older = true;
    try {
      const params = { path: { id: this.id }, query: { before: older, limit: page_size } };
      const page = await must(this.desk.api.GET('/api/desk/conversations/{id}/entries', { params }));
      // Another load may have begun anew meanwhile; then this page belongs nowhere.
      if (this.shelf.older !== older) return;
      this.desk.take_page(page);
      this.shelf.page(page);
      this.show();
    } finally {
      this.is_loading_older = false;
    }
  });

  async load_back_to(seq: Seq): Promise<void> {
    while (this.shelf.older !== null && (this.shelf.floor ?? 0) > seq) {
      const before = this.shelf.older;
      await this.load_older();
      if (this.shelf.older === before) return;
    }
  }

  private take(page: ConversationPage): void {
    this.conversation = page.conversation;
    this.known_person = page.person;
    for (const topic of page.topics) this.topics = newer(this.topics, topic);
    for (const promise of page.promises) this.promises = newer(this.promises, promise);
    for (const handover of page.handovers) this.handovers = newer(this.handovers, handover);
    const strands = new Set(page.conversation.strands);
    this.topics = this.topics.filter((each) => strands.has(each.strand));
    this.promises = this.promises.filter((each) => strands.has(each.strand));
    this.read_by_customer = Math.max(this.read_by_customer, page.read_by_customer);
    this.desk.take_conversation(page);
  }

  // Without a line, and never opened on this device: at least what the list knows.
  private show_last_word(): void {
    const newest = this.row?.newest;
    if (!newest) return;
    this.shelf.page({ entries: [newest], older: newest.seq });
    this.show();
  }

  private draw_line_of_news(): void {
    const row = this.row;
    this.new_since = row?.is_unread ? row.read_seq : null;
  }
  // Whoever answers, on whichever device, has seen what is new; what comes after that comes while she is here.
  private forget_news({ seq, author }: Entry): void {
    const is_mine = author.kind === 'colleague' && author.person === this.desk.me?.person;
    if (is_mine && this.new_since !== null && seq > this.new_since) this.new_since = null;
  }

  // ---- what happens ----------------------------------------------------------------------------------------------------
  apply(event: LiveEvent): void {
    switch (event.event) {
      case 'entry_added':
      case 'entry_changed':
        this.shelf.absorb(event.entry);
        this.forget_news(event.entry);
        return;
      case 'conversation_changed': {
        if (event.thread.id !== this.id) return;
        const known = this.conversation?.strands;
        this.conversation = event.thread;
        this.known_person = event.person;
        if (known && (known.length !== event.thread.strands.length || !known.every((each) => event.thread.strands.includes(each))))
          this.doubt();
        return;
      }
      case 'person_changed':
        if (event.person.id === this.person?.id) this.known_person = event.person;
        return;
      case 'topic_changed':
        this.topics = newer(this.topics, event.topic);
        return;
      case 'promise_changed':
        this.promises = newer(this.promises, event.promise);
        return;
      case 'note_changed':
        this.notes = newer(this.notes, event.note);
        return;
      case 'handover_changed':
        this.handovers = newer(this.handovers, event.handover);
        return;
      case 'read_mark_changed':
        if (event.by.kind === 'customer') this.read_by_customer = Math.max(this.read_by_customer, event.seq_read);
        return;
      default:
        return;
    }
  }

  absorb_entry(entry: Entry): void {
    this.shelf.absorb(entry);
    this.show();
  }

  // Draws what is shown anew: once per frame, not once per event.
  show(): void {
    const pending: readonly Pending[] = this.desk.pending_in(this.id);
    const me: Author = { kind: 'colleague', person: this.desk.me?.person ?? null, machine: null };
    this.entries = shown(this.shelf, pending, me, this.id);
    this.has_older = this.shelf.has_older;
    for (const each of pending) if (is_settled(each, this.shelf)) this.desk.arrived(this.id, each.act.id);
  }

  get newest_seq(): Seq {
    return this.shelf.newest?.seq ?? 0;
  }

  // ---- what stays on this device ---------------------------------------------------------------------------------------
  keep(): KeptTalk | null {
    const person = this.person;
    if (!this.conversation || !person || !this.is_whole || this.is_loading || !this.shelf.is_loaded) return null;
    return {
      conversation: this.conversation,
      person,
      topics: [...this.topics],
      promises: [...this.promises],
      handovers: [...this.handovers],
      story: this.story,
      notes: [...this.notes],
      shelf: this.shelf.keep(kept_entries),
      read_by_customer: this.read_by_customer,
      used_at: this.used_at,
    };
  }

  bring_back(kept: KeptTalk): void {
    this.conversation = kept.conversation;
    this.known_person = kept.person;
    this.topics = kept.topics;
    this.promises = kept.promises;
    this.handovers = kept.handovers;
    this.story = kept.story;
    this.notes = kept.notes;
    this.shelf.bring_back(kept.shelf);
    this.read_by_customer = kept.read_by_customer;
    this.used_at = kept.used_at;
    this.is_whole = true;
    this.is_story_due = kept.story === null;
    this.state = 'ready';
    this.show();
  }
}

function weave(entries: readonly ShownEntry[], notes: readonly Note[], has_older: boolean): TalkItem[] {
  const begin = has_older ? Date.parse(entries[0]?.at ?? '') : -Infinity;
  const beside = notes
    .filter((note) => !note.taken_back && Date.parse(note.written_at) >= begin)
    .sort((a, b) => Date.parse(a.written_at) - Date.parse(b.written_at));
  const out: TalkItem[] = [];
  let next = 0;
  for (const entry of entries) {
    const at = Date.parse(entry.at);
    while (entry.seq !== null && next < beside.length && Date.parse(beside[next]!.written_at) < at)
      out.push({ key: beside[next]!.id, note: beside[next++]! });
    out.push({ key: entry.id, entry });
  }
  while (next < beside.length) out.push({ key: beside[next]!.id, note: beside[next++]! });
  return out;
}
