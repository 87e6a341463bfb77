// What a colleague does in one conversation. Words go through the outbox; care (topics, promises, notes ...) asks the house
// and shows its answer at once, before the event comes.
import { must, new_id, Problem } from '@kith/wire';
import type { EntryVersion, Id, Note, Scheduled, Seq, TopicState } from '@kith/wire';
import { act_of } from '../shared/act.ts';
import type { Act } from '../shared/act.ts';
import { newer } from '../shared/newer.ts';
import type { PendingFile } from '../shared/pending_file.svelte.ts';
import { once_in } from '../shared/soon.ts';
import type { Passer, Words } from '../types.ts';
import type { DraftNow } from './drafts.svelte.ts';
import { TalkState } from './talk_state.svelte.ts';

export class Talk extends TalkState {
  // It outlives whoever opens it first: what is derived in it must not end with an effect of theirs.
  static made(...of: ConstructorParameters<typeof TalkState>): Talk {
    let talk!: Talk;
    $effect.root(() => void (talk = new Talk(...of)));
    return talk;
  }

  private readonly mark_soon = once_in(400, () => void this.send_mark());

  // ---- draft and files -------------------------------------------------------------------------------------------------
  get draft(): DraftNow {
    return this.desk.draft_book.of(this.id);
  }
  get draft_state(): 'kept' | 'here' {
    return this.draft.is_dirty ? 'here' : 'kept';
  }
  get files(): readonly PendingFile[] {
    return this.desk.pending_files.beside(this.id);
  }
  write_draft(change: Partial<Pick<DraftNow, 'text' | 'only_for_us' | 'attachments'>>): void {
    this.desk.draft_book.write(this.id, change);
  }
  // Words that come back stand before those that are being written; neither takes the place of the other.
  put_back(text: string, attachments: readonly Id[] = []): void {
    const { draft } = this;
    this.desk.pending_files.hand_on(attachments, false);
    void this.desk.files.adopt_into(this.desk.pending_files, this.id, attachments);
    this.write_draft({
      text: [text, draft.text].filter(Boolean).join('\n'),
      attachments: [...attachments, ...draft.attachments.filter((each) => !attachments.includes(each))],
      ...(draft.text === '' ? { only_for_us: false } : {}),
    });
  }
  attach(file: Blob & { name?: string }, name?: string): PendingFile {
    const pending = this.desk.pending_files.attach(this.id, file, name);
    this.write_draft({ attachments: [...this.draft.attachments, pending.id] });
    return pending;
  }

  // ---- words -----------------------------------------------------------------------------------------------------------
  // At once on the screen and safe on this device. Unless told otherwise it is not sent when a colleague answered after
  // what is seen here.
  send(words: Words & { unless_answered?: boolean }): Id {
    const id = new_id();
    const attachments = words.attachments ?? this.files.map((file) => file.id);
    this.desk.pending_files.hand_on(attachments);
    const undo_ms = this.desk.undo_ms;
    this.desk.add_act(
      act_of(this.id, 'write', id, {
        id,
        text: words.text,
        kind: words.kind ?? 'message',
        attachments,
        topics: words.topics ?? [],
        after: words.unless_answered === false || this.newest_seq === 0 ? null : this.newest_seq,
        held_until: undo_ms > 0 ? Date.now() + undo_ms : 0,
      }),
    );
    this.desk.draft_book.write(this.id, { text: '', attachments: [], only_for_us: false, going: undefined });
    this.new_since = null; // whoever answers has seen what is new
    return id;
  }
  // While it is held: out of the outbox and back into the draft, before what is being written there.
  undo(act: Id): { text: string; attachments: readonly Id[] } | null {
    return this.give_back(this.desk.outbox.undo(act));
  }
  // The same for what the house refused.
  discard(act: Id): { text: string; attachments: readonly Id[] } | null {
    return this.give_back(this.desk.outbox.discard(act));
  }
  retry(act: Id): void {
    for (const id of this.desk.outbox.find(act)?.act.attachments ?? []) this.desk.pending_files.find(id)?.retry();
    void this.desk.outbox.retry(act);
  }
  // Although somebody else answered meanwhile.
  send_anyway(act: Id): void {
    void this.desk.outbox.retry(act, { after: null });
  }
  edit(entry: Id, text: string): void {
    this.desk.add_act(act_of(this.id, 'edit', entry, { text }));
  }
  take_back(entry: Id): void {
    this.desk.add_act(act_of(this.id, 'take_back', entry, {}));
  }
  async versions(entry: Id): Promise<readonly EntryVersion[]> {
    return (await must(this.desk.api.GET('/api/desk/entries/{id}/versions', { params: { path: { id: entry } } }))).versions;
  }

  private give_back(act: Act | null): { text: string; attachments: readonly Id[] } | null {
    if (!act || act.type !== 'write') return null;
    const { text, attachments } = act;
    this.put_back(text, attachments);
    return { text, attachments };
  }

  // ---- presence --------------------------------------------------------------------------------------------------------
  get typing(): readonly Passer[] {
    return this.desk.typists.in(this.id);
  }
  // Who looks at this conversation right now, besides me.
  get readers(): readonly Passer[] {
    return this.desk.onlookers.in(this.id).filter((who) => who.person !== this.desk.me?.person);
  }
  is_typing(): void {
    this.desk.line_now?.typing(this.id);
  }
  // Call it while the newest words are on a visible screen; again every twenty seconds says that somebody still looks.
  mark_read(seq: Seq = this.newest_seq): void {
    if (seq === 0) return;
    this.desk.line_now?.reading(seq, this.id);
    if (seq <= (this.row?.read_seq ?? 0)) return;
    this.desk.people_book.mark_read(this.id, seq);
    this.mark_soon.run();
  }
  close(): void {
    this.is_open = false;
    this.new_since = null;
    this.mark_soon.flush();
  }
  private async send_mark(): Promise<void> {
    const seq = this.row?.read_seq ?? 0;
    await must(this.desk.api.PUT('/api/desk/conversations/{id}/read', { params: this.here, body: { seq } })).catch(() => {});
  }

  // ---- notes -----------------------------------------------------------------------------------------------------------
  async write_note(text: string, mentions: readonly Id[] = [], id = new_id()): Promise<Note> {
    const about = this.someone;
    const params = { path: { id: about } };
    return this.noted(
      await must(this.desk.api.POST('/api/desk/people/{id}/notes', { params, body: { id, text, mentions: [...mentions] } })),
    );
  }
  // What the draft says, for us alone. It leaves the draft when the house has it.
  async note_draft(mentions: readonly Id[] = []): Promise<void> {
    const text = this.draft.text.trim();
    await this.said_once('note', text, [], (id) => this.write_note(text, mentions, id));
  }
  async edit_note(note: Note, text: string): Promise<Note> {
    const params = { path: { id: note.id } };
    return this.noted(await must(this.desk.api.PATCH('/api/desk/notes/{id}', { params, body: { version: note.version, text } })));
  }
  async take_back_note(id: Id): Promise<Note> {
    return this.noted(await must(this.desk.api.DELETE('/api/desk/notes/{id}', { params: { path: { id } } })));
  }
  private noted(note: Note): Note {
    this.notes = newer(this.notes, note);
    return note;
  }

  // ---- topics ----------------------------------------------------------------------------------------------------------
  async open_topic(title: string, entries: readonly Id[] = [], id = new_id()): Promise<void> {
    const body = { id, title, entries: [...entries] };
    this.topics = newer(this.topics, await must(this.desk.api.POST('/api/desk/conversations/{id}/topics', { params: this.here, body })));
  }
  async rename_topic(id: Id, title: string): Promise<void> {
    this.topics = newer(
      this.topics,
      await must(this.desk.api.PATCH('/api/desk/topics/{id}', { params: { path: { id } }, body: { title } })),
    );
  }
  async link_entry(id: Id, entry: Id): Promise<void> {
    const params = { path: { id } };
    this.topics = newer(this.topics, await must(this.desk.api.POST('/api/desk/topics/{id}/entries', { params, body: { entry } })));
  }
  async unlink_entry(id: Id, entry: Id): Promise<void> {
    const params = { path: { id, entry } };
    this.topics = newer(this.topics, await must(this.desk.api.DELETE('/api/desk/topics/{id}/entries/{entry}', { params })));
  }
  async move_topic(id: Id, state: Exclude<TopicState, 'open' | 'settled'>, until: Date | null = null): Promise<void> {
    const body = { state, ...(until ? { until: until.toISOString() } : {}) };
    this.topics = newer(this.topics, await must(this.desk.api.PUT('/api/desk/topics/{id}/state', { params: { path: { id } }, body })));
  }
  async settle_topic(id: Id, by: 'customer_word' | 'silence'): Promise<void> {
    this.topics = newer(
      this.topics,
      await must(this.desk.api.POST('/api/desk/topics/{id}/settle', { params: { path: { id } }, body: { by } })),
    );
  }
  async reopen_topic(id: Id): Promise<void> {
    this.topics = newer(this.topics, await must(this.desk.api.POST('/api/desk/topics/{id}/reopen', { params: { path: { id } } })));
  }

  // ---- promises --------------------------------------------------------------------------------------------------------
  async promise(what: string, due: Date, from: Date | null = null, id = new_id()): Promise<void> {
    const body = { id, what, due: due.toISOString(), from: from?.toISOString() ?? null };
    this.promised(await must(this.desk.api.POST('/api/desk/conversations/{id}/promises', { params: this.here, body })));
  }
  async keep_promise(id: Id): Promise<void> {
    this.promised(await must(this.desk.api.POST('/api/desk/promises/{id}/keep', { params: { path: { id } } })));
  }
  async renegotiate_promise(id: Id, due: Date, from: Date | null, customer_agrees: boolean): Promise<void> {
    const body = { due: due.toISOString(), from: from?.toISOString() ?? null, customer_agrees };
    this.promised(await must(this.desk.api.POST('/api/desk/promises/{id}/renegotiate', { params: { path: { id } }, body })));
  }
  async own_promise(id: Id, text: string, entry = new_id()): Promise<void> {
    this.promised(await must(this.desk.api.POST('/api/desk/promises/{id}/own', { params: { path: { id } }, body: { entry, text } })));
  }
  private promised(promise: Parameters<typeof this.desk.take_promise>[0]): void {
    this.promises = newer(this.promises, promise);
    this.desk.take_promise(promise);
  }

  // ---- later, handing over, bringing in --------------------------------------------------------------------------------
  async later({
    until = null,
    until_she_writes = false,
    words = '',
  }: {
    until?: Date | null;
    until_she_writes?: boolean;
    words?: string;
  }): Promise<void> {
    const body = { until: until?.toISOString() ?? null, until_she_writes, words };
    const later = await must(this.desk.api.PUT('/api/desk/conversations/{id}/later', { params: this.here, body }));
    this.desk.take_later(this.id, later, later.changed_seq);
  }
  async not_later(): Promise<void> {
    await must(this.desk.api.DELETE('/api/desk/conversations/{id}/later', { params: this.here }));
    this.desk.take_later(this.id, null, this.row?.later?.changed_seq ?? 0);
  }
  async hand_over(to: Id, words: string, id = new_id()): Promise<void> {
    this.handed(await must(this.desk.api.POST('/api/desk/conversations/{id}/handovers', { params: this.here, body: { id, to, words } })));
  }
  async accept_handover(id: Id): Promise<void> {
    this.handed(await must(this.desk.api.POST('/api/desk/handovers/{id}/accept', { params: { path: { id } } })));
  }
  async decline_handover(id: Id): Promise<void> {
    this.handed(await must(this.desk.api.POST('/api/desk/handovers/{id}/decline', { params: { path: { id } } })));
  }
  async take_back_handover(id: Id): Promise<void> {
    this.handed(await must(this.desk.api.POST('/api/desk/handovers/{id}/take_back', { params: { path: { id } } })));
  }
  private handed(handover: Parameters<typeof this.desk.take_handover>[0]): void {
    this.handovers = newer(this.handovers, handover);
    this.desk.take_handover(handover);
  }
  async bring_in(colleague: Id, words: string, id = new_id()): Promise<void> {
    const brought = await must(
      this.desk.api.POST('/api/desk/conversations/{id}/companions', { params: this.here, body: { id, colleague, words } }),
    );
    this.noted(brought.note);
    this.desk.take_companions(this.id, brought.companions);
  }

  // ---- sending at another time -----------------------------------------------------------------------------------------
  async schedule({ text, attachments, topics, send_at }: Words & { send_at: Date }): Promise<void> {
    const files = attachments ?? this.files.map((file) => file.id);
    await this.said_once('later', text, files, async (id) => {
      await this.desk.pending_files.when_kept(files);
      if (!this.desk.draft_book.find_going(id)) return; // sent at once meanwhile
      const body = { id, text, attachments: files, topics: topics ?? [], send_at: send_at.toISOString() };
      const told: Scheduled = await must(this.desk.api.POST('/api/desk/conversations/{id}/scheduled', { params: this.here, body }));
      this.desk.take_scheduled(told);
      if (told.state === 'withdrawn') throw new Problem('conflict'); // taken back elsewhere: the words stay in the draft
      // An earlier attempt had arrived after all, with another time.
      const is_open = told.state === 'waiting' || told.state === 'held';
      if (is_open && Date.parse(told.send_at) !== send_at.getTime()) await this.change_scheduled(id, text, send_at);
    });
  }
  async change_scheduled(id: Id, text: string, send_at: Date): Promise<void> {
    const body = { text, send_at: send_at.toISOString() };
    this.desk.take_scheduled(await must(this.desk.api.PUT('/api/desk/scheduled/{id}', { params: { path: { id } }, body })));
  }
  async withdraw_scheduled(id: Id): Promise<void> {
    this.desk.take_scheduled(await must(this.desk.api.DELETE('/api/desk/scheduled/{id}', { params: { path: { id } } })));
  }

  // Says words of the draft as something else. Until the house has them they stay there, and a repeat says the same id.
  private async said_once(as: 'note' | 'later', text: string, files: readonly Id[], say: (id: Id) => Promise<unknown>): Promise<void> {
    const id = this.desk.draft_book.going_as(as, this.id, text, files);
    try {
      await say(id);
    } catch (error) {
      if (error instanceof Problem && !error.is_passing) this.desk.draft_book.is_refused(id);
      throw error;
    }
    this.desk.has_arrived(id);
  }

  private get here(): { path: { id: Id } } {
    return { path: { id: this.id } };
  }
  private get someone(): Id {
    const person = this.person;
    if (!person) throw new Error('nobody is known here yet');
    return person.id;
  }
}
