// Copies of the whole house. One is made at a time; the answer comes when it is done.
import type { DeskHouse } from '@kith/store/desk';
import { must, new_id, type Schemas } from '@kith/wire';

export type Backup = Schemas['Backup'];

export class Backups {
  made = $state.raw<readonly Backup[]>([]);
  is_making = $state(false);
  private readonly api: DeskHouse['api'];

  constructor(house: DeskHouse) {
    this.api = house.api;
  }

  async load(): Promise<void> {
    this.made = (await must(this.api.GET('/api/desk/backups'))).backups;
  }

  async make(): Promise<void> {
    this.is_making = true;
    try {
      const backup = await must(this.api.POST('/api/desk/backups', { body: { id: new_id() } }));
      this.made = [backup, ...this.made.filter((one) => one.id !== backup.id)];
    } finally {
      this.is_making = false;
    }
  }
}
