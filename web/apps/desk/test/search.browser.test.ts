import type { Component } from 'svelte';
import { expect, test, vi } from 'vitest';
import { page, userEvent as hand } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { axe_complaints } from '@kith/check/axe';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import Keys from '../src/search/Keys.svelte';
import Search from '../src/search/Search.svelte';
import type { Shortcut } from '../src/shell/shortcuts.svelte.ts';
import { fake_desk } from './fake_desk.svelte.ts';
import Within from './Within.svelte';

const any_piece = (piece: unknown) => piece as Component<Record<string, unknown>>;

class FakeSearch {
  words = '';
  from: Date | null = null;
  until: Date | null = null;
  state = 'there';
  people = [{ person: { id: 'ingrid', called: 'Ingrid Lindqvist', face: null }, conversation: 'talk' }];
  entries = [
    {
      entry: { id: 'e9', text: 'It came broken, and it is for my mother.', at: '2026-05-03T10:00:00Z' },
      conversation: 'talk',
      person: { id: 'ingrid', called: 'Ingrid Lindqvist', face: null },
    },
  ];
  notes = [
    {
      note: { id: 'n3', text: 'A whole lamp for the broken one lies in Malmö.', written_at: '2026-05-03T11:00:00Z' },
      conversation: 'talk',
      person: { id: 'ingrid', called: 'Ingrid Lindqvist', face: null },
    },
  ];
}

function shortcut(id: string, keys: string, label: string, run: () => void): Shortcut {
  return { id, keys, label: () => label, group: 'everywhere', run };
}

test('the palette finds people, words and things to do, and goes there by keyboard alone', async () => {
  const search = new FakeSearch();
  const { desk, router } = fake_desk({ search: () => search, people: { slice: () => [] } });
  const gone: string[] = [];
  vi.spyOn(router, 'go').mockImplementation((path) => void gone.push(path));
  const beat = vi.fn();
  desk.shortcuts.add([shortcut('beat', 'b', 'Take a beat', beat)]);
  desk.open.search = true;
  await render(Within, { desk, piece: any_piece(Search) });
  await expect.element(page.getByRole('combobox')).toHaveFocus();
  await expect.element(page.getByRole('option', { name: /Take a beat/ })).toBeVisible();
  await hand.keyboard('broken yesterday');
  await expect.element(page.getByRole('option', { name: /It came broken/ })).toBeVisible();
  await expect.element(page.getByRole('option', { name: /lies in Malmö/ })).toBeVisible();
  await expect.element(page.getByRole('status').filter({ hasText: /^Only what is from/ })).toBeVisible();
  expect([...document.querySelectorAll('mark')].map((one) => one.textContent)).toEqual(['broken', 'broken']);
  await vi.waitFor(() => expect(search.words).toBe('broken'));
  expect(search.until!.getTime() - search.from!.getTime()).toBeGreaterThan(22 * 3_600_000);
  expect(await axe_complaints(document.body)).toEqual([]);
  await hand.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  await vi.waitFor(() => expect(gone).toEqual(['/desk/people/talk/entry/e9']));
});

test('what can be done is done from the palette', async () => {
  const { desk } = fake_desk({
    search: () => Object.assign(new FakeSearch(), { people: [], entries: [], notes: [] }),
    people: { slice: () => [] },
  });
  const beat = vi.fn();
  desk.shortcuts.add([shortcut('beat', 'b', 'Take a beat', beat), shortcut('print', '$mod+p', 'Print', vi.fn())]);
  desk.open.search = true;
  await render(Within, { desk, piece: any_piece(Search) });
  await hand.keyboard('beat{Enter}');
  await vi.waitFor(() => expect(beat).toHaveBeenCalledOnce());
});

test('every key is listed wherever one is, and what has no effect there says so', async () => {
  const { desk } = fake_desk({ preferences: null });
  desk.shortcuts.add([shortcut('beat', 'b', 'Take a beat', vi.fn())]);
  desk.open.keys = true;
  await render(Within, { desk, piece: any_piece(Keys) });
  for (const label of ['Hand over', 'Answer', 'Next person', 'Say it differently', 'Go to Team'])
    await expect.element(page.getByRole('term').filter({ hasText: label }).first()).toBeVisible();
  const line = (label: string) => page.getByRole('term').filter({ hasText: label }).element().textContent;
  expect(line('Hand over')).toContain('not here');
  expect(line('Take a beat')).not.toContain('not here');
  expect(await axe_complaints(document.body)).toEqual([]);
});

test('every key is listed once, and single letters can be switched off', async () => {
  const saved: unknown[] = [];
  const { desk } = fake_desk({ preferences: { single_keys: true }, save_preferences: async (wanted: unknown) => void saved.push(wanted) });
  desk.shortcuts.add([shortcut('beat', 'b', 'Take a beat', vi.fn())]);
  desk.shortcuts.add([shortcut('beat', 'b', 'Take a beat', vi.fn())]);
  desk.open.keys = true;
  await render(Within, { desk, piece: any_piece(Keys) });
  expect(page.getByText('Take a beat').elements()).toHaveLength(1);
  expect(await axe_complaints(document.body)).toEqual([]);
  await page.getByRole('switch', { name: /^Single letters are keys/ }).click();
  expect(desk.shortcuts.single_keys).toBe(false);
  expect(saved).toEqual([{ single_keys: false }]);
});
