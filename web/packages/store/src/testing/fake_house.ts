// A small house in memory that keeps the promises of docs/api.yaml and docs/live.md as far as the store relies on them, on a
// network that may lose anything at any moment.
import type {
  Author,
  Conversation,
  Draft,
  Entry,
  Frame,
  Id,
  Later,
  LiveAct,
  LiveEvent,
  MyConversationPage,
  Person,
  Seq,
  Socket,
  Topic,
} from '@kith/wire';

interface Talk {
  conversation: Conversation;
  person: Person;
  topics: Topic[];
  companions: Id[];
  laters: Map<Id, Later>;
  read: Map<Id, Seq>; // of colleagues, and 'customer'
}

type Audience = (who: Client) => boolean;
interface Changed {
  seq: Seq;
  key: string;
  event: LiveEvent;
  audience: Audience;
}
interface Client {
  kind: 'customer' | 'colleague';
  person: Id;
  conversation: Id | null;
}

export class FakeHouse {
  seq: Seq = 0;
  readonly talks = new Map<Id, Talk>();
  readonly entries = new Map<Id, Entry>();
  readonly drafts = new Map<string, Draft>();
  readonly changed = new Map<string, Changed>(); // the newest of each thing
  readonly sockets = new Set<FakeSocket>();
  readonly visits = new Map<string, { person: Id; conversation: Id }>();
  readonly acts_done = new Set<Id>();

  add_person(called: string): Talk {
    const id = crypto.randomUUID();
    const conversation: Conversation = {
      id: crypto.randomUUID(),
      person: id,
      waiting_since: null,
      paused_until: null,
      last_entry: 0,
      strands: [],
      created_at: this.now(),
    };
    conversation.strands = [conversation.id];
    const person: Person = {
      id,
      called,
      languages: [],
      access_needs: '',
      merged_into: null,
      is_sample: false,
      created_at: this.now(),
      face: null,
    };
    const talk: Talk = { conversation, person, topics: [], companions: [], laters: new Map(), read: new Map() };
    this.talks.set(conversation.id, talk);
    this.tell_conversation(talk);
    return talk;
  }

  write(author: Author, conversation: Id, act: { id: Id; text: string; attachments?: Id[] }): Entry {
    const known = this.entries.get(act.id);
    if (known) return known;
    const talk = this.talks.get(conversation)!;
    const seq = ++this.seq;
    const entry: Entry = {
      id: act.id,
      seq,
      strand: conversation,
      kind: 'message',
      channel: 'web',
      author,
      text: act.text,
      attachments: act.attachments ?? [],
      at: this.now(),
      version: 1,
      changed_seq: seq,
      taken_back: false,
    };
    this.entries.set(entry.id, entry);
    this.tell('entry:' + entry.id, { type: 'event', seq, event: 'entry_added', conversation, entry }, in_talk(conversation));
    const waiting_since = author.kind === 'customer' ? (talk.conversation.waiting_since ?? entry.at) : null;
    talk.conversation = { ...talk.conversation, waiting_since, last_entry: seq };
    this.tell_conversation(talk);
    if (author.kind === 'customer' || author.person === null) return entry;
    if (talk.companions[0] !== author.person) {
      talk.companions = [author.person, ...talk.companions.filter((each) => each !== author.person)];
      const companions = talk.companions;
      this.tell(
        'companions:' + conversation,
        { type: 'event', seq: ++this.seq, event: 'companions_changed', conversation, companions },
        in_talk(conversation),
      );
    }
    return entry;
  }

  change(act: Id, id: Id, text: string | null): Entry {
    const entry = this.entries.get(id)!;
    if (this.acts_done.has(act)) return entry;
    this.acts_done.add(act);
    const seq = ++this.seq;
    const next = { ...entry, version: entry.version + 1, changed_seq: seq, ...(text === null ? { text: '', taken_back: true } : { text }) };
    this.entries.set(id, next);
    this.tell(
      'entry:' + id,
      { type: 'event', seq, event: 'entry_changed', conversation: entry.strand, entry: next },
      in_talk(entry.strand),
    );
    return next;
  }

  put_off(person: Id, conversation: Id, later: boolean): void {
    const talk = this.talks.get(conversation)!;
    const seq = ++this.seq;
    const told: Later | null = later ? { conversation, until: null, until_she_writes: true, words: '', changed_seq: seq } : null;
    if (told) talk.laters.set(person, told);
    else talk.laters.delete(person);
    this.tell(
      `later:${person}:${conversation}`,
      { type: 'event', seq, event: 'later_changed', conversation, later: told },
      (who) => who.person === person,
    );
  }

  open_topic(conversation: Id, title: string): void {
    const seq = ++this.seq;
    const topic: Topic = {
      id: crypto.randomUUID(),
      strand: conversation,
      title,
      state: 'open',
      until: null,
      settled_by: 'nobody',
      entries: [],
      changed_seq: seq,
    };
    this.talks.get(conversation)!.topics.push(topic);
    this.tell('topic:' + topic.id, { type: 'event', seq, event: 'topic_changed', conversation, topic }, in_talk(conversation));
  }

  keep_draft(person: Id, conversation: Id, body: { text: string; only_for_us: boolean; attachments: Id[] }): Draft {
    const draft: Draft = { ...body, conversation, changed_seq: ++this.seq };
    this.drafts.set(`${person}:${conversation}`, draft);
    const event: LiveEvent = { type: 'event', seq: draft.changed_seq, event: 'draft_changed', conversation, draft };
    this.tell(`draft:${person}:${conversation}`, event, (who) => who.person === person);
    return draft;
  }

  // Oldest first.
  said_in(conversation: Id): Entry[] {
    return [...this.entries.values()].filter((entry) => entry.strand === conversation).sort((a, b) => a.seq - b.seq);
  }

  row_of(talk: Talk, person: Id) {
    const { strands: _, ...conversation } = talk.conversation;
    return {
      person: talk.person,
      conversation,
      newest: this.said_in(conversation.id).at(-1) ?? null,
      read_seq: talk.read.get(person) ?? 0,
      later: talk.laters.get(person) ?? null,
      companions: talk.companions,
    };
  }

  mine(conversation: Id): MyConversationPage {
    const talk = this.talks.get(conversation)!;
    return {
      conversation: talk.conversation,
      person: talk.person,
      topics: talk.topics,
      promises: [],
      companions: talk.companions,
      read_seq: talk.read.get('customer') ?? 0,
      read_by_team: 0,
      newest_seq: this.seq,
    };
  }

  since(seq: Seq, who: Client): LiveEvent[] {
    const missed = [...this.changed.values()].filter((each) => each.seq > seq && each.audience(who));
    return missed.sort((a, b) => a.seq - b.seq).map((each) => each.event);
  }

  private tell_conversation(talk: Talk): void {
    const { conversation, person } = talk;
    const seq = ++this.seq;
    const event: LiveEvent = {
      type: 'event',
      seq,
      event: 'conversation_changed',
      conversation: conversation.id,
      thread: conversation,
      person,
    };
    this.tell('conversation:' + conversation.id, event, in_talk(conversation.id));
  }

  private tell(key: string, event: LiveEvent, audience: Audience): void {
    this.changed.set(key, { seq: event.seq, key, event, audience });
    for (const socket of this.sockets) if (socket.client && audience(socket.client)) socket.hear(event);
  }

  private now(): string {
    return new Date().toISOString();
  }
}

function in_talk(conversation: Id): Audience {
  return (who) => who.kind === 'colleague' || who.conversation === conversation;
}

// What the network does to frames and requests.
export interface Weather {
  delay_ms: () => number;
  is_down: () => boolean;
  loses: () => boolean; // this frame breaks the connection on its way, this request or its answer is lost
}

export class FakeSocket implements Socket {
  readyState: 0 | 1 | 2 | 3 = 0;
  onopen: ((event: Event) => unknown) | null = null;
  onmessage: ((event: MessageEvent) => unknown) | null = null;
  onclose: ((event: CloseEvent) => unknown) | null = null;
  onerror: ((event: Event) => unknown) | null = null;
  client: Client | null = null;
  private readonly house: FakeHouse;
  private readonly who: (token: string | null) => Client | null;
  private readonly weather: Weather;
  private out: Promise<void> = Promise.resolve();
  private in: Promise<void> = Promise.resolve();

  constructor(house: FakeHouse, who: (token: string | null) => Client | null, weather: Weather) {
    this.house = house;
    this.who = who;
    this.weather = weather;
    setTimeout(() => {
      if (weather.is_down()) return this.break();
      this.readyState = 1;
      this.onopen?.(new Event('open'));
    }, weather.delay_ms());
  }

  send(text: string): void {
    this.in = this.in.then(() => this.carry(() => this.told(JSON.parse(text) as Record<string, unknown>)));
  }

  // From the house to the client.
  hear(frame: object): void {
    this.out = this.out.then(() => this.carry(() => this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(frame) }))));
  }

  close(): void {
    this.readyState = 3;
    this.house.sockets.delete(this);
  }

  break(code = 1006): void {
    if (this.readyState === 3) return;
    this.close();
    this.onclose?.(new CloseEvent('close', { code }));
  }

  private async carry(deliver: () => void): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.weather.delay_ms()));
    if (this.readyState === 3) return;
    if (this.weather.loses()) return this.break();
    deliver();
  }

  private told(frame: Record<string, unknown>): void {
    if (frame['type'] === 'hello') return this.greet(frame['since'] as Seq | null, (frame['token'] as string | undefined) ?? null);
    if (frame['type'] === 'ping') return this.hear({ type: 'pong' });
    const client = this.client;
    if (!client || !('id' in frame)) return;
    const act = frame as unknown as LiveAct;
    const author: Author = { kind: client.kind, person: client.person, machine: null };
    const entry =
      act.type === 'write'
        ? this.house.write(author, client.conversation ?? act.conversation!, act)
        : this.house.change(act.id, act.entry, act.type === 'edit' ? act.text : null);
    this.hear({ type: 'kept', id: act.id, seq: entry.changed_seq });
  }

  private greet(since: Seq | null, token: string | null): void {
    const client = this.who(token);
    if (!client) return this.break(4401);
    const { seq } = this.house;
    const reset = since !== null && since > seq;
    const thread = client.conversation === null ? null : this.house.talks.get(client.conversation)!.conversation;
    const welcome: Frame = { type: 'welcome', seq, reset, you: { kind: client.kind, person: client.person }, thread, present: [] };
    this.hear(welcome);
    if (since !== null && !reset) for (const event of this.house.since(since, client)) this.hear(event);
    this.hear({ type: 'caught_up', seq });
    this.client = client;
    this.house.sockets.add(this);
  }
}
