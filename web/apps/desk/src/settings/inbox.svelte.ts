// The place on the web where customers reach us, and what is set about it.
import type { DeskHouse } from '@kith/store/desk';
import { must, new_id, type Inbox } from '@kith/wire';

export class InboxCare {
  inbox = $state.raw<Inbox | null>(null);
  secret = $state(''); // shown once
  private readonly api: DeskHouse['api'];

  constructor(house: DeskHouse) {
    this.api = house.api;
  }

  async load(): Promise<void> {
    const { inboxes } = await must(this.api.GET('/api/desk/inboxes'));
    const on_the_web = inboxes.filter((one) => one.kind === 'web');
    this.inbox = on_the_web.find((one) => !one.is_sample) ?? on_the_web[0] ?? null;
  }

  async change(what: Partial<Pick<Inbox, 'allowed_origins' | 'hello_line' | 'identity_issuer'>>): Promise<void> {
    if (!this.inbox) return;
    const { id, kind, name, team, allowed_origins, identity_issuer, hello_line } = this.inbox;
    const body = { kind, name, team, allowed_origins, identity_issuer, hello_line, ...what };
    this.inbox = await must(this.api.PUT('/api/desk/inboxes/{id}', { params: { path: { id } }, body }));
  }

  async new_secret(issuer: string): Promise<void> {
    if (!this.inbox) return;
    if (issuer !== this.inbox.identity_issuer) await this.change({ identity_issuer: issuer });
    const params = { path: { id: this.inbox.id } };
    const body = { id: new_id() };
    this.secret = (await must(this.api.POST('/api/desk/inboxes/{id}/identity_secret', { params, body }))).secret;
  }
}
