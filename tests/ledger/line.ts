// Who waits for a word: whoever spoke last in her conversation is a customer. She stands in the line, with a colleague who is
// there (there is room for everybody), every desk knows with whom, and whom nobody answers keeps her place.
import { must } from '../system/harness/cast.ts';
import type { Line, Wire } from '../system/harness/cast.ts';
import type { Asker } from '../system/harness/http.ts';
import { until } from '../system/harness/waiting.ts';
import type { Writer } from './writer.ts';

type Row = Line['waiting'][number];

// Colleagues come back after a break, and say again that they are there.
const patience_ms = 12_000;

// What one colleague hears of who is with whom.
export class LineView {
  readonly with_whom = new Map<string, string>();

  welcome(told: readonly Wire['WithWhom'][]): void {
    this.with_whom.clear();
    for (const one of told) this.hear(one);
  }
  hear({ conversation, colleague }: Wire['WithWhom']): void {
    if (colleague === null) this.with_whom.delete(conversation);
    else this.with_whom.set(conversation, colleague);
  }
}

function who_is_not_where_she_should(rows: readonly Row[], waits: ReadonlyMap<string, boolean>): string[] {
  const wrong: string[] = [];
  const in_line = new Set(rows.map((row) => row.conversation.id));
  if (in_line.size < rows.length) wrong.push('somebody stands in the line twice');
  for (const [conversation, does_wait] of waits) {
    if (does_wait && !in_line.has(conversation)) wrong.push(`${conversation} waits and is not in the line`);
    if (!does_wait && in_line.has(conversation)) wrong.push(`${conversation} was answered and is in the line`);
  }
  const times = rows.map((row) => Date.parse(row.conversation.waiting_since ?? ''));
  if (times.some((time, i) => !(time >= (times[i - 1] ?? 0)))) wrong.push('the line is out of order');
  return wrong;
}

function who_is_with_the_wrong_one(rows: readonly Row[], colleagues: readonly Writer[]): string[] {
  const wrong: string[] = [];
  const there = new Map(colleagues.map((colleague) => [colleague.person, 0]));
  for (const row of rows) {
    const count = row.with === null ? undefined : there.get(row.with);
    if (row.with === null) wrong.push(`${row.conversation.id} waits, there is room, and she is with nobody`);
    else if (count === undefined) wrong.push(`${row.conversation.id} is with ${row.with}, who is not there`);
    else there.set(row.with, count + 1);
  }
  for (const { person, name, capacity } of colleagues) {
    if (there.get(person)! > capacity) wrong.push(`${there.get(person)} are with ${name}, who wants ${capacity}`);
  }
  const known = (entries: Iterable<readonly [string, string | null]>): string => JSON.stringify([...entries].sort());
  const truth = known(rows.filter((row) => row.with !== null).map((row) => [row.conversation.id, row.with]));
  for (const { name, line } of colleagues) if (known(line.with_whom) !== truth) wrong.push(`${name} knows another line than the list`);
  return wrong;
}

export class LineAudit {
  private readonly since = new Map<string, string>(); // of those whom nobody answers

  /** `waits`: of every conversation whether a customer spoke last. `never_answered`: those in which no colleague writes. */
  async compare(desk: Asker, writers: readonly Writer[], waits: ReadonlyMap<string, boolean>, never_answered: readonly string[]): Promise<string[]> {
    const colleagues = writers.filter((writer) => writer.is_colleague);
    const look = async (): Promise<{ rows: readonly Row[]; wrong: string[] }> => {
      const { waiting: rows } = must(await desk.get<Line>('/api/desk/line?limit=100'));
      return { rows, wrong: [...who_is_not_where_she_should(rows, waits), ...who_is_with_the_wrong_one(rows, colleagues)] };
    };
    await until('the line is settled', async () => (await look()).wrong.length === 0, patience_ms).catch(() => undefined);
    const { rows, wrong } = await look();
    return [...wrong, ...this.who_lost_her_place(rows, never_answered)];
  }

  private who_lost_her_place(rows: readonly Row[], never_answered: readonly string[]): string[] {
    const wrong: string[] = [];
    for (const { conversation } of rows) {
      if (!never_answered.includes(conversation.id) || conversation.waiting_since === null) continue;
      const before = this.since.get(conversation.id) ?? conversation.waiting_since;
      if (before !== conversation.waiting_since) wrong.push(`${conversation.id} waits since ${before}, and it says ${conversation.waiting_since}`);
      this.since.set(conversation.id, before);
    }
    return wrong;
  }
}
