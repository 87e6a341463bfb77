// What the desk knows of people besides their words: the team, who is there, names and faces, what is mine to do, and how
// somebody is found.
import { must, new_id, unreachable } from '@kith/wire';
import type {
  Api,
  Attachment,
  Colleague,
  ConversationPage,
  DeskSession,
  Entry,
  EntryPage,
  Handover,
  Id,
  Later,
  Merge,
  Passing,
  Presence,
  Promised,
  Scheduled,
  Schemas,
  Seq,
  Settings,
} from '@kith/wire';
import { Passers } from '../shared/passers.svelte.ts';
import { DeskFiles } from './desk_files.svelte.ts';
import { Household } from './household.svelte.ts';
import type { Mention, Preferences } from './household.svelte.ts';
import { People } from './people.svelte.ts';
import type { Row } from './row.svelte.ts';
import type { Rows } from './rows.svelte.ts';
import { Search } from './search.svelte.ts';

export abstract class DeskTeam {
  readonly api: Api;
  me = $state.raw<DeskSession | null>(null);
  cursor: Seq | null = null; // everything up to here is applied
  readonly people_book: People;
  readonly household: Household;
  readonly files: DeskFiles;
  readonly typists = new Passers(5000);
  readonly onlookers = new Passers(30_000);
  protected seat = {}; // another one for each who sits here

  constructor(api: Api) {
    this.api = api;
    const my_id = () => this.me?.person ?? null;
    this.people_book = new People(my_id, (conversation) => this.want_row(conversation));
    this.household = new Household(api, my_id);
    this.files = new DeskFiles(api);
  }

  // An answer for somebody who has left her seat since is nobody's: what is hers in it must not reach the next one.
  protected async asked<T>(answer: Promise<T>): Promise<T> {
    const { seat } = this;
    const told = await answer;
    if (seat !== this.seat) throw unreachable('somebody else sits here');
    return told;
  }

  // Somebody of whom an event told only a part.
  protected abstract want_row(conversation: Id): void;

  get line(): People['line'] {
    return this.people_book.line;
  }
  get people(): Rows {
    return this.people_book.everybody;
  }
  row(conversation: Id): Row | undefined {
    return this.people_book.row(conversation);
  }
  // Of those who know me, and of those who are known by nobody yet: without a first answer from somebody they have none.
  get unread(): number {
    let count = 0;
    for (const row of this.line.known) if (row.is_unread) ++count;
    for (const row of this.line.anyone) if (row.is_unread && row.is_new_to_all) ++count;
    return count;
  }

  // ---- files -----------------------------------------------------------------------------------------------------------
  file(id: Id): Attachment | undefined {
    return this.files.find(id);
  }
  // The session cookie goes along, so this works in `img` and `audio` as it stands.
  content_url(id: Id): string {
    return `/api/attachments/${id}/content`;
  }

  // What passes by and is kept nowhere.
  protected pass(passing: Passing): void {
    if (passing.type === 'presence') return this.household.take_presence(passing.presence);
    if (passing.by.person === this.me?.person) return;
    if (passing.type === 'typing') this.typists.came(passing.conversation, passing.by);
    this.onlookers.came(passing.conversation, passing.by);
  }

  // ---- team, and what is mine ------------------------------------------------------------------------------------------
  get colleagues(): readonly Colleague[] {
    return this.household.colleagues;
  }
  colleague(id: Id): Colleague | undefined {
    return this.household.colleague(id);
  }
  name_of(person: Id): string {
    return this.household.named(person)?.called ?? this.people_book.row_of_person(person)?.person.called ?? '';
  }
  face_of(person: Id): string | null {
    return this.household.named(person)?.face ?? this.people_book.row_of_person(person)?.person.face ?? null;
  }
  presence(person: Id): Presence | undefined {
    return this.household.presence(person);
  }
  get my_presence(): Presence | undefined {
    return this.me ? this.household.presence(this.me.person) : undefined;
  }
  get settings(): Settings | null {
    return this.household.settings;
  }
  get preferences(): Preferences | null {
    return this.household.preferences;
  }
  save_preferences(preferences: Preferences): Promise<void> {
    return this.household.save_preferences(preferences);
  }
  get promises(): readonly Promised[] {
    return this.household.promises;
  }
  get team_promises(): readonly Promised[] {
    return this.household.team_promises;
  }
  load_team_promises(): Promise<void> {
    return this.household.load_team_promises(this.cursor ?? 0);
  }
  get scheduled(): readonly Scheduled[] {
    return this.household.scheduled;
  }
  get handovers(): readonly Handover[] {
    return this.household.handovers;
  }
  get mentions(): readonly Mention[] {
    return this.household.mentions;
  }
  search(): Search {
    return new Search(this.api, (words) => this.people_named(words));
  }
  private people_named(words: string): { person: Schemas['Person']; conversation: Id }[] {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    const found: { person: Schemas['Person']; conversation: Id }[] = [];
    for (const row of this.people_book.all) {
      const parts = row.person.called.toLowerCase().split(/\s+/);
      if (wanted.every((word) => parts.some((part) => part.startsWith(word)))) found.push({ person: row.person, conversation: row.id });
      if (found.length === 20) break;
    }
    return found;
  }

  async merge(from: Id, into: Id, reason: string): Promise<Merge> {
    return must(this.api.POST('/api/desk/merges', { body: { id: new_id(), from, into, reason } }));
  }
  async undo_merge(id: Id): Promise<Merge> {
    return must(this.api.POST('/api/desk/merges/{id}/undo', { params: { path: { id } } }));
  }
  async change_person(id: Id, change: Schemas['ChangePerson']): Promise<void> {
    const person = await must(this.api.PATCH('/api/desk/people/{id}', { params: { path: { id } }, body: change }));
    this.people_book.apply({ type: 'event', event: 'person_changed', seq: this.cursor ?? 0, conversation: null, person });
  }

  // ---- what pages and answers tell -------------------------------------------------------------------------------------
  take_page(page: EntryPage): void {
    this.files.take(page.attachments);
    this.household.take_names(page.people);
  }
  take_conversation(page: ConversationPage, newest: Entry | null = null): void {
    const { strands: _, ...conversation } = page.conversation;
    const { person, read_seq, later, companions } = page;
    this.household.take_names([person]);
    const known = this.people_book.row(conversation.id);
    this.people_book.take(
      [{ person, conversation, newest: newest ?? known?.newest ?? null, read_seq, later, companions }],
      page.newest_seq,
    );
    for (const handover of page.handovers) this.take_handover(handover);
  }
  take_promise(promise: Promised): void {
    this.household.take_promise(promise);
  }
  take_scheduled(scheduled: Scheduled): void {
    this.household.take_scheduled(scheduled);
  }
  take_handover(handover: Handover): void {
    this.household.take_handover(handover);
    if (this.people_book.row(handover.conversation)) this.people_book.take_handover(handover);
  }
  take_later(conversation: Id, later: Later | null, seq: Seq): void {
    this.people_book.apply({ type: 'event', event: 'later_changed', seq, conversation, later });
  }
  take_companions(conversation: Id, companions: Id[]): void {
    this.people_book.apply({ type: 'event', event: 'companions_changed', seq: this.cursor ?? 0, conversation, companions });
  }
}
