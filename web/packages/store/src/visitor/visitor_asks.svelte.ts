// What a visitor asks of the house besides saying something.
import { must, new_id } from '@kith/wire';
import type { FoundEntries, Id, Identity, Schemas, Site } from '@kith/wire';
import type { Device } from '../shared/device.ts';
import { newer } from '../shared/newer.ts';
import type { Soon } from '../shared/soon.ts';
import { VisitorView } from './visitor_view.svelte.ts';

export abstract class VisitorAsks extends VisitorView {
  protected device!: Device;
  private latest_search = 0;
  protected abstract readonly inbox: Id | null;
  protected abstract readonly put_away_soon: Soon;
  // Begins the visit if need be.
  protected abstract come_in(): Promise<void>;

  // Whether this browser still knows her when she comes back to this page.
  get is_lasting(): boolean {
    return this.device.is_lasting;
  }

  async pause(until: Date): Promise<void> {
    await this.come_in();
    this.story.conversation = await must(this.api.PUT('/api/visitor/pause', { body: { until: until.toISOString() } }));
  }
  async unpause(): Promise<void> {
    this.story.conversation = await must(this.api.DELETE('/api/visitor/pause'));
  }
  async leave_address(kind: 'email' | 'phone', value: string): Promise<Identity> {
    await this.come_in();
    return must(this.api.POST('/api/visitor/identities', { body: { id: new_id(), kind, value } }));
  }
  async change_me(change: Schemas['ChangePerson']): Promise<void> {
    await this.come_in();
    this.story.me = await must(this.api.PATCH('/api/visitor/me', { body: change }));
    this.put_away_soon.run();
  }
  async settle_topic(id: Id): Promise<void> {
    this.story.topics = newer(this.topics, await must(this.api.POST('/api/visitor/topics/{id}/settle', { params: { path: { id } } })));
  }
  async reopen_topic(id: Id): Promise<void> {
    this.story.topics = newer(this.topics, await must(this.api.POST('/api/visitor/topics/{id}/reopen', { params: { path: { id } } })));
  }
  async may_ask(field: string): Promise<boolean> {
    return (await must(this.api.POST('/api/visitor/asks', { body: { field } }))).may_ask;
  }
  async answer_ask(field: string, state: 'answered' | 'declined'): Promise<void> {
    await must(this.api.PUT('/api/visitor/asks', { body: { field, state } }));
  }
  // Null when a newer search has overtaken it.
  async search(words: string): Promise<FoundEntries | null> {
    const mine = ++this.latest_search;
    const found = await must(this.api.GET('/api/visitor/search', { params: { query: { q: words } } }));
    return mine === this.latest_search ? found : null;
  }
  async export_story(): Promise<Blob> {
    return (await this.api.raw('/api/visitor/export')).blob();
  }

  protected saw_site(site: Site): void {
    this.story.take_site(site);
    this.has_looked = true;
    void this.device.put('kept', 'site', site);
  }

  // Before this page is loaded anew: what nothing else keeps goes along.
  carry_over(): void {
    this.device.carry_over();
  }

  protected async load_site(): Promise<Site> {
    try {
      const params = { path: { inbox: this.inbox ?? 'default' } };
      const site = await must(this.api.GET('/api/site/{inbox}', { params }));
      this.saw_site(site);
      return site;
    } catch (error) {
      if (this.connection === 'resting') this.connection = 'away';
      throw error;
    }
  }

  protected async load_files(ids: Iterable<Id>): Promise<void> {
    for (const id of ids) {
      const asked = this.api.GET('/api/attachments/{id}', { params: { path: { id } } });
      const attachment = await must(asked).catch(() => null);
      if (attachment) this.story.attachments.set(id, attachment);
    }
    this.entries = [...this.entries];
  }
}
