// Everything the panel knows: one visitor, her conversation, and who is there. Lean on purpose: it is paid for on other
// people's websites.
import { Line, must, new_id, Problem, visitor_client } from '@kith/wire';
import type { Api, Author, Id, LineOptions, LineState, LiveEvent, Passing, Seq, Site, Visit, Welcome } from '@kith/wire';
import { act_of } from '../shared/act.ts';
import { Batch } from '../shared/batch.ts';
import { carry, carry_last, visitor_paths } from '../shared/carry.ts';
import { Device } from '../shared/device.ts';
import { once_at_a_time } from '../shared/once_at_a_time.ts';
import { Outbox } from '../shared/outbox.ts';
import type { Carried } from '../shared/outbox.ts';
import { PendingFiles } from '../shared/pending_file.svelte.ts';
import type { PendingFile } from '../shared/pending_file.svelte.ts';
import { Retry } from '../shared/retry.ts';
import { is_settled, shown } from '../shared/shelf.ts';
import { once_in } from '../shared/soon.ts';
import type { Words } from '../types.ts';
import { identity_in, visit_to_begin } from './memory.ts';
import type { KeptDraft, KeptStory, KeptVisit } from './memory.ts';
import { VisitorAsks } from './visitor_asks.svelte.ts';

export interface VisitorOptions {
  inbox?: Id | null; // null: the default one
  identity_token?: string | null;
  site?: Site | null; // as the page brought it along: then nobody has to ask before somebody stands there
  languages?: readonly string[];
  api?: Api;
  make_line?: (options: LineOptions) => Line;
}

const lane = 'mine'; // she has one conversation, and may write before it has an id
const page_size = 50;

export class VisitorHouse extends VisitorAsks {
  private draft_now = $state.raw<KeptDraft>({ text: '', attachments: [] });
  private readonly options: VisitorOptions;
  protected readonly inbox: Id | null;
  private readonly batch = new Batch<LiveEvent>((events) => this.take(events));
  private outbox!: Outbox;
  private pending!: PendingFiles;
  private visit: KeptVisit | null = null;
  private line: Line | null = null;
  private came_back = false;
  protected readonly put_away_soon = once_in(300, () => void this.put_away());
  private readonly mark_soon = once_in(400, () => void this.send_mark());

  constructor(options: VisitorOptions = {}) {
    super(options.api ?? visitor_client({ token: () => this.token }));
    this.options = options;
    this.inbox = options.inbox ?? null;
  }

  // Shows what this device remembers, then finds out the rest. Never waits for the network.
  async start(): Promise<void> {
    this.device = await Device.open(`kith-panel-${this.options.inbox ?? 'default'}`);
    const identity = identity_in(this.options.identity_token ?? null);
    this.visit = (await this.device.get<KeptVisit>('kept', 'visit')) ?? null;
    if (this.visit?.identity && this.visit.identity !== identity) await this.forget_here();
    this.outbox = new Outbox({
      device: this.device,
      carry: async (act) => {
        await this.come_in();
        return carry(act, this.line, null, visitor_paths(this.api));
      },
      when_ready: (act) => this.pending.when_kept(act.attachments),
      on_change: () => this.show(),
      on_kept: (_act, carried) => this.heard_kept(carried),
      carry_last: (act) => {
        if (this.visit?.has_begun) carry_last(act, this.api, '/api/visitor/entries', (it) => `/api/visitor/entries/${it.entry}`);
      },
    });
    this.pending = new PendingFiles({
      api: this.api,
      device: this.device,
      begin: async (file) => {
        await this.come_in();
        const body = { id: file.id, name: file.name, size_bytes: file.bytes.size };
        return must(this.api.POST('/api/visitor/attachments', { body }));
      },
      on_kept: (attachment) => this.story.attachments.set(attachment.id, attachment),
      on_gone: (file) => this.keep_draft({ attachments: this.draft_now.attachments.filter((id) => id !== file.id) }),
    });
    if (this.options.site) this.saw_site(this.options.site);
    await this.remember();
    this.ready = true;
    globalThis.addEventListener('pagehide', this.leaving);
    globalThis.addEventListener('online', this.look_again);
    document.addEventListener('visibilitychange', this.look_again);
    if (!this.options.site) void this.load_site().catch(() => {});
    if (this.visit?.has_begun || identity || this.outbox.pending(lane).length > 0) void this.come_in().catch(() => {});
  }

  stop(): void {
    globalThis.removeEventListener('pagehide', this.leaving);
    globalThis.removeEventListener('online', this.look_again);
    document.removeEventListener('visibilitychange', this.look_again);
    this.line?.stop();
    this.loading.stop();
    this.outbox?.close();
    this.urls.clear();
  }

  // ---- draft and files -------------------------------------------------------------------------------------------------
  get files(): readonly PendingFile[] {
    return this.ready ? this.pending.beside(lane) : [];
  }
  get draft(): string {
    return this.draft_now.text;
  }
  set draft(text: string) {
    this.keep_draft({ text });
  }
  // One that is still on its way inside a message.
  sending_file(id: Id): PendingFile | undefined {
    return this.ready ? this.pending.find(id) : undefined;
  }
  // ---- what she does ---------------------------------------------------------------------------------------------------
  send(words: Words): Id {
    const id = new_id();
    const attachments = words.attachments ?? this.files.map((file) => file.id);
    this.pending.hand_on(attachments);
    const { text, kind = 'message', topics = [] } = words;
    void this.outbox.add(act_of(lane, 'write', id, { id, text, kind, topics, attachments }));
    this.keep_draft({ text: '', attachments: [] });
    return id;
  }
  edit(entry: Id, text: string): void {
    void this.outbox.add(act_of(lane, 'edit', entry, { text }));
  }
  take_back(entry: Id): void {
    void this.outbox.add(act_of(lane, 'take_back', entry, {}));
  }
  retry(act: Id): void {
    const found = this.outbox.find(act);
    for (const id of found?.act.attachments ?? []) this.pending.find(id)?.retry();
    void this.outbox.retry(act);
  }
  // Out of the outbox; its words go back into an empty draft.
  discard(act: Id): void {
    const given_up = this.outbox.discard(act);
    if (given_up?.type !== 'write' || this.draft !== '') return;
    this.pending.hand_on(given_up.attachments, false);
    this.keep_draft({ text: given_up.text, attachments: [...this.draft_now.attachments, ...given_up.attachments] });
  }
  attach(file: Blob & { name?: string }, name?: string): PendingFile {
    const pending = this.pending.attach(lane, file, name);
    this.keep_draft({ attachments: [...this.draft_now.attachments, pending.id] });
    return pending;
  }
  is_typing(): void {
    this.line?.typing();
  }
  mark_read(): void {
    const newest = this.story.shelf.newest?.seq ?? 0;
    if (newest <= this.read_seq) return;
    this.story.read_seq = newest;
    this.line?.reading(newest);
    this.mark_soon.run();
  }
  // Whoever asks while a page is on its way waits for that page.
  readonly load_older = once_at_a_time(async () => {
    const { older } = this.story.shelf;
    if (older === null) return;
    this.is_loading = true;
    try {
      const page = await must(this.api.GET('/api/visitor/entries', { params: { query: { before: older, limit: page_size } } }));
      // Another load may have begun anew meanwhile; then this page belongs nowhere.
      if (this.story.shelf.older !== older) return;
      this.story.take_page(page);
      this.story.shelf.page(page);
      this.show();
    } finally {
      this.is_loading = false;
    }
  });
  // Signs out: the token is worthless, and nothing stays on this device.
  async forget(): Promise<void> {
    await this.api.DELETE('/api/visitor/sessions').catch(() => {});
    this.stop();
    await this.forget_here();
  }

  // ---- coming in -------------------------------------------------------------------------------------------------------
  // Begins the visit if need be, and opens the line. Many may ask; one comes in.
  protected come_in(): Promise<void> {
    return this.visit?.has_begun && this.line && !this.is_over ? Promise.resolve() : this.coming_in();
  }
  private readonly coming_in = once_at_a_time(() =>
    this.begin().catch((error: unknown) => {
      if (!this.line && error instanceof Problem && error.is_passing) this.connection = 'away';
      throw error;
    }),
  );
  private async begin(): Promise<void> {
    const identity_token = this.options.identity_token ?? null;
    const identity = identity_in(identity_token);
    if (!this.visit?.has_begun || this.is_over || this.visit.identity !== identity) {
      const inbox = this.options.inbox ?? this.visit?.inbox ?? (await this.load_site()).inbox;
      this.visit = await visit_to_begin(this.device, inbox, identity, this.is_over);
      const languages = [...(this.options.languages ?? navigator.languages)].slice(0, 10);
      const { id, token } = this.visit;
      const body = { id, inbox: this.visit.inbox, token, languages, ...(identity_token ? { identity_token } : {}) };
      const ask = () => must(this.api.POST('/api/visitor/sessions', { body }));
      const visit = await ask().catch((error: unknown) => {
        // An earlier visit is over, perhaps because this one had begun and its answer was lost.
        if (!this.visit?.previous || !(error instanceof Problem) || error.code !== 'not_signed_in') throw error;
        this.visit = { ...this.visit, previous: null };
        return ask();
      });
      this.came_in(visit, identity);
      await this.device.put('kept', 'visit', this.visit);
    }
    this.is_known = true;
    this.is_over = false;
    this.open_line();
  }

  // A token that the house has not heard of proves nothing; until it has, the one of the visit before does.
  private get token(): string | null {
    return (this.visit?.has_begun ? this.visit.token : this.visit?.previous) ?? null;
  }

  private came_in(visit: Visit, identity: string | null): void {
    if (this.me && this.me.id !== visit.person.id) this.story.forget();
    this.visit = { ...this.visit!, token: visit.token, has_begun: true, previous: null, identity };
    this.story.me = visit.person;
  }

  private open_line(): void {
    if (this.line) return void this.line.start();
    const make = this.options.make_line ?? ((options) => new Line(options));
    this.line = make({
      token: () => this.token,
      since: this.story.cursor,
      on_event: (event) => this.batch.add(event),
      on_welcome: (welcome, is_fresh) => this.welcome(welcome, is_fresh),
      on_caught_up: (seq) => {
        this.batch.flush();
        this.reach(seq);
        this.outbox.wake();
        if (!this.story.shelf.is_loaded) void this.loading.now();
      },
      on_passing: (passing) => this.pass(passing),
      on_state: (state) => this.changed(state),
    });
    this.line.start();
    if (!this.story.shelf.is_loaded) void this.loading.now();
  }

  private changed(state: LineState): void {
    this.connection = state === 'refused' ? 'away' : state;
    this.away_since = this.line?.away_since ? new Date(this.line.away_since) : null;
    if (state === 'refused') this.ended();
    if (state !== 'here') this.passers.clear();
  }

  // Her token works no more. Whom the host website vouches for comes in again by herself, once.
  private ended(): void {
    this.is_over = true;
    if (!this.options.identity_token || this.came_back) return;
    this.came_back = true;
    void this.come_in().catch(() => {});
  }

  private welcome(welcome: Welcome, is_fresh: boolean): void {
    this.batch.flush();
    this.story.take_all_present(welcome.present);
    this.has_looked ||= this.site !== null;
    const is_other = welcome.thread !== null && this.story.is_other_thread(welcome.thread);
    this.story.conversation = welcome.thread ?? this.conversation;
    if (is_fresh) this.story.cursor = welcome.seq;
    if (is_fresh || is_other) void this.loading.now();
  }

  // The conversation as the house has it now; what is heard meanwhile is newer and wins.
  private readonly loading = new Retry(
    async () => {
      const as_of = this.line?.cursor ?? this.story.cursor ?? 0;
      const [page, entries] = await Promise.all([
        must(this.api.GET('/api/visitor/conversation')),
        must(this.api.GET('/api/visitor/entries', { params: { query: { limit: page_size } } })),
      ]);
      this.story.take_conversation(page);
      this.story.take_page(entries);
      this.story.shelf.restart(entries, as_of, page.conversation.strands);
      this.show();
      this.put_away_soon.run();
    },
    (problem) => void (problem.code === 'not_signed_in' && this.ended()),
  );

  // ---- what happens ----------------------------------------------------------------------------------------------------
  private take(events: LiveEvent[]): void {
    const files = new Set<Id>();
    let wants_story = false;
    for (const event of events) {
      const wishes = this.story.apply(event);
      for (const id of wishes.files ?? []) files.add(id);
      wants_story ||= wishes.conversation ?? false;
      if (wishes.site) void this.load_site().catch(() => {});
      if (event.event === 'entry_added' && event.conversation) this.passers.went(event.conversation, event.entry.author);
      this.reach(event.seq);
    }
    this.show();
    if (wants_story) void this.loading.now();
    if (files.size > 0) void this.load_files(files);
  }

  private reach(seq: Seq): void {
    this.story.cursor = Math.max(this.story.cursor ?? 0, seq);
    this.put_away_soon.run();
  }

  private pass(passing: Passing): void {
    if (passing.type === 'typing') this.passers.came(passing.conversation, passing.by);
    else if (passing.type === 'presence') this.story.take_presence(passing.presence);
    else if (passing.by.kind === 'colleague') this.story.read_by_team = Math.max(this.read_by_team, passing.seq);
  }

  private heard_kept(carried: Carried): void {
    if (carried.entry) this.story.shelf.absorb(carried.entry);
    this.show();
  }

  // ---- what it looks like, and what stays ------------------------------------------------------------------------------
  private show(): void {
    if (!this.outbox) return;
    const pending = this.outbox.pending(lane);
    const settled = pending.filter((each) => is_settled(each, this.story.shelf));
    const me: Author = { kind: 'customer', person: this.me?.id ?? null, machine: null };
    this.entries = shown(this.story.shelf, pending, me, this.conversation?.id ?? lane);
    this.has_older = this.story.shelf.has_older;
    for (const each of settled) this.outbox.arrived(lane, each.act.id);
  }

  private keep_draft(change: Partial<KeptDraft>): void {
    this.draft_now = { ...this.draft_now, ...change };
    const { text, attachments } = this.draft_now;
    void this.device.put('drafts', lane, text || attachments.length > 0 ? this.draft_now : undefined);
  }

  private async remember(): Promise<void> {
    const [story, draft, site] = await Promise.all([
      this.device.get<KeptStory>('kept', 'story'),
      this.device.get<KeptDraft>('drafts', lane),
      this.device.get<Site>('kept', 'site'),
    ]);
    if (site && !this.site) {
      this.story.take_site(site);
      this.story.take_all_present([]); // nobody knows yet
    }
    if (draft) this.draft_now = draft;
    this.is_known = this.visit?.has_begun ?? false;
    if (story && this.visit) this.story.bring_back(story);
    await this.outbox.open();
    await this.pending.open();
    for (const each of this.outbox.pending(lane)) this.pending.hand_on(each.act.attachments);
    for (const id of this.draft_now.attachments) {
      const attachment = this.story.attachments.get(id);
      if (attachment) this.pending.adopt(lane, attachment);
    }
    this.show();
  }

  private async put_away(): Promise<void> {
    const story = this.visit && this.story.keep(this.draft_now.attachments);
    if (story) await this.device.put('kept', 'story', story);
  }

  private async forget_here(): Promise<void> {
    await this.device.wipe();
    this.visit = null;
    this.story.forget();
    this.entries = [];
    this.is_known = false;
  }

  private async send_mark(): Promise<void> {
    if (!this.is_known) return;
    await must(this.api.PUT('/api/visitor/read', { body: { seq: this.read_seq } })).catch(() => {});
    this.put_away_soon.run();
  }

  private readonly leaving = () => {
    this.outbox.leave();
    this.mark_soon.flush();
    this.put_away_soon.flush();
  };

  readonly look_again = () => {
    if (document.hidden) return;
    // Who is there may have changed while nobody looked; with a line it is live anyway.
    if (this.connection !== 'here')
      void this.load_site().then(
        () => this.outbox.wake(),
        () => {},
      );
    if (this.connection === 'away' && !this.line) this.connection = 'resting';
  };
}
