// One file on its way: announced, sent in pieces, resumed where the house says it stands, tried again while the trouble is
// passing. Broken lines cost the piece that was on its way, nothing more.
import type { Api } from './client.ts';
import { backoff_ms } from './backoff.ts';
import type { Attachment, Id } from './nouns.ts';
import { Problem, unreachable } from './problem.ts';
import { within } from './within.ts';

export type UploadState = 'resting' | 'waiting' | 'sending' | 'kept' | 'failed' | 'gone';

export interface UploadOptions {
  id: Id;
  file: Blob;
  api: Api;
  begin: () => Promise<Attachment>; // announces it; asking twice with the same id is harmless
  on_change?: (upload: Upload) => void;
}

const smallest_piece = 256 * 1024;
const most_pieces = 32; // so that a large file does not spend what a visitor may ask for in a minute

export class Upload {
  readonly id: Id;
  state: UploadState = 'resting';
  progress = 0;
  problem: Problem | null = null;
  attachment: Attachment | null = null;
  readonly done: Promise<Attachment>;
  private readonly options: UploadOptions;
  private stopping = new AbortController();
  private wake: () => void = () => {};
  private resolve!: (attachment: Attachment) => void;
  private reject!: (problem: Problem) => void;

  constructor(options: UploadOptions) {
    this.id = options.id;
    this.options = options;
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.done.catch(() => {});
  }

  start(): void {
    if (this.state !== 'resting' && this.state !== 'failed') return;
    this.stopping = new AbortController();
    this.problem = null;
    void this.run(this.stopping.signal);
  }

  // After `failed`, or to end a pause between two tries.
  retry(): void {
    if (this.state === 'failed') this.start();
    else this.wake();
  }

  // Not a byte more leaves from here; `start` goes on where it stood.
  rest(): void {
    if (this.state !== 'sending' && this.state !== 'waiting') return;
    this.stopping.abort();
    this.wake();
    this.change('resting');
  }

  // Gives it up here and in the house.
  abort(): void {
    if (this.state === 'gone') return;
    const was = this.state;
    this.stopping.abort();
    this.wake();
    this.change('gone');
    this.reject(unreachable('given up'));
    if (was !== 'resting') void this.options.api.raw(`/api/attachments/${this.id}`, { method: 'DELETE' }).catch(() => {});
  }

  private async run(stop: AbortSignal): Promise<void> {
    for (let failures = 0; !stop.aborted;) {
      const before = this.progress;
      try {
        this.change('sending');
        const attachment = await this.send(stop, failures > 0 || before > 0);
        if (stop.aborted) return;
        this.attachment = attachment;
        this.progress = 1;
        this.change('kept');
        this.resolve(attachment);
        return;
      } catch (error) {
        if (stop.aborted) return;
        const problem = error instanceof Problem ? error : unreachable(String(error));
        // `conflict` says that we are wrong about where it stands: ask and go on from there.
        if (!problem.is_passing && !(problem.code === 'conflict' && failures < 5)) {
          this.problem = problem;
          this.change('failed');
          return;
        }
        failures = this.progress > before ? 1 : failures + 1;
        this.change('waiting');
        await this.pause(problem.retry_after_ms ?? backoff_ms(failures));
      }
    }
  }

  private async send(stop: AbortSignal, has_begun: boolean): Promise<Attachment> {
    const { file, api, id } = this.options;
    const begun = await this.options.begin();
    if (begun.state === 'kept') return begun;
    let offset = has_begun ? await this.offset(stop) : 0;
    const piece = Math.max(smallest_piece, Math.ceil(file.size / most_pieces));
    for (;;) {
      const response = await api.raw(`/api/attachments/${id}/content`, {
        method: 'PATCH',
        headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
        body: file.slice(offset, offset + piece),
        signal: within(120_000, stop),
      });
      const attachment = (await response.json()) as Attachment;
      offset = Number(response.headers.get('upload-offset') ?? offset + piece);
      this.progress = file.size === 0 ? 1 : Math.min(1, offset / file.size);
      if (attachment.state === 'kept') return attachment;
      if (offset >= file.size) throw unreachable('every byte is sent, and it is not kept');
      this.change('sending');
    }
  }

  private async offset(stop: AbortSignal): Promise<number> {
    const response = await this.options.api.raw(`/api/attachments/${this.id}/content`, { method: 'HEAD', signal: stop });
    return Number(response.headers.get('upload-offset') ?? 0);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake(), ms);
      const online = () => this.wake();
      globalThis.addEventListener?.('online', online);
      this.wake = () => {
        clearTimeout(timer);
        globalThis.removeEventListener?.('online', online);
        this.wake = () => {};
        resolve();
      };
    });
  }

  private change(state: UploadState): void {
    this.state = state;
    this.options.on_change?.(this);
  }
}
