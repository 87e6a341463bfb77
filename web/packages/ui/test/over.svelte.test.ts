import { expect, test, vi } from 'vitest';
import { page, userEvent as hand } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axe_complaints } from '@kith/check/axe';
import Command from '../src/Command.svelte';
import Opened from './Opened.svelte';

const button = (name: string) => page.getByRole('button', { name, exact: true });

test('a sheet has a name, takes the focus, and gives it back', async () => {
  await render(Opened, { picked: [] });
  await button('Hand over').click();
  await expect.element(page.getByRole('dialog', { name: 'To Jonas' })).toBeVisible();
  expect(await axe_complaints(document.body)).toEqual([]);
  await hand.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog', { name: 'To Jonas' })).not.toBeInTheDocument();
  await expect.element(button('Hand over')).toHaveFocus();
});

test('a menu is walked with arrows, found by letters, and gives the focus back', async () => {
  const picked: string[] = [];
  await render(Opened, { picked });
  await button('Later').click();
  await expect.element(page.getByRole('menuitem', { name: 'Monday' })).toHaveFocus();
  expect(await axe_complaints(document.body)).toEqual([]);
  await hand.keyboard('{ArrowDown}');
  await expect.element(page.getByRole('menuitem', { name: 'When she writes' })).toHaveFocus();
  await hand.keyboard('m');
  await expect.element(page.getByRole('menuitem', { name: 'Monday' })).toHaveFocus();
  await hand.keyboard('{ArrowUp}{Enter}');
  expect(picked).toEqual(['writes']);
  await expect.element(button('Later')).toHaveFocus();
  await button('Later').click();
  await hand.keyboard('{Escape}');
  await expect.element(button('Later')).toHaveFocus();
});

test('the palette names the chosen row also when it comes again in another place', async () => {
  const row = { id: 'go:ingrid', label: 'Ingrid Lindqvist' };
  const found = (name: string) => ({ open: true, placeholder: 'Find', filter: false, on_pick: () => {}, groups: [{ name, items: [row] }] });
  const shown = await render(Command, found('People here'));
  const input = page.getByRole('combobox');
  const named = () => document.getElementById(input.element().getAttribute('aria-activedescendant') ?? '');
  await vi.waitFor(() => expect(named()?.textContent).toContain('Ingrid'));
  await shown.rerender(found('People'));
  await expect.element(page.getByRole('group', { name: 'People', exact: true })).toBeVisible();
  expect(named()?.textContent).toContain('Ingrid');
  expect(await axe_complaints(document.body)).toEqual([]);
});

test('the palette chooses the first row when the chosen one is found no more', async () => {
  const picked: string[] = [];
  const rows = ['Ingrid', 'Sofia', 'Tomas'].map((label) => ({ id: label, label }));
  const found = (items: typeof rows) => ({
    open: true,
    placeholder: 'Find',
    filter: false,
    on_pick: (id: string) => void picked.push(id),
    groups: [{ name: 'People', items }],
  });
  const shown = await render(Command, found(rows));
  const input = page.getByRole('combobox');
  const named = () => document.getElementById(input.element().getAttribute('aria-activedescendant') ?? '')?.textContent ?? '';
  await vi.waitFor(() => expect(named()).toContain('Ingrid'));
  await shown.rerender(found(rows.slice(1)));
  await vi.waitFor(() => expect(named()).toContain('Sofia'));
  await hand.keyboard('{ArrowDown}');
  await vi.waitFor(() => expect(named()).toContain('Tomas'));
  await shown.rerender(found([...rows.slice(1, 2)]));
  await vi.waitFor(() => expect(named()).toContain('Sofia'));
  await hand.keyboard('{Enter}');
  expect(picked).toEqual(['Sofia']);
});

test('the palette finds by name and by other words', async () => {
  const picked: string[] = [];
  await render(Opened, { picked });
  await button('Find').click();
  await page.getByRole('combobox').fill('noor');
  await expect.element(page.getByRole('option', { name: 'Noor Haddad' })).toBeVisible();
  await expect.element(page.getByRole('option', { name: 'Ingrid Lindqvist' })).not.toBeInTheDocument();
  await page.getByRole('combobox').fill('coffee');
  await hand.keyboard('{Enter}');
  expect(picked).toEqual(['beat']);
  await expect.element(page.getByRole('combobox')).not.toBeInTheDocument();
});

test('a toast under a pointer that only rests there goes by itself', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await render(Opened, { picked: [] });
    await button('Settle').click();
    await button('Undo').hover();
    await vi.advanceTimersByTimeAsync(10_000);
    await expect.element(button('Undo')).toBeVisible();
    await vi.advanceTimersByTimeAsync(15_000);
    await expect.element(button('Undo')).not.toBeInTheDocument();
  } finally {
    vi.useRealTimers();
  }
});

test('a toast offers the way back, and waits while it is pointed at', async () => {
  const picked: string[] = [];
  await render(Opened, { picked });
  await button('Settle').click();
  await button('Undo').hover();
  await new Promise((resolve) => setTimeout(resolve, 2200));
  await button('Undo').click();
  expect(picked).toEqual(['undone']);
  await expect.element(button('Undo')).not.toBeInTheDocument();
  await button('Settle').click();
  await button('Hand over').hover();
  await expect.element(button('Undo')).not.toBeInTheDocument();
});
