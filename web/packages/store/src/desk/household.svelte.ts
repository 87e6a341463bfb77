// The team and its house: colleagues, who is there, settings; and what is mine: promises, handovers, scheduled words,
// mentions, preferences.
import { SvelteMap } from 'svelte/reactivity';
import { must, Problem } from '@kith/wire';
import type { Api, Colleague, Handover, Id, LiveEvent, Note, Presence, Present, Promised, Scheduled, Schemas, Settings } from '@kith/wire';
import { begun_apart } from '../shared/breathe.ts';
import { newer, placed } from '../shared/newer.ts';
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
  mentions = $state.raw<readonly Mention[]>([]);
  team_promises = $state.raw<readonly Promised[]>([]);
  private all_promises = $state.raw<readonly Promised[]>([]);
  private all_scheduled = $state.raw<readonly Scheduled[]>([]);
  private all_handovers = $state.raw<readonly Handover[]>([]);
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
      .filter((each) => each.state === 'waiting' || each.state === 'held')
      .toSorted((a, b) => by_letters(a.send_at, b.send_at)),
  );
  // Open ones, from me or to me.
  readonly handovers: readonly Handover[] = $derived.by(() =>
    this.all_handovers.filter((each) => each.state === 'offered' && [each.from, each.to].includes(this.my_id() ?? '')),
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
        this.colleagues = sorted(placed(this.colleagues, event.colleague));
        return this.take_names([event.colleague]);
      case 'settings_changed':
        this.settings = event.settings;
        return;
      case 'person_changed':
        return this.take_names([event.person]);
      case 'note_changed':
        return this.take_mention(event.note, event.conversation);
      default:
        return;
    }
  }

  // Each part by itself: what the house does not tell somebody (a role may lack a right) leaves the rest as it is.
  async load(): Promise<void> {
    const { api } = this;
    await begun_apart([
      () => told(api.GET('/api/desk/colleagues'), ({ colleagues }) => this.take_team(colleagues)),
      () => told(api.GET('/api/desk/settings'), (settings) => (this.settings = settings)),
      () => told(api.GET('/api/desk/me/preferences'), (preferences) => (this.preferences = preferences)),
      () =>
        told(api.GET('/api/desk/mentions'), ({ mentions, authors }) => {
          this.mentions = mentions;
          this.take_names(authors);
        }),
      () =>
        told(api.GET('/api/desk/scheduled'), ({ scheduled, people }) => {
          for (const each of scheduled) this.take_scheduled(each);
          this.take_names(people.map((each) => each.person));
        }),
      () =>
        told(api.GET('/api/desk/handovers'), ({ handovers, people }) => {
          for (const each of handovers) this.take_handover(each);
          this.take_names(people.map((each) => each.person));
        }),
      () =>
        told(api.GET('/api/desk/promises', { params: { query: { limit: 100 } } }), ({ promises, people }) => {
          for (const each of promises) this.take_promise(each);
          this.take_names(people);
        }),
    ]);
  }

  async load_team_promises(): Promise<void> {
    const query = { of: 'team', limit: 100 } as const;
    const { promises, people } = await must(this.api.GET('/api/desk/promises', { params: { query } }));
    for (const each of promises) this.team_promises = newer(this.team_promises, each);
    this.take_names(people);
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
    this.mentions = this.mentions.filter((each) => !conversations.has(each.conversation));
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

  private take_team(members: readonly Schemas['TeamMember'][]): void {
    this.colleagues = sorted(
      members.map(({ person, hello_line }) => ({ id: person.id, called: person.called, face: person.face, hello_line, is_in_team: true })),
    );
    this.take_names(members.map((each) => each.person));
  }

  private take_mention(note: Note, conversation: Id | null): void {
    const others = this.mentions.filter((each) => each.note.id !== note.id);
    const is_mine = note.mentions.includes(this.my_id() ?? '') && !note.taken_back && conversation !== null;
    if (!is_mine) {
      if (others.length !== this.mentions.length) this.mentions = others;
      return;
    }
    const { called, face } = this.names.get(note.about) ?? { called: '', face: null };
    this.mentions = [{ note, conversation, person: { id: note.about, called, face } }, ...others];
  }
}

function sorted(colleagues: readonly Colleague[]): Colleague[] {
  return colleagues.toSorted((a, b) => by_name(a.called, b.called));
}

async function told<A extends { data?: unknown; error?: unknown; response: Response }>(
  asked: Promise<A>,
  take: (answer: NonNullable<A['data']>) => void,
): Promise<void> {
  try {
    take(await must(asked));
  } catch (error) {
    if (!(error instanceof Problem) || error.is_passing || error.code === 'not_signed_in') throw error;
  }
}
