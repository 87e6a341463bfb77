// One customer or colleague who writes all the time, remembers what she was promised, and comes back after every break: what
// was not answered is sent again with the same id, in the same order (rule 3 of docs/live.md).
import { setTimeout as pause } from 'node:timers/promises';
import type { Wire } from '../system/harness/cast.ts';
import { Asker } from '../system/harness/http.ts';
import { new_id } from '../system/harness/ids.ts';
import type { Random } from '../system/harness/random.ts';
import { WebSocket } from '../system/harness/socket.ts';
import type { Chance } from './chance.ts';
import { LineView } from './line.ts';
import { View } from './view.ts';

export interface Word {
  readonly id: string;
  readonly text: string;
  readonly conversation: string;
  seq: number | null; // as the house promised
  at: string; // when she was told
  was_refused: boolean; // for a moment: its place in the order is then where it was taken at last
}

export interface WriterOptions {
  name: string;
  asker: Asker; // of her own, for what is not tried: it goes straight to the house
  // Where she connects to and writes to; a proxy stands there.
  address: string;
  origin: string;
  // A customer has one, a colleague many; of which she hears without writing to all of them.
  conversations: readonly string[];
  hears: readonly string[];
  way: 'live' | 'http';
  chance: Chance;
  // Of a colleague: who she is, and how many she wants to be given at once.
  person?: string;
  capacity?: number;
}

const most_under_way = 12;
const patience_ms = 5000; // without any answer: the line is dead, whatever the socket says
export const http_patience_ms = 2500;
const passing = new Set(['too_many', 'storage_full', 'unavailable']);

export class Writer {
  readonly name: string;
  readonly asker: Asker;
  readonly conversations: readonly string[];
  readonly hears: readonly string[];
  readonly way: 'live' | 'http';
  readonly person: string; // of a colleague
  readonly capacity: number;
  readonly words: Word[] = []; // since the last audit, in the order they were first sent
  kept = 0; // so many of her words were promised, since the beginning
  unanswered = 0; // so many times nothing came back over HTTP
  readonly view = new View();
  readonly line = new LineView();
  readonly complaints: string[] = []; // what must never happen
  readonly refusals = new Map<string, number>(); // by code
  private readonly options: WriterOptions;
  private readonly choices: Random; // of what she says, and to whom
  private readonly pauses: Random;
  private readonly by_http: Asker;
  private said = 0;
  private readonly under_way = new Map<string, Word>();
  private is_writing = false;
  private is_over = false;
  private socket: WebSocket | null = null;
  private is_in = false;
  private heard_at = 0;
  private done: Promise<unknown> = Promise.resolve();

  constructor(options: WriterOptions) {
    this.name = options.name;
    this.asker = options.asker;
    this.conversations = options.conversations;
    this.hears = options.hears;
    this.way = options.way;
    this.person = options.person ?? '';
    this.capacity = options.capacity ?? 0;
    this.options = options;
    this.choices = options.chance.of(`what ${options.name} says`);
    this.pauses = options.chance.of(`how long ${options.name} waits`);
    this.by_http = new Asker(`http://${options.address}`, http_patience_ms);
    const { bearer, cookie, device, origin } = options.asker;
    Object.assign(this.by_http, { bearer, cookie, device, origin });
  }

  get is_colleague(): boolean {
    return this.options.person !== undefined;
  }
  // The house is asked by its own name, as behind a proxy that keeps it.
  private get host(): string {
    return new URL(this.options.origin).host;
  }

  start(): void {
    this.done = Promise.all([this.keep_a_line(), this.way === 'http' ? this.write_by_http() : null]);
  }
  write(): void {
    this.is_writing = true;
    this.fill();
  }
  rest(): void {
    this.is_writing = false;
  }
  get owes(): number {
    return this.under_way.size;
  }
  /** All that was said so far is as it should be. */
  settle(): void {
    this.words.length = 0;
    this.view.settle();
  }
  async leave(): Promise<void> {
    this.is_over = true;
    this.socket?.terminate();
    await this.done;
    this.asker.close();
    this.by_http.close();
  }

  private new_word(): Word {
    const { conversations, choices } = this;
    const id = new_id(choices.bytes(16));
    // Some are short and some are long; each has one word that is nowhere else, to be found by.
    const filler = 'the lamp and its shade '.repeat(choices.between(0, 12));
    const text = `${this.name} ${this.said++} z${id.replaceAll('-', '').slice(-20)} ${filler}`.trim();
    const conversation = conversations[choices.between(0, conversations.length)]!;
    const word: Word = { id, text, conversation, seq: null, at: '', was_refused: false };
    this.words.push(word);
    this.under_way.set(id, word);
    return word;
  }

  private answered(word: Word, seq: number): void {
    if (word.seq !== null && word.seq !== seq) this.complaints.push(`“${word.text}” was kept as ${word.seq}, then as ${seq}`);
    if (word.seq === null) this.kept++;
    word.seq = seq;
    word.at = new Date().toISOString();
    this.under_way.delete(word.id);
  }
  private refused(word: Word, code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
    if (!passing.has(code)) this.complaints.push(`“${word.text}” was refused: ${code}`);
    word.was_refused = true;
  }

  // ---- by the live connection ----------------------------------------------------------------------------------------------
  private async keep_a_line(): Promise<void> {
    while (!this.is_over) {
      await this.one_line();
      this.is_in = false;
      if (!this.is_over) await pause(this.pauses.between(20, 250));
    }
  }

  private one_line(): Promise<void> {
    const { asker, origin, address } = this.options;
    const headers: Record<string, string> = { host: this.host, ...(asker.cookie ? { cookie: asker.cookie } : {}) };
    const socket = new WebSocket(`ws://${address}/api/live`, { headers, origin, perMessageDeflate: false, handshakeTimeout: 4000 });
    this.socket = socket;
    this.heard_at = performance.now();
    const watch = setInterval(() => {
      if (performance.now() - this.heard_at > patience_ms) socket.terminate();
      else if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
    }, 1000);
    return new Promise((resolve) => {
      socket.on('open', () => {
        const token = asker.bearer ? { token: asker.bearer } : {};
        socket.send(JSON.stringify({ type: 'hello', since: this.view.cursor, ...token }));
      });
      socket.on('message', (bytes) => this.hear(JSON.parse(String(bytes)) as Record<string, unknown>));
      socket.on('error', () => undefined);
      socket.on('close', (code) => {
        if (code === 4401) this.complaints.push('the session was refused');
        clearInterval(watch);
        resolve();
      });
    });
  }

  private hear(frame: Record<string, unknown>): void {
    this.heard_at = performance.now();
    if (frame['type'] === 'welcome') this.come_in(frame);
    if (frame['type'] === 'with') this.hear_of_the_line(frame);
    if (frame['type'] === 'event') {
      const wrong = this.view.hear(frame as never);
      if (wrong) this.complaints.push(wrong);
    }
    if (frame['type'] === 'caught_up') {
      this.view.caught_up(frame['seq'] as number);
      this.is_in = true;
      this.send_again();
      this.fill();
    }
    if (this.way !== 'live') return;
    const word = this.under_way.get(String(frame['id']));
    if (frame['type'] === 'kept' && word) {
      this.answered(word, frame['seq'] as number);
      this.fill();
    }
    if (frame['type'] === 'refused' && word) {
      this.refused(word, String((frame['problem'] as { code?: string } | undefined)?.code));
      setTimeout(() => this.under_way.has(word.id) && this.send(word), this.pauses.between(100, 400));
    }
  }

  private come_in(welcome: Record<string, unknown>): void {
    if (welcome['reset'] === true) this.complaints.push(`cursor ${this.view.cursor} is of no house that there ever was`);
    if (!this.is_colleague) return;
    this.line.welcome(welcome['with'] as Wire['WithWhom'][]);
    this.socket?.send(JSON.stringify({ type: 'presence', level: 'open', written_capacity: this.capacity, back_at: null }));
  }
  private hear_of_the_line(frame: Record<string, unknown>): void {
    if (this.is_colleague) this.line.hear(frame as unknown as Wire['WithWhom']);
    else this.complaints.push('a customer was told who is with whom');
  }

  private send(word: Word): void {
    if (!this.is_in || this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(JSON.stringify({ type: 'write', id: word.id, conversation: word.conversation, text: word.text }));
  }
  private send_again(): void {
    if (this.way === 'live') for (const word of this.under_way.values()) this.send(word);
  }
  private fill(): void {
    if (this.way !== 'live') return;
    while (this.is_writing && this.is_in && this.under_way.size < most_under_way) this.send(this.new_word());
  }

  // ---- by HTTP, one after the other ----------------------------------------------------------------------------------------
  private async write_by_http(): Promise<void> {
    while (!this.is_over) {
      const word = this.under_way.values().next().value ?? (this.is_writing ? this.new_word() : null);
      if (!word) await pause(20);
      else await this.post(word);
    }
  }
  private async post(word: Word): Promise<void> {
    const path = this.is_colleague ? `/api/desk/conversations/${word.conversation}/entries` : '/api/visitor/entries';
    const answer = await this.by_http
      .post<{ seq: number; code?: string }>(path, { id: word.id, text: word.text }, { headers: { host: this.host } })
      .catch(() => null);
    if (!answer) this.unanswered++;
    if (answer && (answer.status === 200 || answer.status === 201)) return this.answered(word, answer.body.seq);
    if (answer) this.refused(word, String(answer.body?.code));
    await pause(this.pauses.between(50, 300));
  }
}
