import type { Component } from 'svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import Log from '../src/conversation/Log.svelte';
import { TalkView } from '../src/conversation/talk_view.svelte.ts';
import { fake_desk } from './fake_desk.svelte.ts';
import Within from './Within.svelte';

const long = 'It came broken, and it is for my mother, who will be eighty on Friday. '.repeat(9);
const entry = (seq: number) => ({
  id: `e${seq}`,
  seq,
  strand: 's',
  kind: 'message',
  channel: 'web',
  author: { kind: 'customer', person: 'ingrid', machine: null },
  text: seq % 3 === 0 ? long : `Words ${seq}`,
  attachments: [],
  at: new Date(2026, 4, 6, 9, seq).toISOString(),
  version: 1,
  taken_back: false,
  state: 'kept',
  held_until: null,
  problem: null,
  act: null,
});

const style = document.createElement('style');
style.textContent = '.log { block-size: 600px !important; flex: none !important; }';
document.head.append(style);

async function show(count: number, read: number): Promise<{ log: HTMLElement; view: TalkView }> {
  const { desk, talk } = fake_desk({ file: () => undefined });
  const entries = Array.from({ length: count }, (_, at) => entry(at + 1));
  const view = new TalkView();
  const opened = Object.assign(Object.create(talk) as object, {
    id: `talk of ${count} and ${read}`,
    entries,
    items: entries.map((one) => ({ key: one.id, entry: one })),
    new_since: read,
    read_by_customer: 0,
    mark_read: () => {},
  });
  await render(Within, { desk, piece: Log as unknown as Component<Record<string, unknown>>, given: { talk: opened, view, entry: '' } });
  const log = document.querySelector<HTMLElement>('.log')!;
  return { log, view };
}
const below_edge = (log: HTMLElement) =>
  Math.round(log.querySelector('[data-line="new"]')!.getBoundingClientRect().top - log.getBoundingClientRect().top);

test('a conversation opens where what is new begins, however much came since and however long it is', async () => {
  for (const [count, read] of [
    [90, 30],
    [60, 45],
  ] as const) {
    const { log } = await show(count, read);
    await expect.poll(() => log.querySelector('[data-line="new"]') && below_edge(log)).toBe(12);
  }
});

test('where all that is new is in sight, it opens at the end', async () => {
  const { log } = await show(60, 58);
  await expect.poll(() => log.querySelector('[data-line="new"]') !== null).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(log.scrollTop).toBe(0);
  expect(below_edge(log)).toBeGreaterThan(12);
});

test('the way to what is new leads there from anywhere', async () => {
  const { log, view } = await show(90, 40);
  await expect.poll(() => log.querySelector('[data-line="new"]') && below_edge(log)).toBe(12);
  for (const from of [0, -(log.scrollHeight - log.clientHeight)]) {
    log.scrollTop = from;
    await new Promise((resolve) => setTimeout(resolve, 50));
    view.to_news();
    await expect.poll(() => below_edge(log)).toBe(12);
  }
});

test('the way to what is new lies on no word of it', async () => {
  const { log } = await show(90, 40);
  await expect.poll(() => log.querySelector('[data-line="new"]') && below_edge(log)).toBe(12);
  await new Promise((resolve) => setTimeout(resolve, 400)); // it stands still
  const way = page.getByRole('button', { name: 'To what is new' });
  const first = log.querySelector('[data-line="new"]')!.nextElementSibling!;
  const scroll_to = async (px_in_sight: number) => {
    log.scrollTop += first.getBoundingClientRect().bottom - log.getBoundingClientRect().top - px_in_sight;
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  await scroll_to(20);
  expect(below_edge(log)).toBeLessThan(-20);
  await expect.element(way).not.toBeInTheDocument();
  await scroll_to(-20);
  await expect.element(way).toBeVisible();
});
