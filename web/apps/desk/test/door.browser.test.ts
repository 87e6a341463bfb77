import type { Component } from 'svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axe_complaints } from '@kith/check/axe';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import SignIn from '../src/door/SignIn.svelte';
import People from '../src/people/People.svelte';
import { fake_desk } from './fake_desk.svelte.ts';
import Within from './Within.svelte';

const show = (desk: object, piece: unknown) => render(Within, { desk, piece: piece as Component<Record<string, unknown>> } as never);
const answer = (data: unknown) => Promise.resolve({ data, response: new Response() });
const list = (rows: object[]) => ({
  length: rows.length,
  older: null,
  has_older: false,
  slice: (from: number, to: number) => rows.slice(from, to),
  at: (index: number) => rows[index],
  index_of: () => -1,
});
const nobody = list([]);
const line = { known: nobody, anyone: nobody, later: nobody };

test('a house that has nobody yet says so, and where its door is', async () => {
  for (const needed of [true, false]) {
    const { desk } = fake_desk({ door: 'signed_out', api: { GET: () => answer({ needed }) } });
    const shown = await show(desk, SignIn);
    await expect.element(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    // At once, or never: nothing moves while somebody is about to press.
    expect(page.getByRole('region', { name: 'This house is new' }).elements()).toHaveLength(needed ? 1 : 0);
    if (needed) {
      await expect.element(page.getByText(/The program printed an address when it started/)).toBeVisible();
      await expect.element(page.getByRole('link', { name: 'I have the key' })).toHaveAttribute('href', '/desk/first-run');
    }
    expect(await axe_complaints(document.body)).toEqual([]);
    await shown.unmount();
  }
});

test('a house that does not say whether it is new keeps nobody waiting', async () => {
  const { desk } = fake_desk({ door: 'signed_out', api: { GET: () => new Promise(() => {}) } });
  await show(desk, SignIn);
  await expect.element(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

test('where nobody ever wrote, one way leads to a hello of one’s own, and the other side says what it is for', async () => {
  await page.viewport(1200, 800);
  const { desk } = fake_desk({ people: nobody, line, row: () => undefined, drafts: [] });
  await show(desk, People);
  await expect.poll(() => page.getByRole('link', { name: 'Say hello to yourself' }).elements().length).toBe(1);
  await expect.element(page.getByText('This is where you will talk.')).toBeVisible();
  expect(page.getByText(/^Choose somebody from the list/).elements()).toHaveLength(0);
});

test('invented people are said to be invented; whoever looks after the house may let them go', async () => {
  await page.viewport(1200, 800);
  const leo = { id: 'talk', person: { is_sample: true, called: 'Leo' }, is_unread: false };
  for (const is_leader of [true, false]) {
    const me = { person: 'mira', called: 'Mira', is_leader, is_admin: false };
    const { desk } = fake_desk({ me, people: list([leo]), line, row: () => undefined, drafts: [] });
    const shown = await show(desk, People);
    await expect.element(page.getByText(/^Invented people are here/)).toBeVisible();
    expect(page.getByRole('link', { name: 'Let them go' }).elements()).toHaveLength(is_leader ? 1 : 0);
    await shown.unmount();
  }
});
