// After any disconnect a client is exactly right without asking again: nothing missing, nothing twice.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { a_colleague, a_visitor, answers, furnish, must, writes } from './harness/cast.ts';
import type { EntryPage, Home, Visitor } from './harness/cast.ts';
import { House } from './harness/house.ts';
import { new_id } from './harness/ids.ts';
import { Live } from './harness/live.ts';
import type { LiveEvent } from './harness/live.ts';
import { until } from './harness/waiting.ts';

let home: Home;
let mara: Visitor;
before(async () => {
  home = await furnish(await House.open());
  mara = await a_visitor(home.house, home.inbox);
});
after(() => home?.house.close());

// What a client keeps: the newest state of every thing, by seq.
class Memory {
  readonly things = new Map<string, { seq: number; state: unknown }>();
  cursor = 0;

  take(events: LiveEvent[]): void {
    for (const event of events) {
      for (const noun of ['entry', 'topic', 'promise', 'note']) {
        const thing = event[noun] as { id: string } | undefined;
        if (thing && (this.things.get(thing.id)?.seq ?? 0) < event.seq) this.things.set(thing.id, { seq: event.seq, state: thing });
      }
      this.cursor = Math.max(this.cursor, event.seq);
    }
  }
  state(id: string): unknown {
    return this.things.get(id)?.state;
  }
}

async function all_entries(): Promise<EntryPage['entries']> {
  const entries: EntryPage['entries'] = [];
  let before: number | null = null;
  do {
    const page: EntryPage = must(await mara.panel.get<EntryPage>(`/api/visitor/entries?limit=100${before === null ? '' : `&before=${before}`}`));
    entries.push(...page.entries);
    before = page.older;
  } while (before !== null);
  return entries;
}

test('a client that comes back hears what it missed, and only that', async () => {
  const live = await Live.join(home.house, mara.panel);
  const heard = await writes(mara, 'heard');
  await live.event((event) => event.entry?.id === heard.id);
  const { cursor } = live;
  live.drop();

  const missed = [await writes(mara, 'missed 1'), await answers(home.colleague, mara.conversation, 'missed 2'), await writes(mara, 'missed 3')];
  const edited = must(await mara.panel.patch<{ seq: number }>(`/api/visitor/entries/${heard.id}`, { act: new_id(), text: 'heard, corrected' }));
  const back = await Live.join(home.house, mara.panel, { since: cursor });
  assert.equal(back.welcome?.reset, false);
  assert.deepEqual(back.events.filter((event) => event.event === 'entry_added').map((event) => event.entry?.id), missed.map((entry) => entry.id));
  assert.deepEqual(back.events.filter((event) => event.event === 'entry_changed').map((event) => event.entry), [edited]);
  assert.ok(back.events.every((event) => event.seq > cursor));
  back.leave();

  const nothing = await Live.join(home.house, mara.panel, { since: back.cursor });
  assert.deepEqual(nothing.events, []);
  nothing.leave();
});

test('one who was away for long reads the newest state of each thing once', async () => {
  const entry = await writes(mara, 'draft 0');
  const start = entry.seq - 1;
  for (let i = 1; i <= 5; i++) must(await mara.panel.patch(`/api/visitor/entries/${entry.id}`, { act: new_id(), text: `draft ${i}` }));
  const live = await Live.join(home.house, mara.panel, { since: start });
  const states = live.events.filter((event) => event.entry?.id === entry.id);
  assert.equal(states.at(-1)?.entry?.text, 'draft 5');
  assert.ok(states.length <= 2, 'not every draft in between');
  live.leave();
});

test('a client that is cut at random, again and again, ends exactly where one that never was ends', { timeout: 120_000 }, async () => {
  const seed = Number(process.env['KITH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`seed ${seed}`);
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  const steady = await Live.join(home.house, home.colleague.desk);
  const shaky = new Memory();
  const first = await Live.join(home.house, home.colleague.desk, { since: 0 });
  shaky.take(first.events);
  shaky.cursor = first.cursor;
  first.drop();

  let writing = true;
  let written = 0;
  const ids: string[] = [];
  const writer = (async () => {
    while (writing) {
      const entry = await writes(mara, `word ${++written}`);
      ids.push(entry.id);
      if (random(4) === 0) must(await mara.panel.patch(`/api/visitor/entries/${entry.id}`, { act: new_id(), text: `word ${written}, better` }));
      if (random(4) === 0) ids.push((await answers(home.colleague, mara.conversation, `answer ${written}`)).id);
    }
  })();
  const rounds = Number(process.env['KITH_ROUNDS'] ?? 12);
  for (let round = 0; round < rounds; round++) {
    const live = await Live.open(home.house, home.colleague.desk, { since: shaky.cursor });
    await new Promise((resolve) => setTimeout(resolve, random(120)));
    shaky.take(live.events);
    live.drop();
  }
  writing = false;
  await writer;
  const last = await Live.join(home.house, home.colleague.desk, { since: shaky.cursor });
  shaky.take(last.events);
  last.leave();
  await until('the steady client has everything', () => ids.every((id) => steady.events.some((event) => event.entry?.id === id)));

  const truth = await all_entries();
  const known = new Set(ids);
  for (const entry of truth.filter((one) => known.has(one.id))) assert.deepEqual(shaky.state(entry.id), entry);
  assert.equal(truth.filter((one) => known.has(one.id)).length, ids.length);
  const calm = new Memory();
  calm.take(steady.events);
  for (const id of ids) assert.deepEqual(calm.state(id), shaky.state(id));
  assert.equal(steady.broken, undefined);
  steady.leave();
});

test('a house that was restarted resumes everybody where they were', async () => {
  const live = await Live.join(home.house, mara.panel);
  const { cursor } = live;
  await home.house.end();
  await live.closed;
  await home.house.start();
  const entry = await writes(mara, 'after the restart');
  const back = await Live.join(home.house, mara.panel, { since: cursor });
  assert.deepEqual(back.events.filter((event) => event.event === 'entry_added').map((event) => event.entry?.id), [entry.id]);
  back.leave();
});

test('a slow client is cut, nobody else notices, and it resumes', { timeout: 120_000 }, async () => {
  const slow = await Live.join(home.house, home.colleague.desk);
  const { cursor } = slow;
  const quick = await Live.join(home.house, home.leader.desk);
  slow.stop_reading();
  const text = 'x'.repeat(40_000);
  const ids: string[] = [];
  for (let i = 0; i < 250; i++) ids.push((await writes(mara, `${i} ${text}`)).id);
  await until('the quick one has everything', () => ids.every((id) => quick.events.some((event) => event.entry?.id === id)), 60_000);
  slow.go_on_reading();
  const code = await slow.closed;
  assert.equal(code, 1013, 'it is told that it read too slowly');
  assert.ok(slow.events.length < ids.length, 'it was cut before the end');
  const back = await Live.join(home.house, home.colleague.desk, { since: Math.max(cursor, slow.events.at(-1)?.seq ?? 0) });
  const heard = [...slow.events, ...back.events].filter((event) => event.event === 'entry_added').map((event) => event.entry?.id);
  assert.deepEqual(heard.filter((id) => ids.includes(id ?? '')), ids, 'before and after together: all of it, once, in order');
  back.leave();
  quick.leave();
});

describe('rights end while people are connected', () => {
  test('a colleague who leaves the team hears nothing more', async () => {
    const bea = await a_colleague(home.house, 'Bea');
    const live = await Live.join(home.house, bea.desk);
    must(await home.leader.desk.post(`/api/desk/colleagues/${bea.person}/end`), 204);
    await live.closed;
    const entry = await writes(mara, 'not for Bea');
    assert.ok(live.events.every((event) => event.entry?.id !== entry.id));
  });

  test('a visitor who leaves is cut', async () => {
    const otto = await a_visitor(home.house, home.inbox);
    const live = await Live.join(home.house, otto.panel);
    must(await otto.panel.delete('/api/visitor/sessions'), 204);
    await live.closed;
  });
});

describe('a live connection is refused', () => {
  test('to a page of another site, whose browser adds the cookie', async () => {
    const live = await Live.open(home.house, home.colleague.desk, { origin: 'https://evil.example' }).catch(() => undefined);
    if (!live) return; // refused at the handshake
    assert.equal(await live.closed, 4401);
    assert.equal(live.welcome, undefined);
  });

  test('to a visitor’s token on a page her inbox does not allow', async () => {
    const live = await Live.open(home.house, mara.panel, { origin: 'https://evil.example' });
    assert.equal(await live.closed, 4401);
    assert.equal(live.welcome, undefined);
  });

  test('without a token, with a wrong one, and with a hello that makes no sense', async () => {
    const nobody = home.house.asker();
    const hellos = [{ type: 'hello' }, { type: 'hello', token: 'x' }, { type: 'hello', since: -1, token: mara.token }, { type: 'hello', since: 'now', token: mara.token },
      { type: 'ping' }, { type: 'write', id: new_id(), text: 'x' }, { type: 'dance' }, {}];
    await Promise.all(hellos.map(async (hello) => {
      const live = await Live.open(home.house, nobody, { hello });
      const code = await Promise.race([live.closed, new Promise<number>((resolve) => setTimeout(() => resolve(-1), 15_000).unref())]);
      assert.ok(code >= 1000, `${JSON.stringify(hello)}: still open`);
      assert.equal(live.welcome, undefined, JSON.stringify(hello));
    }));
  });
});

describe('a frame that makes no sense', () => {
  const frames: [what: string, raw: string | Buffer, binary?: boolean][] = [
    ['no JSON', 'good morning'],
    ['half an object', '{"type":"write"'],
    ['an unknown type', '{"type":"dance"}'],
    ['an unknown field', `{"type":"write","id":"${new_id()}","text":"a","colour":"red"}`],
    ['a wrong type of field', `{"type":"write","id":"${new_id()}","text":7}`],
    ['binary', Buffer.from([1, 2, 3]), true],
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['a second hello', '{"type":"hello","since":null}'],
  ];
  for (const [what, raw, binary] of frames) {
    test(`(${what}) gets a clear answer or a clean end, and nothing else is harmed`, async () => {
      const live = await Live.join(home.house, mara.panel);
      const heard = live.frames.length;
      live.say_raw(raw, binary ?? false);
      await until('an answer or the end', () => live.is_closed || live.frames.slice(heard).some((frame) => ['problem', 'refused'].includes(frame.type)));
      const other = await Live.join(home.house, mara.panel);
      other.say({ type: 'ping' });
      await other.frame((frame) => frame.type === 'pong');
      other.leave();
      live.leave();
    });
  }

  test('(a frame above the limit) ends the connection', async () => {
    const live = await Live.join(home.house, mara.panel);
    live.say_raw('x'.repeat(4 << 20));
    assert.ok([1009, 1006].includes(await live.closed));
  });
});
