// The live connection of docs/live.md: opens, catches up from the newest seq it knows, notices silence, comes back.
// It keeps nothing: what it hears goes to `on_event`, and what must survive a broken line is in the outbox of the store.
import { backoff_ms } from './backoff.ts';
import type { Edit, Frame, LiveAct, LiveEvent, Passing, SayPresence, TakeBack, Welcome, Write } from './live.ts';
import type { Id, Seq } from './nouns.ts';
import { Problem, problem_of, unreachable } from './problem.ts';
import { Throttle } from './throttle.ts';

// resting: not started; connecting: on its way (for the first time, or the first try after a break); here: caught up;
// away: the house does not answer; refused: this session may do nothing any more, sign in again.
export type LineState = 'resting' | 'connecting' | 'here' | 'away' | 'refused';

export type Socket = Pick<WebSocket, 'send' | 'close' | 'readyState'> & {
  onopen: ((event: Event) => unknown) | null;
  onmessage: ((event: MessageEvent) => unknown) | null;
  onclose: ((event: CloseEvent) => unknown) | null;
  onerror: ((event: Event) => unknown) | null;
};

export interface LineOptions {
  token?: () => string | null; // of a visitor; colleagues have their cookie
  since?: Seq | null;
  on_event: (event: LiveEvent) => void;
  // `is_fresh`: nothing before this moment will be told; what was loaded earlier may lack something.
  on_welcome?: (welcome: Welcome, is_fresh: boolean) => void;
  on_caught_up?: (seq: Seq) => void;
  on_passing?: (passing: Passing) => void;
  on_state?: (state: LineState) => void;
  make_socket?: () => Socket;
  random?: () => number;
}

interface Unanswered {
  resolve: (kept: { seq: Seq }) => void;
  reject: (problem: Problem) => void;
}

const frame_limit = 60_000; // of 64 KiB
const first_word_within_ms = 15_000;
const quiet_ms = 25_000; // then ask whether the house is there
const pong_within_ms = 20_000;
const pong_soon_ms = 4_000; // when there is reason to doubt: the machine slept, the network changed
const lasting_ms = 5_000; // a connection that lived so long was a good one
const code_session_ended = 4401;

function default_socket(): Socket {
  const { protocol, host } = globalThis.location;
  return new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/live`);
}

export class Line {
  state: LineState = 'resting';
  away_since: number | null = null;
  cursor: Seq | null;
  private readonly options: LineOptions;
  private socket: Socket | null = null;
  private is_welcome = false;
  private welcomed_at = 0;
  private lost_at: number | null = null;
  private failures = 0;
  private is_going_away = false;
  private readonly unanswered = new Map<Id, Unanswered>();
  private reconnect_timer: ReturnType<typeof setTimeout> | undefined;
  private watch_timer: ReturnType<typeof setTimeout> | undefined;
  private readonly typing_said = new Map<Id, number>();
  private readonly reading_soon = new Throttle(600);
  private readonly presence_soon = new Throttle(300);

  constructor(options: LineOptions) {
    this.options = options;
    this.cursor = options.since ?? null;
  }

  start(): void {
    if (this.state !== 'resting' && this.state !== 'refused') return;
    globalThis.addEventListener?.('online', this.look_soon);
    globalThis.addEventListener?.('offline', this.look_soon);
    globalThis.addEventListener?.('pageshow', this.look_soon);
    globalThis.document?.addEventListener('visibilitychange', this.look_if_visible);
    this.failures = 0;
    this.change('connecting');
    this.connect();
  }

  stop(): void {
    globalThis.removeEventListener?.('online', this.look_soon);
    globalThis.removeEventListener?.('offline', this.look_soon);
    globalThis.removeEventListener?.('pageshow', this.look_soon);
    globalThis.document?.removeEventListener('visibilitychange', this.look_if_visible);
    this.drop(1000);
    clearTimeout(this.reconnect_timer);
    this.reading_soon.stop();
    this.presence_soon.stop();
    this.away_since = this.lost_at = null;
    this.change('resting');
  }

  // ---- saying ----------------------------------------------------------------------------------------------------------
  // Each resolves when the act is durable. `unreachable` means that its answer was lost: say it again with the same id.
  write(act: Write): Promise<{ seq: Seq }> {
    return this.act({ type: 'write', ...act });
  }
  edit(act: Edit): Promise<{ seq: Seq }> {
    return this.act({ type: 'edit', ...act });
  }
  take_back(act: TakeBack): Promise<{ seq: Seq }> {
    return this.act({ type: 'take_back', ...act });
  }

  // False: no line, or too many words for one frame. Then it goes by HTTP.
  can_carry(text: string): boolean {
    return (
      this.is_welcome && (text.length < frame_limit / 12 || new TextEncoder().encode(JSON.stringify(text)).length < frame_limit - 16_000)
    );
  }

  act(act: LiveAct): Promise<{ seq: Seq }> {
    const frame = JSON.stringify(act);
    return new Promise((resolve, reject) => {
      const socket = this.open_socket();
      if (!socket) return reject(unreachable('no line'));
      if (frame.length > frame_limit / 3 && new TextEncoder().encode(frame).length > frame_limit)
        return reject(new Problem('too_large', { detail: 'more than a frame holds' }));
      this.unanswered.get(act.id)?.reject(unreachable('said again'));
      this.unanswered.set(act.id, { resolve, reject });
      socket.send(frame);
      this.watch();
    });
  }

  // Call it on every keystroke; it is said at most every three seconds.
  typing(conversation: Id | null = null): void {
    const place = conversation ?? '';
    const now = Date.now();
    if (now - (this.typing_said.get(place) ?? 0) < 3000 || !this.is_welcome) return;
    this.typing_said.set(place, now);
    this.say(conversation ? { type: 'typing', conversation } : { type: 'typing' });
  }
  reading(seq: Seq, conversation: Id | null = null): void {
    this.reading_soon.run(() => this.say(conversation ? { type: 'reading', conversation, seq } : { type: 'reading', seq }));
  }
  presence(presence: SayPresence): void {
    this.presence_soon.run(() => this.say({ type: 'presence', ...presence }));
  }

  private say(frame: object): void {
    this.open_socket()?.send(JSON.stringify(frame));
  }

  // A line that is being closed takes no words any more, although the end of it was not heard yet.
  private open_socket(): Socket | null {
    return this.is_welcome && this.socket?.readyState === 1 ? this.socket : null;
  }

  // ---- coming and going ------------------------------------------------------------------------------------------------
  private connect(): void {
    clearTimeout(this.reconnect_timer);
    this.drop(1000);
    this.is_going_away = false;
    let socket: Socket;
    try {
      socket = (this.options.make_socket ?? default_socket)();
    } catch {
      return this.lost(1006);
    }
    this.socket = socket;
    socket.onopen = () => {
      const token = this.options.token?.() ?? null;
      socket.send(JSON.stringify({ type: 'hello', since: this.cursor, ...(token === null ? {} : { token }) }));
    };
    socket.onmessage = (event) => this.hear(socket, event.data as string);
    socket.onclose = (event) => {
      if (this.socket === socket) this.lost(event.code);
    };
    // Not every WebSocket says `close` after it could not even connect.
    socket.onerror = () => {
      if (this.socket === socket) this.lost(1006);
    };
    this.watch_timer = setTimeout(() => this.give_up(), first_word_within_ms);
  }

  private lost(code: number): void {
    const was_here = this.is_welcome;
    if (was_here && Date.now() - this.welcomed_at >= lasting_ms) this.failures = 0;
    this.drop(code);
    if (code === code_session_ended) {
      this.away_since = this.lost_at = null;
      return this.change('refused');
    }
    this.lost_at ??= Date.now();
    const wait = this.is_going_away ? 1000 + 4000 * (this.options.random ?? Math.random)() : backoff_ms(this.failures, this.options.random);
    if (wait > 0) {
      this.away_since = this.lost_at;
      this.change('away');
    } else {
      this.change('connecting');
    }
    ++this.failures;
    this.reconnect_timer = setTimeout(() => this.connect(), wait);
  }

  // Lets go of the socket; nobody will hear of it again.
  private drop(code: number): void {
    clearTimeout(this.watch_timer);
    const socket = this.socket;
    this.socket = null;
    this.is_welcome = false;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
      if (socket.readyState <= 1) socket.close(1000);
    }
    const unanswered = [...this.unanswered.values()];
    this.unanswered.clear();
    for (const each of unanswered) each.reject(unreachable(`the line broke (${code})`));
  }

  private give_up(): void {
    this.lost(1006);
  }

  // ---- hearing ---------------------------------------------------------------------------------------------------------
  private hear(socket: Socket, text: string): void {
    if (this.socket !== socket) return;
    this.watch();
    const frame = JSON.parse(text) as Frame;
    switch (frame.type) {
      case 'event':
        this.options.on_event(frame);
        return this.reach(frame.seq);
      case 'kept':
        return this.answered(frame.id, (each) => each.resolve({ seq: frame.seq }));
      case 'refused':
        return this.answered(frame.id, (each) => each.reject(problem_of(0, frame.problem)));
      case 'typing':
      case 'reading':
      case 'presence':
        return this.options.on_passing?.(frame);
      case 'welcome':
        return this.welcome(frame);
      case 'caught_up':
        this.reach(frame.seq);
        this.away_since = this.lost_at = null;
        this.options.on_caught_up?.(frame.seq);
        return this.change('here');
      case 'going_away':
        this.is_going_away = true;
        return;
      default:
        return; // pong, problem, and words of a newer house
    }
  }

  private welcome(frame: Welcome): void {
    this.is_welcome = true;
    this.welcomed_at = Date.now();
    const is_fresh = frame.reset || this.cursor === null;
    if (is_fresh) this.cursor = frame.seq;
    this.options.on_welcome?.(frame, is_fresh);
  }

  private reach(seq: Seq): void {
    if (this.cursor === null || seq > this.cursor) this.cursor = seq;
  }

  private answered(id: Id, tell: (each: Unanswered) => void): void {
    const each = this.unanswered.get(id);
    this.unanswered.delete(id);
    if (each) tell(each);
  }

  // ---- watching --------------------------------------------------------------------------------------------------------
  // After a while of silence asks; after silence to that, takes the line for broken.
  private watch(): void {
    clearTimeout(this.watch_timer);
    if (!this.is_welcome) {
      this.watch_timer = setTimeout(() => this.give_up(), first_word_within_ms);
    } else if (this.unanswered.size > 0) {
      this.watch_timer = setTimeout(() => this.ask(pong_soon_ms), 5_000);
    } else {
      this.watch_timer = setTimeout(() => this.ask(pong_within_ms), quiet_ms);
    }
  }

  private ask(within_ms: number): void {
    clearTimeout(this.watch_timer);
    this.say({ type: 'ping' });
    this.watch_timer = setTimeout(() => this.give_up(), within_ms);
  }

  private readonly look_if_visible = () => {
    if (globalThis.document?.visibilityState === 'visible') this.look_soon();
  };

  // Something happened that makes a broken line likely, or a whole one possible.
  private readonly look_soon = () => {
    if (this.is_welcome) return this.ask(pong_soon_ms);
    if (this.socket === null && (this.state === 'away' || this.state === 'connecting')) this.connect();
  };

  private change(state: LineState): void {
    if (state === this.state) return;
    this.state = state;
    this.options.on_state?.(state);
  }
}
