// What a colleague does beside the screen that is looked at: through the API, as her own desk would.
import { new_id } from '../../tests/system/harness/ids.ts';
import type { APIRequestContext, BrowserContext } from 'playwright';

export class Colleague {
  private readonly request: APIRequestContext;
  private readonly house: string;

  constructor(context: BrowserContext, house: string) {
    this.request = context.request;
    this.house = house;
  }

  async ask<Answer>(method: string, path: string, data?: object, headers?: Record<string, string>): Promise<Answer> {
    const all = { Origin: this.house, ...headers };
    const answer = await this.request.fetch(`${this.house}/api/${path}`, { method, data: data ?? {}, headers: all });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return (answer.status() === 204 ? null : await answer.json()) as Answer;
  }
  async read<Answer>(path: string): Promise<Answer> {
    const answer = await this.request.get(`${this.house}/api/${path}`);
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  // The conversation with whoever is called so.
  async conversation_with(called: string): Promise<{ conversation: string; person: string }> {
    const { people } = await this.read<{ people: { conversation: string; person: { id: string; called: string } }[] }>(
      `desk/search/people?q=${encodeURIComponent(called)}`,
    );
    const found = people[0];
    if (!found) throw new Error(`nobody is called ${called}`);
    return { conversation: found.conversation, person: found.person.id };
  }

  async is(level: string, back_at: string | null = null): Promise<void> {
    await this.ask('PUT', 'desk/presence', { level, back_at });
  }
  async says(conversation: string, text: string): Promise<void> {
    await this.ask('POST', `desk/conversations/${conversation}/entries`, { id: new_id(), text });
  }
  async puts_off(conversation: string, until: string, words: string): Promise<void> {
    await this.ask('PUT', `desk/conversations/${conversation}/later`, { until, until_she_writes: false, words });
  }
  async notes(person: string, text: string, mentions: readonly string[] = []): Promise<void> {
    await this.ask('POST', `desk/people/${person}/notes`, { id: new_id(), text, mentions });
  }
  async promises(conversation: string, what: string, due: string): Promise<void> {
    await this.ask('POST', `desk/conversations/${conversation}/promises`, { id: new_id(), what, from: null, due });
  }
  async hands_over(conversation: string, to: string, words: string): Promise<void> {
    await this.ask('POST', `desk/conversations/${conversation}/handovers`, { id: new_id(), to, words });
  }
  // Where the address leads that is handed to whoever is invited.
  async invites(called: string): Promise<string> {
    const { token } = await this.ask<{ token: string }>('POST', 'desk/invitations', { id: new_id(), called, as_leader: false });
    return `/desk/join#${token}`;
  }
}
