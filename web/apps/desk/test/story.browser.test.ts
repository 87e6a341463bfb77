import type { Component } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent as hand } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axe_complaints } from '@kith/check/axe';
import { clock } from '@kith/words';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import HandOver from '../src/story/HandOver.svelte';
import Later from '../src/story/Later.svelte';
import PromiseLine from '../src/story/PromiseLine.svelte';
import PromiseSheet from '../src/story/PromiseSheet.svelte';
import Settle from '../src/story/Settle.svelte';
import StoryHead from '../src/story/StoryHead.svelte';
import TopicMake from '../src/story/TopicMake.svelte';
import { fake_desk } from './fake_desk.svelte.ts';
import Within from './Within.svelte';

const now = new Date(2026, 4, 6, 10); // a Wednesday in May
beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  void clock.now; // runs from here on; it looks at the time again when somebody looks at the page
  document.dispatchEvent(new Event('visibilitychange'));
});
afterEach(() => void vi.useRealTimers());

const button = (name: string | RegExp) => page.getByRole('button', { name });
const show = async (piece: unknown, props: Record<string, unknown> = {}) => {
  const made = fake_desk();
  await render(Within, { desk: made.desk, piece: piece as Component<Record<string, unknown>>, given: { talk: made.as_talk, ...props } });
  return made;
};
const complaints = () => axe_complaints(document.body);

test('a promise has words and a window that she chose', async () => {
  const { talk } = await show(PromiseSheet);
  const words = page.getByRole('textbox', { name: 'You promise' });
  await expect.element(words).toHaveFocus();
  await words.fill('Ring when it is posted');
  await expect.element(button('Promise')).toBeDisabled();
  await button('Tomorrow morning').click();
  await expect.element(page.getByText(/^tomorrow, 9:00.* to 12:00/)).toBeVisible();
  expect(await complaints()).toEqual([]);
  await button('Promise').click();
  await vi.waitFor(() =>
    expect(talk.said).toEqual([['promise', 'Ring when it is posted', new Date(2026, 4, 7, 12), new Date(2026, 4, 7, 9)]]),
  );
});

test('another time takes both', async () => {
  const promise = {
    id: 'p',
    what: 'Ring',
    from: null,
    due: new Date(2026, 4, 6, 18).toISOString(),
    state: 'given',
    by: 'mira',
    to: 'ingrid',
  };
  const { talk } = await show(PromiseSheet, { promise });
  await button('Within a week').click();
  await expect.element(button('Agree on it')).toBeDisabled();
  await page.getByRole('switch', { name: /^Ingrid agrees/ }).click();
  await button('Agree on it').click();
  await vi.waitFor(() => expect(talk.said).toEqual([['renegotiate', 'p', new Date(2026, 4, 13, 18), null, true]]));
});

test('what could not be kept is owned in words, and never quietly', async () => {
  const promise = { id: 'p', what: 'Ring', from: null, due: new Date(2026, 4, 5).toISOString(), state: 'broken', by: 'mira', to: 'ingrid' };
  const { desk } = await show(PromiseLine, { promise });
  await expect.element(page.getByText('late')).toBeVisible();
  await button('Own it').click();
  expect(desk.open.promise).toMatchObject({ own: true, promise: { id: 'p' } });
});

test('each topic is settled by her word or by silence, and opened again by undo', async () => {
  const { talk } = await show(Settle);
  const lamp = page.getByRole('listitem').filter({ hasText: 'The lamp' });
  await lamp.getByRole('button', { name: 'Ingrid said so' }).click();
  await expect.element(page.getByRole('listitem').filter({ hasText: 'The invoice' })).toBeVisible();
  expect(talk.said).toEqual([['settle', 't1', 'customer_word']]);
  await page.getByRole('button', { name: 'It went quiet' }).click();
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  await button('Undo').last().click();
  await vi.waitFor(() => expect(talk.said.at(-1)).toEqual(['reopen', 't2']));
});

test('one message becomes two topics without leaving the sheet', async () => {
  const { talk } = await show(TopicMake, { entry: 'e1', on_done: () => {} });
  await page.getByRole('textbox', { name: 'What is it about?' }).fill('The shade');
  await button('And another one').click();
  await page.getByRole('textbox', { name: 'What is it about?' }).fill('The delivery');
  await hand.keyboard('{Enter}');
  await vi.waitFor(() =>
    expect(talk.said).toEqual([
      ['open_topic', 'The shade', ['e1']],
      ['open_topic', 'The delivery', ['e1']],
    ]),
  );
  expect(await complaints()).toEqual([]);
});

test('later is said in words, with one for myself', async () => {
  const { talk } = await show(Later);
  await expect.element(page.getByRole('textbox', { name: 'A word for yourself' })).toHaveFocus();
  await hand.keyboard('Ask how the move went');
  expect(await complaints()).toEqual([]);
  await button(/^Monday morning/).click();
  await vi.waitFor(() =>
    expect(talk.said).toEqual([['later', { until: new Date(2026, 4, 11, 9), until_she_writes: false, words: 'Ask how the move went' }]]),
  );
});

test('who knows her is offered first when she is handed over, and never I myself', async () => {
  const { talk } = await show(HandOver);
  const choices = page.getByRole('radio');
  await expect.poll(() => choices.elements().map((one) => (one as HTMLInputElement).value)).toEqual(['jonas', 'amara']);
  await page.getByText('Amara').click();
  await page.getByRole('textbox', { name: 'A warm note' }).fill('She moved to Lund.');
  expect(await complaints()).toEqual([]);
  await button('Hand over').click();
  await vi.waitFor(() => expect(talk.said[0]?.slice(0, 3)).toEqual(['hand_over', 'amara', 'She moved to Lund.']));
});

test('her name is changed in place; Escape leaves it as it was', async () => {
  const { talk } = await show(StoryHead);
  await expect.element(page.getByText('With us since spring 2019')).toBeVisible();
  await expect.element(page.getByText('Speaks Swedish')).toBeVisible();
  await button(/Likes to be called/).click();
  await hand.keyboard('Inga{Escape}');
  expect(talk.said).toEqual([]);
  await button(/Likes to be called/).click();
  await hand.keyboard('Inga{Enter}');
  await vi.waitFor(() => expect(talk.said).toEqual([['change_person', 'ingrid', { called: 'Inga' }]]));
});
