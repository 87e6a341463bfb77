// The outbox alone: undo, order, refusals, a page that goes away, and two tabs on one device.
import { new_id, Problem, unreachable } from '@kith/wire';
import type { Id } from '@kith/wire';
import { afterEach, expect, test, vi } from 'vitest';
import { until } from '../testing/chance.ts';
import type { Act } from './act.ts';
import { Device } from './device.ts';
import { Outbox } from './outbox.ts';
import type { OutboxOptions } from './outbox.ts';

const lane = 'a conversation';
const open: Outbox[] = [];
afterEach(() => {
  for (const outbox of open.splice(0)) outbox.close();
});

function words(text: string, more: Partial<Act> = {}): Act {
  const id = new_id();
  return {
    id,
    type: 'write',
    lane,
    entry: id,
    text,
    kind: 'message',
    attachments: [],
    topics: [],
    after: null,
    at: '',
    held_until: 0,
    failed: null,
    ...more,
  };
}

class Tab {
  readonly sent: string[] = [];
  readonly left: string[] = [];
  answer: (act: Act) => Promise<void> = async () => {};
  outbox!: Outbox;

  static async open(device_name: string): Promise<Tab> {
    const tab = new Tab();
    const options: OutboxOptions = {
      device: await Device.open(device_name),
      carry: async (act) => {
        await tab.answer(act);
        tab.sent.push(act.text);
        return { seq: 1, entry: null };
      },
      on_change: () => {},
      on_kept: () => {},
      carry_last: (act) => tab.left.push(act.text),
    };
    tab.outbox = new Outbox(options);
    open.push(tab.outbox);
    await tab.outbox.open();
    return tab;
  }
  state(id: Id): string | undefined {
    return this.outbox.find(id)?.state;
  }
}

test('holds words for undo, and gives them back', async () => {
  const tab = await Tab.open(`test-${new_id()}`);
  const act = words('too early', { held_until: Date.now() + 60_000 });
  await tab.outbox.add(act);
  expect(tab.state(act.id)).toBe('held');
  expect(tab.outbox.undo(act.id)?.text).toBe('too early');
  await tab.outbox.add(words('on time'));
  await until('it is sent', () => tab.sent.length === 1);
  expect(tab.sent).toEqual(['on time']);
});

test('lets go of what was held when she writes on, in order', async () => {
  const tab = await Tab.open(`test-${new_id()}`);
  await tab.outbox.add(words('first', { held_until: Date.now() + 60_000 }));
  await tab.outbox.add(words('second', { held_until: Date.now() + 100 }));
  await until('both are sent', () => tab.sent.length === 2);
  expect(tab.sent).toEqual(['first', 'second']);
});

test('keeps the order while the house cannot be reached', async () => {
  const tab = await Tab.open(`test-${new_id()}`);
  let is_reachable = false;
  tab.answer = async () => {
    if (!is_reachable) throw unreachable();
  };
  for (const text of ['one', 'two', 'three']) await tab.outbox.add(words(text));
  await until('it was tried', () => tab.outbox.pending(lane)[0]?.state === 'waiting');
  expect(tab.sent).toEqual([]);
  is_reachable = true;
  tab.outbox.wake();
  await until('all are sent', () => tab.sent.length === 3);
  expect(tab.sent).toEqual(['one', 'two', 'three']);
});

test('holds a second reply when somebody answered meanwhile, and sends the next words', async () => {
  const tab = await Tab.open(`test-${new_id()}`);
  tab.answer = async (act) => {
    if (act.after !== null) throw new Problem('answered_meanwhile');
  };
  const reply = words('a second reply', { after: 7 });
  await tab.outbox.add(reply);
  await tab.outbox.add(words('something else'));
  await until('it is refused', () => tab.state(reply.id) === 'failed' && tab.sent.length === 1);
  expect(tab.outbox.find(reply.id)?.act.failed?.code).toBe('answered_meanwhile');
  await tab.outbox.retry(reply.id, { after: null });
  await until('it is sent anyway', () => tab.sent.length === 2);
  expect(tab.sent).toEqual(['something else', 'a second reply']);
});

test('a reload sends what was left, and only that', async () => {
  const name = `test-${new_id()}`;
  const before = await Tab.open(name);
  before.answer = async (act) => {
    if (act.text === 'lost') throw unreachable();
  };
  await before.outbox.add(words('arrived'));
  await until('the first is sent', () => before.sent.length === 1);
  await before.outbox.add(words('lost'));
  before.outbox.close();
  const after = await Tab.open(name);
  after.outbox.wake();
  await until('the rest is sent', () => after.sent.length === 1);
  expect(after.sent).toEqual(['lost']);
});

test('a page that goes away takes its words along, held or not', async () => {
  const tab = await Tab.open(`test-${new_id()}`);
  const act = words('goodbye', { held_until: Date.now() + 60_000 });
  await tab.outbox.add(act);
  tab.outbox.leave();
  expect(tab.left).toEqual(['goodbye']);
  // Should the page come back, it says them again with the same id.
  await until('it is sent again', () => tab.sent.length === 1);
});

test('what was on its way when the session ended does not keep the next outbox waiting', async () => {
  const name = `test-${new_id()}`;
  const before = await Tab.open(name);
  let refuse = (): void => {};
  before.answer = () => new Promise((_, reject) => (refuse = () => reject(new Problem('not_signed_in'))));
  const act = words('still there');
  await before.outbox.add(act);
  await until('it is on its way', () => before.state(act.id) === 'sending');
  before.outbox.close();
  refuse();
  const after = await Tab.open(name);
  after.outbox.wake();
  await until('it is sent', () => after.sent.length === 1, 3000);
});

test('two tabs send each word once, in the order of their making', async () => {
  const name = `test-${new_id()}`;
  const [one, two] = [await Tab.open(name), await Tab.open(name)];
  const all: string[] = [];
  for (const tab of [one, two]) tab.answer = async (act) => void all.push(act.text);
  for (let i = 0; i < 20; ++i) await (i % 2 ? one : two).outbox.add(words(`word ${i}`));
  await until('all are sent', () => all.length >= 20);
  await vi.waitFor(() =>
    expect([...one.outbox.pending(lane), ...two.outbox.pending(lane)].every((each) => each.state === 'kept')).toBe(true),
  );
  expect(all).toEqual(Array.from({ length: 20 }, (_, i) => `word ${i}`));
});

test('a tab that dies leaves its words to the other', async () => {
  const name = `test-${new_id()}`;
  const [one, two] = [await Tab.open(name), await Tab.open(name)];
  one.answer = () => new Promise(() => {});
  two.answer = async () => {};
  const held = words('from a dying tab', { held_until: Date.now() + 300 });
  await one.outbox.add(held);
  one.outbox.close();
  await until('the other sends it', () => two.sent.length === 1);
  expect(two.sent).toEqual(['from a dying tab']);
});

test('sends where a browser keeps nothing and refuses locks', async () => {
  const refused = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));
  vi.spyOn(navigator.locks, 'request').mockImplementation(refused);
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('Access is denied.', 'SecurityError');
  });
  try {
    const tab = await Tab.open(`test-${new_id()}`);
    for (const text of ['one', 'two']) await tab.outbox.add(words(text));
    await until('both are sent', () => tab.sent.length === 2);
    expect(tab.sent).toEqual(['one', 'two']);
  } finally {
    vi.restoreAllMocks();
  }
});
