// Tokens for programs of our own: what they may do, and until when. A secret is shown once.
import type { DeskHouse } from '@kith/store/desk';
import { must, new_id, type Id, type Schemas } from '@kith/wire';

export type ApiToken = Schemas['ApiToken'];
export type Scope = Schemas['Scope'];
export const scopes: readonly Scope[] = ['read_people', 'read_conversations', 'write_entries', 'manage_settings'];

export class Programs {
  tokens = $state.raw<readonly ApiToken[]>([]);
  secret = $state('');
  private readonly api: DeskHouse['api'];

  constructor(house: DeskHouse) {
    this.api = house.api;
  }

  async load(): Promise<void> {
    this.tokens = (await must(this.api.GET('/api/desk/tokens'))).tokens;
  }

  async make(name: string, may: readonly Scope[], expires_at: Date): Promise<void> {
    const body = { id: new_id(), name, scopes: [...may], expires_at: expires_at.toISOString() };
    const made = await must(this.api.POST('/api/desk/tokens', { body }));
    this.secret = made.secret;
    this.tokens = [made.token, ...this.tokens];
  }

  async revoke(id: Id): Promise<void> {
    await must(this.api.DELETE('/api/desk/tokens/{id}', { params: { path: { id } } }));
    this.tokens = this.tokens.filter((one) => one.id !== id);
  }
}
