// The files of all conversations by id; they never change once they are kept, except for their description.
import { must } from '@kith/wire';
import type { Api, Attachment, Id } from '@kith/wire';
import type { Device } from '../shared/device.ts';
import { PendingFiles } from '../shared/pending_file.svelte.ts';
import type { Drafts } from './drafts.svelte.ts';

export class DeskFiles {
  private readonly by_id = new Map<Id, Attachment>();
  private version = $state(0);
  private readonly api: Api;

  constructor(api: Api) {
    this.api = api;
  }

  find(id: Id): Attachment | undefined {
    void this.version;
    return this.by_id.get(id);
  }

  take(attachments: readonly Attachment[]): void {
    if (attachments.length === 0) return;
    for (const attachment of attachments) this.by_id.set(attachment.id, attachment);
    ++this.version;
  }

  // Those that nobody told us of yet; what the house does not tell stays unknown.
  async load(ids: readonly Id[]): Promise<void> {
    const unknown = ids.filter((id) => !this.by_id.has(id));
    const asked = unknown.map((id) => must(this.api.GET('/api/attachments/{id}', { params: { path: { id } } })).catch(() => null));
    this.take((await Promise.all(asked)).filter((each) => each !== null));
  }

  // Files of a draft that this device does not have: their chips come back.
  async adopt_into(pending: PendingFiles, lane: Id, ids: readonly Id[]): Promise<void> {
    const missing = ids.filter((id) => !pending.find(id));
    await this.load(missing);
    for (const id of missing) {
      const attachment = this.by_id.get(id);
      if (attachment) pending.adopt(lane, attachment);
    }
  }

  // Those beside drafts and inside messages that are on their way.
  pending(device: Device, drafts: Drafts): PendingFiles {
    return new PendingFiles({
      api: this.api,
      device,
      begin: (file) => {
        const body = { id: file.id, name: file.name, size_bytes: file.bytes.size };
        return must(this.api.POST('/api/desk/conversations/{id}/attachments', { params: { path: { id: file.lane } }, body }));
      },
      on_kept: (attachment) => this.take([attachment]),
      on_gone: (file) => {
        const { attachments } = drafts.of(file.lane);
        drafts.write(file.lane, { attachments: attachments.filter((id) => id !== file.id) });
      },
    });
  }

  clear(): void {
    this.by_id.clear();
    ++this.version;
  }
}
