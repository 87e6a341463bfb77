// The last conversations on this device, so that the desk opens at once and without a line. One tab writes; when it closes,
// the next one puts everything it knows in its place, because two tabs know different things.
import type { ConversationRow, Id, Seq } from '@kith/wire';
import type { Device } from '../shared/device.ts';
import { once_in } from '../shared/soon.ts';
import type { KeptHousehold } from './household.svelte.ts';
import type { KeptTalk } from './talk_state.svelte.ts';

export interface KeptDesk {
  cursor: Seq; // what is kept is the truth as of here
  kept_at: number;
  household: KeptHousehold;
  rows: ConversationRow[];
  rows_as_of: Seq;
}

export interface Source {
  desk: () => KeptDesk | null;
  talk: (id: Id) => KeptTalk | null;
  talks: () => Id[];
}

const too_old_ms = 7 * 86_400_000; // catching up would take longer than loading anew
export const most_talks = 200;

export class Cache {
  private readonly device: Device;
  private readonly source: Source;
  private readonly dirty = new Set<Id>();
  private is_mine = false;
  private is_closed = false;
  private let_go: () => void = () => {};
  private readonly soon = once_in(1000, () => void this.write());

  constructor(device: Device, source: Source) {
    this.device = device;
    this.source = source;
  }

  async read(): Promise<{ desk: KeptDesk; talks: KeptTalk[] } | null> {
    const desk = await this.device.get<KeptDesk>('kept', 'desk');
    if (!desk || Date.now() - desk.kept_at > too_old_ms) return null;
    return { desk, talks: await this.device.all<KeptTalk>('talks') };
  }

  // From now on, or from when the tab that writes now has gone. Without locks nobody knows, and nothing is written.
  open(): void {
    if (!navigator.locks || !this.device.is_lasting) return;
    void navigator.locks.request(`${this.device.name}-cache`, async () => {
      if (this.is_closed) return;
      this.is_mine = true;
      await this.write_all();
      await new Promise<void>((resolve) => (this.let_go = resolve));
    });
  }

  close(): void {
    this.is_closed = true;
    this.is_mine = false;
    this.soon.cancel();
    this.let_go();
  }

  changed(talk: Id | null = null): void {
    if (talk) this.dirty.add(talk);
    if (this.is_mine) this.soon.run();
  }

  flush(): void {
    this.soon.flush();
  }

  private async write_all(): Promise<void> {
    for (const id of this.source.talks()) this.dirty.add(id);
    await this.device.wipe(['talks']);
    await this.write();
  }

  // Conversations and the cursor in one transaction: what is read back is true as of one moment.
  private async write(): Promise<void> {
    const desk = this.source.desk();
    if (!desk || !this.is_mine) return;
    const ids = [...this.dirty];
    this.dirty.clear();
    await this.device.write([
      ...ids.map((id) => ({ shelf: 'talks' as const, key: id, value: this.source.talk(id) ?? undefined })),
      { shelf: 'kept' as const, key: 'desk', value: desk },
    ]);
  }
}
