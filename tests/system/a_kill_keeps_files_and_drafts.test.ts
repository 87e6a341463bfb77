// kill -9 while files are sent, drafts are kept and words fall due: what was answered is there, exactly once.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { a_visitor, furnish, must, sign_in, writes } from './harness/cast.ts';
import type { Attachment, Colleague, Entry, Home, Visitor, Wire } from './harness/cast.ts';
import { House, run_kith } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { whole_conversation } from './harness/ledger.ts';
import { random_from } from './harness/random.ts';
import type { Random } from './harness/random.ts';
import { until } from './harness/waiting.ts';

const rounds = Number(process.env['KITH_ROUNDS'] ?? 3);
const piece = 40_000;

// A file on its way: what was answered of it so far.
interface Sent {
  id: string;
  bytes: Buffer;
  reached: number; // as far as the house said
  is_kept: boolean;
  entry: string | null; // the one that was answered with it
}

function head(visitor: Visitor, id: string): Promise<number> {
  return visitor.panel.ask('HEAD', `/api/attachments/${id}/content`, undefined)
    .then((answer) => (answer.status === 200 ? Number(answer.headers['upload-offset']) : 0));
}

// Sends one file after the other, piece by piece, and says something with each, until the house is gone.
async function send_files(visitor: Visitor, sent: Sent[], random: Random): Promise<void> {
  for (;;) {
    const bytes = random.bytes(3 * piece);
    const file: Sent = { id: new_id(), bytes, reached: 0, is_kept: false, entry: null };
    const begun = await visitor.panel.post('/api/visitor/attachments', { id: file.id, name: 'foot.bin', size_bytes: bytes.length });
    if (begun.status !== 201) return;
    sent.push(file);
    await send_rest(visitor, file);
    const entry = new_id();
    if ((await visitor.panel.post<Entry>('/api/visitor/entries', { id: entry, text: 'look', attachments: [file.id] })).status !== 201) return;
    file.entry = entry;
  }
}

async function send_rest(visitor: Visitor, file: Sent): Promise<void> {
  for (let at = await head(visitor, file.id); at < file.bytes.length;) {
    const answer = await visitor.panel.patch<Attachment>(`/api/attachments/${file.id}/content`, undefined, {
      raw: file.bytes.subarray(at, at + piece),
      headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(at) },
    });
    must(answer);
    at = Number(answer.headers['upload-offset']);
    file.reached = at;
    file.is_kept = answer.body.state === 'kept';
  }
}

// Types, and remembers the newest draft that was answered and the one that was asked for after it.
async function type_drafts(colleague: Colleague, conversation: string, kept: string[], asked: string[]): Promise<void> {
  for (let n = 0; ; n++) {
    const text = `draft ${asked.length} ${n}`;
    asked.push(text);
    const path = `/api/desk/conversations/${conversation}/draft`;
    if ((await colleague.desk.put(path, { text, only_for_us: false, attachments: [] })).status !== 200) return;
    kept.push(text);
  }
}

// Writes for later what falls due within a second or two, around the kill.
async function schedule(colleague: Colleague, conversation: string, promised: string[], random: Random): Promise<void> {
  for (;;) {
    const id = new_id();
    const send_at = new Date(Date.now() + random.between(300, 1800)).toISOString();
    const answer = await colleague.desk.post(`/api/desk/conversations/${conversation}/scheduled`, { id, text: 'as promised', send_at });
    if (answer.status !== 201) return;
    promised.push(id);
    await pause(20);
  }
}

async function check_files(home: Home, visitor: Visitor, sent: Sent[]): Promise<void> {
  for (const file of sent) {
    const offset = await head(visitor, file.id);
    assert.ok(offset >= file.reached, `${offset} bytes are here, ${file.reached} were answered`);
    if (!file.is_kept) await send_rest(visitor, file);
    const content = must(await home.colleague.desk.get(`/api/attachments/${file.id}/content`).then((answer) => ({ ...answer, body: answer.bytes })));
    assert.equal(createHash('sha256').update(content).digest('hex'), createHash('sha256').update(file.bytes).digest('hex'));
  }
  const entries = (await whole_conversation(home.colleague.desk, visitor.conversation)).map((entry) => entry.id);
  for (const { entry } of sent) if (entry) assert.equal(entries.filter((id) => id === entry).length, 1, 'said once');
}

test(`after ${rounds} kills files, drafts and what was written for later are as answered`, { timeout: 60_000 * Math.max(3, rounds) }, async (context) => {
  // One each: whoever waits for the house longer must not change what the others draw.
  const random = random_from();
  const [bytes, times] = [random_from(random.between(0, 2 ** 31)), random_from(random.between(0, 2 ** 31))];
  const home = await furnish(await House.open());
  context.after(() => home.house.close()); // also when it fails, or the run would wait for the house
  const [sender, listener] = [await a_visitor(home.house, home.inbox), await a_visitor(home.house, home.inbox)];
  await writes(listener, 'Tell me later.');
  const sent: Sent[] = [];
  const [kept, asked, promised]: string[][] = [[], [], []];
  const quiet = (work: Promise<void>): Promise<void> => work.catch(() => undefined);
  for (let round = 0; round < rounds; round++) {
    const before = [sent.length, kept!.length, promised!.length];
    const busy = [
      quiet(send_files(sender, sent, bytes)),
      quiet(type_drafts(home.colleague, sender.conversation, kept!, asked!)),
      quiet(schedule(home.colleague, listener.conversation, promised!, times)),
    ];
    await pause(random.between(500, 1700));
    await home.house.end('SIGKILL');
    await Promise.all(busy);
    await home.house.start();
    for (const [i, now] of [sent.length, kept!.length, promised!.length].entries()) assert.ok(now > before[i]!, 'each kind was written in each round');
    home.colleague = await sign_in(home.house, home.colleague.email);
    await check_files(home, sender, sent);
    const page = must(await home.colleague.desk.get<Wire['DraftList']>('/api/desk/drafts'));
    const draft = page.drafts.find((one) => one.conversation === sender.conversation)?.text ?? '';
    const newest = kept!.at(-1)!;
    assert.ok(draft === newest || draft === asked!.at(-1), `“${draft}” is neither “${newest}” nor the one after it`);
  }
  await until('everything that was written for later is sent', async () => {
    const left = must(await home.colleague.desk.get<Wire['ScheduledList']>('/api/desk/scheduled'));
    return left.scheduled.length === 0;
  }, 20_000);
  const said = (await whole_conversation(home.colleague.desk, listener.conversation)).map((entry) => entry.id);
  for (const id of promised!) assert.equal(said.filter((one) => one === id).length, 1, 'sent exactly once');
  assert.equal(new Set(said).size, said.length);

  await home.house.end();
  assert.equal(run_kith(['doctor', '--data', home.house.data, '--deep']).status, 0, 'the house is whole');
  console.log(`${sent.length} files, ${kept!.length} drafts, ${promised!.length} words for later over ${rounds} kills`);
});
