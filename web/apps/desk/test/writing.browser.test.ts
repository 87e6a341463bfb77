import type { Component } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { toast } from '@kith/ui';
import '@kith/tokens/tokens.css';
import '@kith/tokens/base.css';
import DropAnywhere from '../src/conversation/DropAnywhere.svelte';
import { entry_keys } from '../src/search/every_key.ts';
import { fake_desk } from './fake_desk.svelte.ts';
import Within from './Within.svelte';

afterEach(() => toast.shown.forEach((each) => toast.close(each.id)));

async function let_go(only_for_us: boolean) {
  const { desk, talk } = fake_desk();
  const attach = vi.fn();
  const given = Object.assign(Object.create(talk) as object, { draft: { text: '', only_for_us }, attach });
  await render(Within, { desk, piece: DropAnywhere as unknown as Component<Record<string, unknown>>, given: { talk: given } });
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['?'], 'invoice.pdf'));
  dispatchEvent(new DragEvent('dragenter', { dataTransfer }));
  const said = only_for_us ? 'A note holds only words, no files.' : 'Let go to add it';
  await expect.element(page.getByText(said)).toBeVisible();
  dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
  return attach;
}

test('a file that is let go over the conversation stands beside what is written to her', async () => {
  const attach = await let_go(false);
  expect(attach).toHaveBeenCalledOnce();
});

test('while a note is written, no file slips into what is written to her, and that is said', async () => {
  const attach = await let_go(true);
  expect(attach).not.toHaveBeenCalled();
  expect(toast.shown).toMatchObject([{ words: 'A note holds only words, no files.' }]);
});

test('the sheet of keys tells every key of an entry', () => {
  const { desk } = fake_desk();
  expect(entry_keys(desk).map(({ keys }) => keys)).toEqual(['e', 'c', 'l', 'v', 't']);
});
