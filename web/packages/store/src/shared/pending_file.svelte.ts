// A file beside a draft or inside a message on its way. Its bytes stay on this device until the house has them, so that a
// reload loses nothing.
import { must, new_id, unreachable, Upload } from '@kith/wire';
import type { Api, Attachment, Id, Problem } from '@kith/wire';
import type { FileState } from '../types.ts';
import type { Device } from './device.ts';

export interface KeptFile {
  id: Id;
  lane: Id;
  name: string;
  media_type: string;
  bytes: Blob;
}

export interface FileHouse {
  api: Api;
  device: Device;
  // Announces it where it belongs.
  begin: (file: KeptFile) => Promise<Attachment>;
  on_kept: (attachment: Attachment) => void;
  // Somebody took it out of the draft.
  on_gone: (file: PendingFile) => void;
}

const shown_in_place = /^image\/(png|jpeg|gif|webp|avif)$/;

export class PendingFile {
  readonly id: Id;
  readonly lane: Id;
  readonly name: string;
  readonly size: number;
  readonly media_type: string;
  readonly preview_url: string | null = null;
  state = $state.raw<FileState>('waiting');
  progress = $state.raw(0);
  problem = $state.raw<Problem | null>(null);
  alt_text = $state.raw('');
  is_sent = $state.raw(false); // inside a message, no longer beside the draft
  private readonly upload: Upload | null = null;
  private readonly house: FileHouse;
  private waiters: { resolve: () => void; reject: (problem: Problem) => void }[] = [];

  constructor(source: KeptFile | Attachment, lane: Id, house: FileHouse) {
    this.id = source.id;
    this.lane = lane;
    this.name = source.name;
    this.media_type = source.media_type;
    this.house = house;
    if (!('bytes' in source)) {
      this.size = source.size_bytes;
      this.alt_text = source.alt_text;
      this.state = 'kept';
      this.progress = 1;
      return;
    }
    this.size = source.bytes.size;
    if (shown_in_place.test(source.media_type)) this.preview_url = URL.createObjectURL(source.bytes);
    const begin = () => house.begin(source);
    this.upload = new Upload({ id: source.id, file: source.bytes, api: house.api, begin, on_change: () => this.look() });
    this.upload.start();
  }

  retry(): void {
    this.upload?.retry();
  }

  // Says in words what is on it. The house hears it as soon as it has the file, sent or not.
  async describe(alt_text: string): Promise<void> {
    if (alt_text === this.alt_text) return;
    this.alt_text = alt_text;
    await this.when_kept();
    if (alt_text !== this.alt_text) return; // put differently meanwhile
    const asked = this.house.api.PATCH('/api/attachments/{id}', { params: { path: { id: this.id } }, body: { alt_text } });
    this.house.on_kept(await must(asked));
  }

  // Takes it out of the draft.
  remove(): void {
    if (this.state !== 'kept') this.upload?.abort();
    void this.house.device.delete('files', this.id);
    if (this.preview_url) URL.revokeObjectURL(this.preview_url);
    this.house.on_gone(this);
  }

  // Somebody else may sit here next: nothing more of it goes out under her name. Who waits for it hears that it is not there yet.
  close(): void {
    this.upload?.rest();
    for (const each of this.waiters.splice(0)) each.reject(unreachable('nobody is signed in'));
    if (this.preview_url) URL.revokeObjectURL(this.preview_url);
  }

  // Resolves when the house has it, rejects when the house does not want it.
  when_kept(): Promise<void> {
    if (this.state === 'kept') return Promise.resolve();
    if (this.state === 'failed' && this.problem) return Promise.reject(this.problem);
    return new Promise((resolve, reject) => this.waiters.push({ resolve, reject }));
  }

  private look(): void {
    const upload = this.upload;
    if (!upload || upload.state === 'gone' || upload.state === 'resting') return;
    this.progress = upload.progress;
    this.problem = upload.problem;
    this.state = upload.state;
    if (upload.state === 'kept' && upload.attachment) {
      void this.house.device.delete('files', this.id);
      this.house.on_kept(upload.attachment);
    }
    if (upload.state !== 'kept' && upload.state !== 'failed') return;
    for (const each of this.waiters.splice(0)) {
      if (upload.problem) each.reject(upload.problem);
      else each.resolve();
    }
  }
}

// All files of an app that are not yet part of what was said.
export class PendingFiles {
  private readonly house: FileHouse;
  private all = $state.raw<readonly PendingFile[]>([]);

  constructor(house: FileHouse) {
    const on_gone = (file: PendingFile) => {
      this.all = this.all.filter((each) => each !== file);
      house.on_gone(file);
    };
    this.house = { ...house, on_gone };
  }

  // What an earlier page left behind goes on.
  async open(): Promise<void> {
    const kept = await this.house.device.all<KeptFile>('files');
    for (const file of kept) if (!this.find(file.id)) this.place(new PendingFile(file, file.lane, this.house));
  }

  // What is on its way stops. It goes on when it is opened again, if this device still has it then.
  close(): void {
    for (const file of this.all) file.close();
    this.all = [];
  }

  attach(lane: Id, file: Blob & { name?: string }, name = file.name ?? 'file'): PendingFile {
    const kept: KeptFile = { id: new_id(), lane, name: name.slice(0, 255) || 'file', media_type: file.type, bytes: file };
    void this.house.device.put('files', kept.id, kept);
    return this.place(new PendingFile(kept, lane, this.house));
  }

  // One that the house has already, back beside the draft.
  adopt(lane: Id, attachment: Attachment): void {
    if (!this.find(attachment.id)) this.place(new PendingFile(attachment, lane, this.house));
  }

  beside(lane: Id): readonly PendingFile[] {
    return this.all.filter((file) => file.lane === lane && !file.is_sent);
  }

  find(id: Id): PendingFile | undefined {
    return this.all.find((file) => file.id === id);
  }

  hand_on(ids: readonly Id[], is_sent = true): void {
    for (const id of ids) {
      const file = this.find(id);
      if (file) file.is_sent = is_sent;
    }
  }

  async when_kept(ids: readonly Id[]): Promise<void> {
    await Promise.all(ids.map((id) => this.find(id)?.when_kept()));
  }

  private place(file: PendingFile): PendingFile {
    this.all = [...this.all, file];
    return file;
  }
}
