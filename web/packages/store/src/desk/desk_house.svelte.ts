// Everything the desk knows, once. Live events come in, batched by frame; rows, conversations, team and drafts take what
// concerns them; components read.
import { colleague_client, Line, must, Problem } from '@kith/wire';
import type { DeskSession, Draft, Entry, Id, LineState, LiveEvent, SayPresence, Seq, Welcome } from '@kith/wire';
import type { Act, Pending } from '../shared/act.ts';
import { Batch } from '../shared/batch.ts';
import { begun_apart } from '../shared/breathe.ts';
import { carry, carry_last, desk_paths } from '../shared/carry.ts';
import { Device } from '../shared/device.ts';
import { Outbox } from '../shared/outbox.ts';
import type { PendingFiles } from '../shared/pending_file.svelte.ts';
import { Retry, try_again } from '../shared/retry.ts';
import type { Connection } from '../types.ts';
import { Calls } from './calls.ts';
import type { CallListener } from './calls.ts';
import { Cache, most_talks } from './cache.ts';
import type { KeptDesk } from './cache.ts';
import { DeskLists } from './desk_lists.svelte.ts';
import { Drafts } from './drafts.svelte.ts';
import type { DeskOptions } from './desk_options.ts';
import type { DraftNow } from './drafts.svelte.ts';
import type { Mention, Preferences } from './household.svelte.ts';
import { remember, remembered } from './last_seat.ts';
import type { Row } from './row.svelte.ts';
import type { Rows } from './rows.svelte.ts';
import type { Search } from './search.svelte.ts';
import { is_first_time } from './told_once.ts';
import { Talk } from './talk.svelte.ts';
import { TalkBook } from './talk_book.ts';
import type { TalkState } from './talk_state.svelte.ts';

export type { DeskOptions, Talk, Row, Rows, Search, DraftNow, Mention, Preferences };
export type { PendingFile } from '../shared/pending_file.svelte.ts';

export class DeskHouse extends DeskLists {
  undo_ms: number;
  door = $state.raw<'looking' | 'signed_out' | 'second_factor' | 'signed_in'>('looking');
  connection = $state.raw<Connection>('resting');
  away_since = $state.raw<Date | null>(null);
  device!: Device;
  outbox!: Outbox;
  draft_book!: Drafts;
  pending_files!: PendingFiles;
  private readonly options: DeskOptions;
  private readonly talks = new TalkBook(
    (talk) => talk.is_open || this.pending_in(talk.id).length > 0,
    (talk) => this.cache?.changed(talk.id),
  );
  private readonly calls = new Calls();
  private readonly batch = new Batch<LiveEvent>((events) => this.take(events));
  private line_object: Line | null = null;
  private cache: Cache | null = null;
  private is_loaded = false; // the lists of the house were read since the last reset
  private said_presence: SayPresence | null = null;

  constructor(options: DeskOptions = {}) {
    super(options.api ?? colleague_client());
    this.options = options;
    this.undo_ms = options.undo_ms ?? 8000;
  }

  // ---- the door --------------------------------------------------------------------------------------------------------
  // Shows what this device keeps of the one who sat here last, and asks the house whether she is still signed in.
  async start(): Promise<void> {
    const last = remembered();
    if (!last && !this.me) setTimeout(() => this.show_the_door(), 600); // unless the house answers sooner
    if (last) {
      const device = await Device.open(`kith-desk-${last}`);
      const session = await device.get<DeskSession>('kept', 'session');
      if (session) await this.furnish(session, device);
      else device.close();
    }
    try {
      await this.came_in(await must(this.api.GET('/api/desk/session')));
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_signed_in') await (last || !this.me ? this.not_signed_in() : null);
      else if (this.me) this.open_line();
      else {
        this.show_the_door();
        this.connection = 'away';
        try_again(() => !this.me && void this.start());
      }
    }
  }

  private show_the_door(): void {
    if (this.door === 'looking' && !this.me) this.door = 'signed_out';
  }

  async sign_in(email: string, password: string): Promise<void> {
    await this.came_in(await must(this.api.POST('/api/desk/session', { body: { email, password } })));
  }
  async give_second_factor(code: string): Promise<void> {
    await this.came_in(await must(this.api.POST('/api/desk/session/second_factor', { body: { code } })));
  }

  // After signing in, the first run or an accepted invitation.
  async came_in(session: DeskSession): Promise<void> {
    if (session.second_factor_due) {
      this.me = session;
      this.door = 'second_factor';
      return;
    }
    if (!this.device || this.me?.person !== session.person || this.door !== 'signed_in') {
      this.leave();
      if (this.me && this.me.person !== session.person) this.forget();
      await this.furnish(session, await Device.open(`kith-desk-${session.person}`));
    }
    this.me = session;
    this.connection = this.connection === 'resting' || this.connection === 'away' ? 'connecting' : this.connection;
    remember(session.person);
    void this.device.put('kept', 'session', session);
    void this.loading.now();
  }

  // Nothing of the house stays on this device.
  async sign_out(): Promise<void> {
    await this.outbox?.send_all(3000); // her last words may still be held for undo
    this.leave(); // before the house is told, so that nothing goes on in her name
    await this.api.DELETE('/api/desk/session').catch(() => {});
    await this.device?.wipe();
    remember(null);
    this.forget();
    this.door = 'signed_out';
  }

  // The session ended. What customers said leaves this device; what she wrote herself stays until she signs in again.
  async not_signed_in(): Promise<void> {
    const { device } = this;
    this.leave();
    await device?.wipe(['talks', 'kept']);
    this.forget();
    this.door = 'signed_out';
  }

  private async furnish(session: DeskSession, device: Device): Promise<void> {
    this.device = device;
    this.me = session;
    this.draft_book = new Drafts(this.api, device, ({ conversation, attachments }) =>
      this.files.adopt_into(this.pending_files, conversation, attachments),
    );
    const paths = desk_paths(this.api);
    this.outbox = new Outbox({
      device,
      carry: (act) => carry(act, this.line_object, act.lane, paths),
      when_ready: (act) => this.pending_files.when_kept(act.attachments),
      on_change: (lane) => this.talks.get(lane)?.show(),
      on_kept: (act, { entry }) => (entry ? this.take_entry(act.lane, entry) : this.talks.get(act.lane)?.show()),
      carry_last: (act) =>
        carry_last(act, this.api, `/api/desk/conversations/${act.lane}/entries`, (it) => `/api/desk/entries/${it.entry}`),
    });
    this.pending_files = this.files.pending(device, this.draft_book);
    this.cache = new Cache(device, {
      desk: () => this.keep(),
      talk: (id) => this.talks.get(id)?.keep() ?? null,
      talks: () => [...this.talks.keys()],
    });
    await this.remember();
    this.door = 'signed_in';
    this.cache.open();
    globalThis.addEventListener('pagehide', this.leaving);
  }

  private async remember(): Promise<void> {
    const [kept] = await Promise.all([this.cache?.read(), this.outbox.open(), this.pending_files.open()]);
    if (kept) {
      this.cursor = kept.desk.cursor;
      this.household.bring_back(kept.desk.household);
      this.people_book.take(kept.desk.rows, kept.desk.rows_as_of);
      for (const talk of kept.talks) {
        const made = this.make_talk(talk.conversation.id);
        made.bring_back(talk);
      }
    }
    await this.draft_book.open();
    for (const lane of this.outbox.lanes_with_acts)
      for (const { act } of this.outbox.pending(lane)) this.pending_files.hand_on(act.attachments);
  }

  // Lets go of everything that runs.
  private leave(): void {
    globalThis.removeEventListener('pagehide', this.leaving);
    this.cache?.close();
    this.outbox?.close();
    this.pending_files?.close();
    this.line_object?.stop();
    this.line_object = null;
    this.loading.stop();
  }

  private forget(): void {
    this.me = null;
    this.connection = 'resting';
    this.cursor = null;
    this.is_loaded = false;
    this.said_presence = null;
    this.leave_lists();
    this.talks.clear();
    this.typists.clear();
    this.onlookers.clear();
  }

  stop(): void {
    this.leave();
    this.device?.close();
  }

  private readonly leaving = () => {
    this.outbox.leave();
    this.draft_book.leave();
    this.cache?.flush();
    for (const talk of this.talks.values()) if (talk.is_open) talk.close();
  };

  // ---- the line --------------------------------------------------------------------------------------------------------
  get line_now(): Line | null {
    return this.line_object;
  }

  private open_line(): void {
    if (this.line_object) return this.line_object.start();
    const make = this.options.make_line ?? ((options) => new Line(options));
    this.line_object = make({
      since: this.cursor,
      on_event: (event) => this.batch.add(event),
      on_welcome: (welcome, is_fresh) => this.welcome(welcome, is_fresh),
      on_caught_up: (seq) => {
        this.batch.flush();
        this.reach(seq);
        this.outbox.wake();
        this.draft_book.wake();
        if (!this.is_loaded) void this.loading.now();
        for (const talk of this.talks.values()) talk.load_if_needed();
      },
      on_passing: (passing) => this.pass(passing),
      on_state: (state) => this.changed(state),
    });
    this.line_object.start();
  }

  private changed(state: LineState): void {
    this.connection = state === 'refused' ? 'away' : state;
    this.away_since = this.line_object?.away_since ? new Date(this.line_object.away_since) : null;
    if (state !== 'here') {
      this.typists.clear();
      this.onlookers.clear();
    }
    if (state === 'refused') void this.not_signed_in();
  }

  private welcome(welcome: Welcome, is_fresh: boolean): void {
    this.batch.flush();
    // This house does not know what we know: it came back from a copy.
    if (welcome.reset) this.leave_lists();
    this.household.take_all_present(welcome.present);
    if (this.said_presence) this.line_object?.presence(this.said_presence);
    if (!is_fresh) return;
    this.cursor = welcome.seq;
    this.is_loaded = false;
    for (const talk of this.talks.values()) talk.doubt();
  }

  private take(events: LiveEvent[]): void {
    const touched = new Set<Talk>();
    for (const event of events) {
      this.people_book.apply(event);
      this.household.apply(event);
      if (event.event === 'draft_changed') this.draft_book.heard(event.draft);
      if (event.event === 'note_changed') this.has_arrived(event.note.id);
      if (event.event === 'scheduled_changed') this.has_arrived(event.scheduled.id);
      if (event.event === 'settings_changed') void this.look_for_the_sample((id) => this.talks.delete(id)).catch(() => {});
      const talk = event.conversation === null ? undefined : this.talks.get(event.conversation);
      if (talk) {
        talk.apply(event);
        touched.add(talk);
      }
      if ('entry' in event) this.heard_entry(event.conversation, event.entry, talk !== undefined);
      this.calls.tell(event, this.me?.person ?? null);
      this.cursor = Math.max(this.cursor ?? 0, event.seq);
    }
    for (const talk of touched) {
      talk.show();
      this.cache?.changed(talk.id);
    }
    this.cache?.changed();
    this.load_more_of_the_line();
  }

  private heard_entry(conversation: Id | null, entry: Entry, is_talk: boolean): void {
    if (conversation === null) return;
    const { person, kind } = entry.author;
    this.typists.went(conversation, { kind, person });
    if (is_talk && entry.attachments.length > 0) void this.files.load(entry.attachments);
  }

  private reach(seq: Seq): void {
    this.cursor = Math.max(this.cursor ?? 0, seq);
    this.cache?.changed();
  }

  // ---- lists -----------------------------------------------------------------------------------------------------------
  // The lists as the house has them now. The line is opened from the seq that the first answer is true as of.
  private readonly loading = new Retry(
    () => this.load(),
    (problem) => void (problem.code === 'not_signed_in' && this.not_signed_in()),
    () => void (this.me && this.open_line()),
  );

  protected began(): void {
    for (const talk of this.talks.values()) talk.load_if_needed();
  }

  private async load(): Promise<void> {
    if (this.is_loaded || this.door !== 'signed_in') return;
    if (this.cursor !== null) this.open_line();
    await this.load_line();
    this.open_line();
    const as_of = this.cursor ?? 0;
    let drafts: readonly Draft[] = [];
    const ask_drafts = async () => void ({ drafts } = await must(this.api.GET('/api/desk/drafts')));
    await this.asked(begun_apart([ask_drafts, () => this.load_people(true), () => this.household.load(as_of)]));
    await this.load_laters();
    for (const handover of this.household.handovers) this.people_book.take_handover(handover);
    this.draft_book.heard_all(drafts, as_of);
    this.is_loaded = true;
    this.cache?.changed();
    void this.load_enough(most_talks).then(
      () => this.cache?.changed(),
      () => {},
    );
  }

  // ---- conversations ---------------------------------------------------------------------------------------------------
  talk(conversation: Id): Talk {
    const talk = this.make_talk(conversation);
    talk.open();
    return talk;
  }
  async talk_with(person: Id): Promise<Talk> {
    const row = this.people_book.row_of_person(person);
    if (row) return this.talk(row.id);
    const page = await must(this.api.GET('/api/desk/people/{id}', { params: { path: { id: person } } }));
    return this.talk(page.conversation.id);
  }

  private make_talk(id: Id): Talk {
    return this.talks.get(id) ?? this.talks.add(Talk.made(id, this));
  }

  // ---- what parts of the desk tell each other --------------------------------------------------------------------------
  pending_in(lane: Id): readonly Pending[] {
    return this.outbox.pending(lane);
  }
  add_act(act: Act): void {
    void this.outbox.add(act);
  }
  // The house has what a draft said as a note, or for later.
  has_arrived(id: Id): void {
    this.pending_files.hand_on(this.draft_book.arrived(id));
  }
  arrived(lane: Id, act: Id): void {
    this.outbox.arrived(lane, act);
  }
  knows(talk: TalkState): boolean {
    return this.talks.get(talk.id) === talk;
  }
  keep_soon(talk: TalkState): void {
    this.cache?.changed(talk.id);
  }
  private take_entry(conversation: Id, entry: Entry): void {
    this.talks.get(conversation)?.absorb_entry(entry);
    this.people_book.apply({ type: 'event', event: 'entry_added', seq: entry.changed_seq, conversation, entry });
  }

  // ---- what is mine ----------------------------------------------------------------------------------------------------
  // A beat, or back: shown at once, and said again after a broken line.
  be(presence: SayPresence): void {
    if (!this.me) return;
    this.said_presence = presence;
    this.household.take_presence({ back_at: null, ...presence, person: this.me.person });
    if (this.connection === 'here') this.line_object?.presence(presence);
    else void must(this.api.PUT('/api/desk/presence', { body: presence })).catch(() => {});
  }
  get drafts(): readonly DraftNow[] {
    return this.draft_book?.all ?? [];
  }
  // For what is told once on this device, in whichever tab.
  first_time(what: string): Promise<boolean> {
    return is_first_time(this.device, what);
  }
  on_call(listener: CallListener): () => void {
    return this.calls.on(listener);
  }

  private keep(): KeptDesk | null {
    if (!this.is_loaded || this.cursor === null) return null;
    const rows = this.rows_worth_keeping(most_talks, this.talks.keys());
    return { cursor: this.cursor, kept_at: Date.now(), household: this.household.keep(), rows, rows_as_of: this.cursor };
  }
}
