// Up to where everybody has read: exactly what she asked for, neither less nor more; of the team what the farthest of them has.
import { must } from '../system/harness/cast.ts';
import type { ConversationPage, MyConversationPage } from '../system/harness/cast.ts';
import type { Random } from '../system/harness/random.ts';
import type { Writer } from './writer.ts';

const moved_by_a_colleague = 4; // conversations, at each audit

export class Marks {
  // By conversation; of colleagues by her name as well.
  private readonly customers = new Map<string, number>();
  private readonly colleagues = new Map<string, Map<string, number>>();

  private of_colleague(name: string): Map<string, number> {
    let hers = this.colleagues.get(name);
    if (!hers) this.colleagues.set(name, (hers = new Map()));
    return hers;
  }
  private of_team(conversation: string): number {
    return Math.max(0, ...[...this.colleagues.values()].map((hers) => hers.get(conversation) ?? 0));
  }

  /** Whether all of them are where they were asked to be. */
  async compare(writers: readonly Writer[]): Promise<string[]> {
    const told = await Promise.all(writers.map((writer) => (writer.is_colleague ? this.check_colleague(writer) : this.check_customer(writer))));
    return told.flat();
  }

  private async check_customer({ name, asker, hears }: Writer): Promise<string[]> {
    const conversation = hears[0]!;
    const page = must(await asker.get<MyConversationPage>('/api/visitor/conversation'));
    return [
      ...differs(`${name} has read`, this.customers.get(conversation) ?? 0, page.read_seq),
      ...differs(`the team has read of ${name}`, this.of_team(conversation), page.read_by_team),
    ];
  }

  private async check_colleague({ name, asker, hears }: Writer): Promise<string[]> {
    const wrong: string[] = [];
    for (const conversation of hears) {
      const page = must(await asker.get<ConversationPage>(`/api/desk/conversations/${conversation}`));
      wrong.push(...differs(`${name} has read of ${conversation}`, this.of_colleague(name).get(conversation) ?? 0, page.read_seq));
      wrong.push(...differs(`${name} is told that the customer has read`, this.customers.get(conversation) ?? 0, page.read_by_customer));
    }
    return wrong;
  }

  /** Everybody reads on, most of them not to the end. `newest`: the newest entry of a conversation. */
  async move(writers: readonly Writer[], newest: (conversation: string) => number, random: Random): Promise<void> {
    for (const { name, asker, hears, is_colleague } of writers) {
      for (let i = 0; i < (is_colleague ? moved_by_a_colleague : 1); i++) {
        const conversation = hears[random.between(0, hears.length)]!;
        const marks = is_colleague ? this.of_colleague(name) : this.customers;
        const before = marks.get(conversation) ?? 0;
        const seq = random.between(before, newest(conversation) + 1);
        if (seq === 0) continue;
        const path = is_colleague ? `/api/desk/conversations/${conversation}/read` : '/api/visitor/read';
        must(await asker.put(path, { seq }), 204);
        marks.set(conversation, seq);
      }
    }
  }
}

function differs(what: string, asked: number, is: number): string[] {
  return asked === is ? [] : [`${what} up to ${is}, and ${asked} was asked for`];
}
