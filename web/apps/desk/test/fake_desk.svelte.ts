// A desk without a house behind it, for looking at one piece at a time. What is asked of it is written down.
import type { DeskHouse, Talk } from '@kith/store/desk';
import type { Topic } from '@kith/wire';
import type { Desk } from '../src/shell/context.ts';
import { EntryActs } from '../src/shell/entry_acts.svelte.ts';
import { Layout } from '../src/shell/layout.svelte.ts';
import { Openings } from '../src/shell/openings.svelte.ts';
import { Router } from '../src/shell/router.svelte.ts';
import { Shortcuts } from '../src/shell/shortcuts.svelte.ts';

export const me = 'mira';
const colleague = (id: string, called: string) => ({ id, called, face: null, hello_line: '', is_in_team: true });
const topic = (id: string, title: string): Topic => ({
  id,
  strand: 's',
  title,
  state: 'waiting_for_us',
  until: null,
  settled_by: 'nobody',
  entries: ['e1'],
  changed_seq: 1,
});

export class FakeTalk {
  readonly id = 'talk';
  readonly state = 'ready';
  readonly has_older = false;
  readonly story = null;
  readonly companions = ['jonas'];
  readonly handovers = [];
  readonly said: unknown[][] = [];
  readonly entries = [
    {
      id: 'e1',
      seq: 1,
      at: '2026-05-03T10:00:00Z',
      author: { kind: 'customer', person: 'ingrid', machine: null },
      text: 'Three questions.',
      taken_back: false,
    },
  ];
  readonly notes = [];
  row = { later: null };
  person = $state.raw({
    id: 'ingrid',
    called: 'Ingrid Lindqvist',
    face: null,
    languages: ['sv'],
    access_needs: '',
    merged_into: null,
    is_sample: false,
    created_at: '2019-04-02T08:00:00Z',
  });
  topics = $state.raw<Topic[]>([topic('t1', 'The lamp'), topic('t2', 'The invoice')]);
  promises = $state.raw<unknown[]>([]);

  private readonly heard =
    (name: string) =>
    async (...what: unknown[]) =>
      void this.said.push([name, ...what]);
  readonly promise = this.heard('promise');
  readonly keep_promise = this.heard('keep');
  readonly own_promise = this.heard('own');
  readonly renegotiate_promise = this.heard('renegotiate');
  readonly later = this.heard('later');
  readonly not_later = this.heard('not_later');
  readonly hand_over = this.heard('hand_over');
  readonly open_topic = this.heard('open_topic');
  readonly reopen_topic = this.heard('reopen');
  async settle_topic(id: string, by: 'customer_word' | 'silence'): Promise<void> {
    this.said.push(['settle', id, by]);
    this.topics = this.topics.map((one) => (one.id === id ? { ...one, state: 'settled', settled_by: by } : one));
  }
}

export function fake_desk(more: Record<string, unknown> = {}): { desk: Desk; talk: FakeTalk; as_talk: Talk; router: Router } {
  const talk = new FakeTalk();
  const names: Record<string, string> = { mira: 'Mira', jonas: 'Jonas', amara: 'Amara', ingrid: 'Ingrid Lindqvist' };
  const house = {
    me: { person: me, called: 'Mira', is_leader: true, is_admin: true, has_second_factor: false },
    colleagues: [colleague('mira', 'Mira'), colleague('amara', 'Amara'), colleague('jonas', 'Jonas')],
    presence: (id: string) => (id === 'amara' ? { level: 'open' } : undefined),
    name_of: (id: string) => names[id] ?? '',
    face_of: () => null,
    change_person: async (...what: unknown[]) => void talk.said.push(['change_person', ...what]),
    preferences: null,
    unread: 0,
    ...more,
  };
  const router = new Router();
  const desk = {
    house: house as unknown as DeskHouse,
    router,
    layout: new Layout(),
    shortcuts: new Shortcuts(),
    entry_acts: new EntryActs(),
    open: new Openings(),
  };
  return { desk, talk, as_talk: talk as unknown as Talk, router };
}
