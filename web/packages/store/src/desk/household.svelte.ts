// The team and its house: colleagues, who is there, settings; and what is mine: promises, handovers, scheduled words,
// mentions, preferences.
import { SvelteMap } from 'svelte/reactivity';
import { must, Problem } from '@kith/wire';
import type {
  Api,
  Colleague,
  Handover,
  Id,
  LiveEvent,
  Note,
  Presence,
  Present,
  Promised,
  Scheduled,
  Schemas,
  Seq,
  Settings,
} from '@kith/wire';
import { begun_apart } from '../shared/breathe.ts';
import { newer, placed, told_anew } from '../shared/newer.ts';
import { by_letters, by_name } from '../shared/order.ts';

export type Preferences = Schemas['Preferences'];
export type Mention = Schemas['MentionPage']['mentions'][number];

export interface KeptHousehold {
  colleagues: Colleague[];
  settings: Settings | null;
  preferences: Preferences | null;
  promises: Promised[];
  scheduled: Scheduled[];
  handovers: Handover[];
  names: [Id, Named][];
}

export interface Named {
  readonly called: string;
  readonly face: string | null;
}

const alive: ReadonlySet<string> = new Set(['given', 'renegotiated', 'broken']);

export class Household {
  colleagues = $state.raw<readonly Colleague[]>([]);
  settings = $state.raw<Settings | null>(null);
  preferences = $state.raw<Preferences | null>(null);
  team_promises = $state.raw<readonly Promised[]>([]);
  private all_promises = $state.raw<readonly Promised[]>([]);
  private all_scheduled = $state.raw<readonly Scheduled[]>([]);
  private all_handovers = $state.raw<readonly Handover[]>([]);
  private all_mentions = $state.raw<readonly Called[]>([]);
  private readonly heard_colleagues = new Map<Id, Seq>(); // their events
  private is_team_asked = false; // for what all of us promised
  private sitting = {}; // another one for each who sits here
  private readonly present = new SvelteMap<Id, Presence>();
  private readonly names = new SvelteMap<Id, Named>();
  private readonly api: Api;
  private readonly my_id: () => Id | null;

  constructor(api: Api, my_id: () => Id | null) {
    this.api = api;
    this.my_id = my_id;
  }

  // Alive ones of mine, soonest first.
  readonly promises: readonly Promised[] = $derived.by(() =>
    this.all_promises.filter((each) => each.by === this.my_id() && alive.has(each.state)).toSorted((a, b) => by_letters(a.due, b.due)),
  );
  readonly scheduled: readonly Scheduled[] = $derived.by(() =>
    this.all_scheduled
      .filter((each) => each.by === this.my_id() && (each.state === 'waiting' || each.state === 'held'))
      .toSorted((a, b) => by_letters(a.send_at, b.send_at)),
  );
  // Open ones, from me or to me.
  readonly handovers: readonly Handover[] = $derived.by(() =>
    this.all_handovers.filter((each) => each.state === 'offered' && [each.from, each.to].includes(this.my_id() ?? '')),
  );

  // Notes that call me, newest first.
  readonly mentions: readonly Mention[] = $derived.by(() =>
    this.all_mentions.filter(({ note }) => !note.taken_back && note.mentions.includes(this.my_id() ?? '')).map(({ told }) => told),
  );

  presence(person: Id): Presence | undefined {
    return this.present.get(person);
  }
  colleague(id: Id): Colleague | undefined {
    return this.colleagues.find((each) => each.id === id);
  }
  named(id: Id): Named | undefined {
    return this.names.get(id);
  }
  take_names(people: readonly { id: Id; called: string; face: string | null }[]): void {
    for (const { id, called, face } of people) {
      const known = this.names.get(id);
      if (known?.called !== called || known.face !== face) this.names.set(id, { called, face });
    }
  }

  take_presence(told: Present): void {
    const before = this.present.get(told.person);
    this.present.set(told.person, { written_capacity: 0, takes_calls: false, ...before, ...told });
  }
  take_all_present(present: readonly Present[]): void {
    const here = new Set(present.map((each) => each.person));
    for (const person of this.present.keys()) if (!here.has(person)) this.present.delete(person);
    for (const each of present) this.take_presence(each);
  }

  take_promise(promise: Promised): void {
    if (promise.by === this.my_id()) this.all_promises = newer(this.all_promises, promise);
    if (this.team_promises.length > 0 || promise.by !== this.my_id()) this.team_promises = newer(this.team_promises, promise);
  }
  take_scheduled(scheduled: Scheduled): void {
    this.all_scheduled = newer(this.all_scheduled, scheduled);
  }
  take_handover(handover: Handover): void {
    this.all_handovers = newer(this.all_handovers, handover);
  }

  apply(event: LiveEvent): void {
    switch (event.event) {
      case 'promise_changed':
        return this.take_promise(event.promise);
      case 'scheduled_changed':
        return this.take_scheduled(event.scheduled);
      case 'handover_changed':
        return this.take_handover(event.handover);
      case 'colleague_changed':
        this.heard_colleagues.set(event.colleague.id, event.seq);
        this.colleagues = sorted(placed(this.colleagues, event.colleague));
        return this.take_names([event.colleague]);
      case 'settings_changed':
        return this.take_settings(event.settings);
      case 'person_changed':
        return this.take_names([event.person]);
      case 'note_changed':
        return this.take_mention(event.note, event.conversation);
      default:
        return;
    }
  }

  // Each part by itself: what the house does not tell somebody (a role may lack a right) leaves the rest as it is. No answer is
  // older than `as_of`: what it does not name is gone, unless it was heard of since.
  async load(as_of: Seq): Promise<void> {
    const { api } = this;
    await begun_apart([
      () => this.ask(must(api.GET('/api/desk/colleagues')), ({ colleagues }) => this.take_team(colleagues, as_of)),
      () => this.ask(must(api.GET('/api/desk/settings')), (settings) => this.take_settings(settings)),
      () => this.ask(must(api.GET('/api/desk/me/preferences')), (preferences) => (this.preferences = preferences)),
      () =>
        this.ask(must(api.GET('/api/desk/mentions')), ({ mentions, authors }) => {
          this.all_mentions = told_anew(this.all_mentions, mentions.map(called), as_of);
          this.take_names(authors);
        }),
      () =>
        this.ask(must(api.GET('/api/desk/scheduled')), ({ scheduled, people }) => {
          this.all_scheduled = told_anew(this.all_scheduled, scheduled, as_of);
          this.take_names(people.map((each) => each.person));
        }),
      () =>
        this.ask(must(api.GET('/api/desk/handovers')), ({ handovers, people }) => {
          this.all_handovers = told_anew(this.all_handovers, handovers, as_of);
          this.take_names(people.map((each) => each.person));
        }),
      () => this.ask(this.promises_of('mine'), (told) => (this.all_promises = told_anew(this.all_promises, told, as_of))),
      async () => (this.is_team_asked ? this.load_team_promises(as_of) : null),
    ]);
  }

  async load_team_promises(as_of: Seq): Promise<void> {
    this.is_team_asked = true;
    await this.ask(this.promises_of('team'), (told) => (this.team_promises = told_anew(this.team_promises, told, as_of)));
  }

  // All that are alive, page by page.
  private async promises_of(of: 'mine' | 'team'): Promise<Promised[]> {
    const all: Promised[] = [];
    let after: string | null = null;
    do {
      const query = { ...(of === 'team' ? { of } : {}), limit: 100, ...(after === null ? {} : { after }) };
      const page: Schemas['PromiseList'] = await must(this.api.GET('/api/desk/promises', { params: { query } }));
      all.push(...page.promises);
      this.take_names(page.people);
      after = page.further;
    } while (after !== null);
    return all;
  }

  async save_preferences(preferences: Preferences): Promise<void> {
    const before = this.preferences;
    this.preferences = preferences;
    try {
      this.preferences = await must(this.api.PUT('/api/desk/me/preferences', { body: preferences }));
    } catch (error) {
      this.preferences = before;
      throw error;
    }
  }

  // Conversations that are no more, with everything about them.
  forget(conversations: ReadonlySet<Id>): void {
    const stays = (each: { conversation: Id }) => !conversations.has(each.conversation);
    const promise_stays = (each: Promised) => !conversations.has(each.strand);
    this.all_promises = this.all_promises.filter(promise_stays);
    this.team_promises = this.team_promises.filter(promise_stays);
    this.all_scheduled = this.all_scheduled.filter(stays);
    this.all_handovers = this.all_handovers.filter(stays);
    this.all_mentions = this.all_mentions.filter(({ told }) => !conversations.has(told.conversation));
  }

  // Somebody else may sit here next: nothing of hers stays, and no answer she asked for comes in after her.
  clear(): void {
    this.sitting = {};
    this.is_team_asked = false;
    this.colleagues = this.team_promises = this.all_promises = this.all_scheduled = this.all_handovers = this.all_mentions = [];
    this.settings = this.preferences = null;
    for (const map of [this.present, this.names, this.heard_colleagues]) map.clear();
  }

  keep(): KeptHousehold {
    return {
      colleagues: [...this.colleagues],
      settings: this.settings,
      preferences: this.preferences,
      promises: [...this.all_promises],
      scheduled: [...this.all_scheduled],
      handovers: [...this.all_handovers],
      names: [...this.names].slice(-2000),
    };
  }
  bring_back(kept: KeptHousehold): void {
    this.colleagues = kept.colleagues;
    this.settings = kept.settings;
    this.preferences = kept.preferences;
    this.all_promises = kept.promises;
    this.all_scheduled = kept.scheduled;
    this.all_handovers = kept.handovers;
    for (const [id, named] of kept.names) this.names.set(id, named);
  }

  private take_team(members: readonly Schemas['TeamMember'][], as_of: Seq): void {
    const told = members.map(({ person, hello_line }): Colleague => ({
      id: person.id,
      called: person.called,
      face: person.face,
      hello_line,
      is_in_team: true,
    }));
    const is_heard = (each: Colleague) => (this.heard_colleagues.get(each.id) ?? 0) > as_of;
    this.colleagues = sorted(this.colleagues.filter(is_heard).reduce<readonly Colleague[]>(placed, told));
    this.take_names(this.colleagues);
  }

  private take_settings(settings: Settings): void {
    if (settings.version >= (this.settings?.version ?? 0)) this.settings = settings;
  }

  // Every note is looked at: one may stop calling me, and an answer that is older must not bring it back.
  private take_mention(note: Note, conversation: Id | null): void {
    const known = this.all_mentions.find((each) => each.id === note.id);
    if (!known && (conversation === null || !note.mentions.includes(this.my_id() ?? ''))) return;
    if (known && known.changed_seq > note.changed_seq) return;
    const { called: name, face } = this.names.get(note.about) ?? { called: '', face: null };
    const told = { note, conversation: conversation ?? known?.told.conversation ?? '', person: { id: note.about, called: name, face } };
    this.all_mentions = [called(told), ...this.all_mentions.filter((each) => each !== known)];
  }

  private async ask<A>(answer: Promise<A>, take: (told: A) => void): Promise<void> {
    const { sitting } = this;
    try {
      const told = await answer;
      if (sitting === this.sitting) take(told);
    } catch (error) {
      if (!(error instanceof Problem) || error.is_passing || error.code === 'not_signed_in') throw error;
    }
  }
}

// A mention, with its place in the order of changes.
interface Called {
  readonly id: Id;
  readonly changed_seq: Seq;
  readonly note: Note;
  readonly told: Mention;
}

const called = (told: Mention): Called => ({ id: told.note.id, changed_seq: told.note.changed_seq, note: told.note, told });

function sorted(colleagues: readonly Colleague[]): Colleague[] {
  return colleagues.toSorted((a, b) => by_name(a.called, b.called));
}
