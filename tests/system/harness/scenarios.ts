// Scenario tables: who asks what, what is answered, what the answer must never hold, and which events both sides hear.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { furnish, must, a_visitor, writes } from './cast.ts';
import type { Home, Visitor } from './cast.ts';
import { remember_row } from './contract.ts';
import { House } from './house.ts';
import type { Answer, Asker, Problem } from './http.ts';
import { Live } from './live.ts';
import { until } from './waiting.ts';

// The people on stage, two conversations, and live ears on both sides. Mara is the customer, Otto somebody else.
export interface Stage extends Home {
  mara: Visitor;
  otto: Visitor;
  nobody: Asker;
  // Ids and tokens that a row leaves for the rows after it.
  kept: Record<string, string>;
  desk_ears: Live;
  mara_ears: Live;
}

type Told = string | ((stage: Stage) => string | Promise<string>);
type Body = unknown | ((stage: Stage) => unknown);

export interface Row {
  says: string;
  who: 'mara' | 'otto' | 'colleague' | 'leader' | 'nobody' | ((stage: Stage) => Asker | Promise<Asker>);
  does: [method: string, path: Told, body?: Body];
  raw?: Buffer; // sent as it is, instead of a body
  headers?: Record<string, string> | ((stage: Stage) => Record<string, string>);
  status: number;
  code?: string; // of the problem
  field?: string; // of the problem
  holds?: (body: never, stage: Stage, answer: Answer) => void;
  lacks?: string[]; // nowhere in the answer, besides what `secrets_from` forbids in every row
  desk_hears?: string[];
  mara_hears?: string[];
}

async function set_stage(): Promise<Stage> {
  const home = await furnish(await House.open());
  const mara = await a_visitor(home.house, home.inbox);
  const otto = await a_visitor(home.house, home.inbox);
  await writes(mara, 'Good morning, this is Mara.');
  await writes(otto, 'Good evening, this is Otto.');
  return {
    ...home, mara, otto, nobody: home.house.asker(), kept: {},
    desk_ears: await Live.join(home.house, home.colleague.desk),
    mara_ears: await Live.join(home.house, mara.panel),
  };
}

function asker_of(who: Row['who'], stage: Stage): Asker | Promise<Asker> {
  if (typeof who === 'function') return who(stage);
  if (who === 'mara' || who === 'otto') return stage[who].panel;
  return who === 'nobody' ? stage.nobody : stage[who].desk;
}

// What the house keeps and tells nobody, and what would mean that its insides show.
const nobodys = ['argon2', 'password_hash', 'token_digest', 'totp_secret', 'row_id', 'sqlite', 'SQL logic', 'no such table', 'std::', '.cc:'];

// What no answer to this asker may hold, whatever she asks and however it ends. Whoever asks as herself by a function of
// the row is judged by `lacks` alone, besides what is nobody's.
function secrets_from(who: Row['who'], stage: Stage): string[] {
  const of = (visitor: Visitor, first_words: string) => [visitor.token, visitor.person, visitor.conversation, first_words];
  const of_mara = of(stage.mara, 'Good morning, this is Mara.');
  const of_otto = of(stage.otto, 'Good evening, this is Otto.');
  const of_the_team = [stage.leader.email, stage.colleague.email];
  if (who === 'mara') return [...nobodys, ...of_otto, ...of_the_team];
  if (who === 'otto') return [...nobodys, ...of_mara, ...of_the_team];
  if (who === 'nobody') return [...nobodys, ...of_mara, ...of_otto, ...of_the_team];
  return [...nobodys, stage.mara.token, stage.otto.token];
}

let marks = 0;

// What one side heard since the last mark. Whose rights changed is cut and comes in again, as docs/live.md says; what she
// missed meanwhile counts as heard.
async function heard_by(stage: Stage, side: 'desk_ears' | 'mara_ears', line: string): Promise<string[]> {
  const earlier: string[] = [];
  for (;;) {
    const ears = stage[side];
    await until(`the mark “${line}” or a cut`, () => ears.has_heard_line(line) || ears.is_closed);
    if (ears.has_heard_line(line)) return [...earlier, ...ears.take_until_line(line).map((event) => event.event)];
    earlier.push(...ears.take_all().map((event) => event.event));
    const asker = side === 'desk_ears' ? stage.colleague.desk : stage.mara.panel;
    stage[side] = await Live.join(stage.house, asker, { since: ears.cursor });
  }
}

// The mark is a change that both sides hear, so nothing is missed and nothing is waited for in vain.
async function heard(stage: Stage): Promise<{ desk: string[]; mara: string[] }> {
  const line = `mark ${++marks}`;
  must(await stage.leader.desk.patch('/api/desk/me', { hello_line: line }));
  return { desk: await heard_by(stage, 'desk_ears', line), mara: await heard_by(stage, 'mara_ears', line) };
}

async function play(row: Row, stage: Stage): Promise<void> {
  const [method, path, body] = row.does;
  const asker = await asker_of(row.who, stage);
  const sent: unknown = typeof body === 'function' ? (body as (stage: Stage) => unknown)(stage) : body;
  const headers = typeof row.headers === 'function' ? row.headers(stage) : row.headers;
  const told = typeof path === 'function' ? await path(stage) : path;
  const answer = await asker.ask(method, told, sent, { ...(headers ? { headers } : {}), ...(row.raw ? { raw: row.raw } : {}) });
  const text = answer.bytes.toString('utf8');
  assert.equal(answer.status, row.status, text);
  if (row.code) assert.equal((answer.body as Problem).code, row.code);
  if (row.field) assert.equal((answer.body as Problem).field, row.field);
  for (const word of [...secrets_from(row.who, stage), ...(row.lacks ?? [])]) assert.ok(!text.includes(word), `“${word}” does not belong into ${text}`);
  row.holds?.(answer.body as never, stage, answer);
  const ears = await heard(stage);
  assert.deepEqual(ears.desk, row.desk_hears ?? [], 'what the desk heard');
  assert.deepEqual(ears.mara, row.mara_hears ?? [], 'what Mara heard');
  remember_row(method, told, answer.status);
}

// One house for the table; the rows are played in order.
export function table(name: string, rows: Row[]): void {
  describe(name, { concurrency: false }, () => {
    let stage: Stage;
    before(async () => {
      stage = await set_stage();
      await heard(stage);
    });
    after(async () => {
      stage?.desk_ears.leave();
      stage?.mara_ears.leave();
      await stage?.house.close();
    });
    for (const row of rows) it(row.says, () => play(row, stage));
  });
}
