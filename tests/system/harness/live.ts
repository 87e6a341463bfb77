// One live connection, as docs/live.md describes it: says hello, hears everything in order, and checks while listening that
// no seq comes twice and that every thing is what docs/api.yaml says.
import { WebSocket } from 'ws';
import type { House } from './house.ts';
import type { Asker } from './http.ts';
import { must_match } from './contract.ts';
import { until } from './waiting.ts';

export interface LiveEvent {
  type: 'event';
  seq: number;
  event: string;
  conversation: string | null;
  entry?: { id: string; text: string; seq: number; changed_seq: number; version: number; author: { kind: string } };
  colleague?: { id: string; hello_line: string };
  by?: { kind: string; person: string | null };
  seq_read?: number;
  [noun: string]: unknown;
}

export interface Frame {
  type: string;
  id?: string;
  seq?: number;
  [field: string]: unknown;
}

export interface Welcome extends Frame {
  seq: number;
  reset: boolean;
  you: { kind: string; person: string | null };
}

export interface JoinOptions {
  since?: number | null;
  origin?: string;
  // The address that a proxy in front passes on.
  from?: string;
  // Shows the token with the handshake and not in the hello.
  token_in_header?: boolean;
  // What to say first; the default is a proper hello.
  hello?: Record<string, unknown> | null;
}

const schemas: Record<string, string> = {
  entry: 'Entry', topic: 'Topic', note: 'Note', promise: 'Promise', colleague: 'Colleague', settings: 'Settings', person: 'Person', thread: 'Conversation',
  companions: 'Companions', handover: 'Handover', draft: 'Draft', later: 'MaybeLater', scheduled: 'Scheduled',
};

export class Live {
  readonly frames: Frame[] = [];
  readonly events: LiveEvent[] = [];
  welcome: Welcome | undefined;
  caught_up: number | undefined;
  broken: Error | undefined;
  readonly closed: Promise<number>;
  private taken = 0;
  private readonly seqs = new Set<number>();
  private readonly socket: WebSocket;

  private readonly begins_now: boolean;

  private constructor(socket: WebSocket, begins_now: boolean) {
    this.socket = socket;
    this.begins_now = begins_now;
    this.closed = new Promise((resolve) => socket.on('close', (code) => resolve(code)));
    socket.on('error', (error) => { this.broken ??= error; });
    socket.on('message', (bytes) => this.hear(JSON.parse(bytes.toString()) as Frame));
  }

  // Opens a connection for whoever `asker` is, and waits for the welcome and for everything that was missed.
  static async join(house: House, asker: Asker, options: JoinOptions = {}): Promise<Live> {
    const live = await Live.open(house, asker, options);
    await until('the live connection has caught up', () => live.caught_up !== undefined || live.is_closed);
    if (live.caught_up === undefined) throw new Error(`the live connection was closed with ${await live.closed}`);
    return live;
  }

  // The same without waiting for an answer to the hello.
  static async open(house: House, asker: Asker, options: JoinOptions = {}): Promise<Live> {
    const headers: Record<string, string> = {};
    if (asker.cookie) headers['cookie'] = asker.cookie;
    if (options.from) headers['x-forwarded-for'] = options.from;
    if (options.token_in_header && asker.bearer) headers['authorization'] = `Bearer ${asker.bearer}`;
    const socket = new WebSocket(`ws://127.0.0.1:${house.port}/api/live`, {
      headers, origin: options.origin ?? house.url, perMessageDeflate: false,
    });
    const live = new Live(socket, (options.since ?? null) === null);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    if (options.hello !== null) {
      live.say(options.hello ?? {
        type: 'hello', since: options.since ?? null, ...(asker.bearer && !options.token_in_header ? { token: asker.bearer } : {}),
      });
    }
    return live;
  }

  get is_closed(): boolean {
    return this.socket.readyState === WebSocket.CLOSED;
  }

  // Where to resume, by rule 1 of docs/live.md.
  get cursor(): number {
    return Math.max(...this.seqs, this.caught_up ?? 0, this.begins_now ? (this.welcome?.seq ?? 0) : 0);
  }

  say(frame: Record<string, unknown>): void {
    this.socket.send(JSON.stringify(frame));
  }
  say_raw(bytes: string | Buffer, binary = false): void {
    this.socket.send(bytes, { binary });
  }

  // Reads nothing more from the socket until it is closed: a slow client.
  stop_reading(): void {
    this.socket.pause();
  }
  go_on_reading(): void {
    this.socket.resume();
  }

  leave(): void {
    this.socket.close();
  }
  // Gone without a goodbye, as when a phone loses its network.
  drop(): void {
    this.socket.terminate();
  }

  async event(holds: (event: LiveEvent) => boolean, what = 'an event', limit_ms = 10_000): Promise<LiveEvent> {
    await until(what, () => this.events.some(holds), limit_ms);
    return this.events.find(holds)!;
  }
  async frame(holds: (frame: Frame) => boolean, what = 'a frame', limit_ms = 10_000): Promise<Frame> {
    await until(what, () => this.frames.some(holds), limit_ms);
    return this.frames.find(holds)!;
  }

  has_heard_line(line: string): boolean {
    return this.events.some((event) => event.colleague?.hello_line === line);
  }
  // What was heard since the last call, up to the colleague_changed that carries `line`, which is left out.
  take_until_line(line: string): LiveEvent[] {
    const end = this.events.findIndex((event) => event.colleague?.hello_line === line);
    const taken = this.events.slice(this.taken, end);
    this.taken = end + 1;
    if (this.broken) throw this.broken;
    return taken;
  }
  take_all(): LiveEvent[] {
    const taken = this.events.slice(this.taken);
    this.taken = this.events.length;
    return taken;
  }

  private hear(frame: Frame): void {
    this.frames.push(frame);
    if (frame.type === 'welcome') this.welcome = frame as Welcome;
    if (frame.type === 'caught_up') this.caught_up = frame.seq;
    if (frame.type === 'event') this.hear_event(frame as unknown as LiveEvent);
  }

  private hear_event(event: LiveEvent): void {
    if (this.seqs.has(event.seq)) this.broken ??= new Error(`seq ${event.seq} came twice`);
    this.seqs.add(event.seq);
    for (const [field, schema] of Object.entries(schemas)) {
      if (!(field in event)) continue;
      try {
        must_match(schema, event[field]);
      } catch (error) {
        this.broken ??= error as Error;
      }
    }
    if (event.event === 'read_mark_changed') this.hear_read_mark(event);
    this.events.push(event);
  }

  private hear_read_mark({ conversation, by, seq_read }: LiveEvent): void {
    try {
      must_match('ReadMark', { conversation, by, seq_read });
    } catch (error) {
      this.broken ??= error as Error;
    }
  }
}
