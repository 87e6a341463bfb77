import { Attachment, Bubble, Face, Person, Promise as PromiseRow, Switch, Words } from '@kith/ui';
import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { page, userEvent as hand } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Tabbed from './Tabbed.svelte';

const ingrid = { id: 'i', name: 'Ingrid Lindqvist' };

test('a face without a photo shows initials, and so does one whose photo cannot be fetched', async () => {
  const { container } = await render(Face, { ...ingrid, src: '/nowhere.webp', named: true, presence: 'beat' });
  await expect.poll(() => container.querySelector('.initials')?.textContent).toBe('IL');
  await expect.element(page.getByRole('img', { name: 'Ingrid Lindqvist, taking a beat' })).toBeVisible();
});

test('a row says who, what and how long', async () => {
  await render(Person, { ...ingrid, words: 'It came broken', when: '6 min', unread: true, chosen: true, href: '/desk/people/i' });
  const row = page.getByRole('link', { name: /Ingrid Lindqvist something new\s+6 min\s+It came broken/ });
  await expect.element(row).toHaveAttribute('aria-current', 'true');
});

test('what went wrong with a message is said aloud, and can be tried again or let go', async () => {
  const asked: string[] = [];
  await render(Bubble, {
    side: 'mine',
    text: 'Hello',
    state: 'failed',
    on_retry: () => asked.push('retry'),
    on_discard: () => asked.push('discard'),
  });
  await expect.element(page.getByRole('alert')).toHaveTextContent('This did not go out. Your words are kept.');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Let it go' }).click();
  expect(asked).toEqual(['retry', 'discard']);
});

test('a very long message is folded and can be unfolded', async () => {
  const { container } = await render(Bubble, { side: 'theirs', text: 'word '.repeat(10_000) });
  expect(container.textContent?.length).toBeLessThan(3500);
  await page.getByRole('button', { name: 'Show all of it' }).click();
  expect(container.textContent?.length).toBeGreaterThan(49_000);
});

test('what looks like HTML is only words', async () => {
  const hostile =
    '<img src=x onerror="window.ran = 1"><iframe srcdoc="<script>parent.ran = 1"></iframe><svg onload=alert(1)> [x](javascript:alert(1)) **<b>b</b>**';
  const { container } = await render(Words, { text: hostile });
  expect(container.querySelector('img, iframe, svg, a')).toBeNull();
  expect(container.textContent).toContain('<img src=x onerror="window.ran = 1">');
  expect('ran' in window).toBe(false);
});

test('a link opens elsewhere and tells nothing about where it came from', async () => {
  await render(Words, { text: 'see https://kith.example/a' });
  const link = page.getByRole('link', { name: 'https://kith.example/a' });
  await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
  await expect.element(link).toHaveAttribute('target', '_blank');
});

test('only pictures that cannot carry a program are shown as pictures', async () => {
  const { container } = await render(Attachment, { name: 'x.svg', media_type: 'image/svg+xml', size: 10, url: '/x.svg' });
  expect(container.querySelector('img')).toBeNull();
  await expect.element(page.getByRole('link', { name: /x\.svg/ })).toHaveAttribute('download', 'x.svg');
});

test('words nobody can mistake the direction of', async () => {
  const { container } = await render(Words, { text: '\u202Egnirts desrever' });
  expect(container.querySelector('p')?.getAttribute('dir')).toBe('auto');
  expect(getComputedStyle(container.querySelector('p') as Element).unicodeBidi).toBe('isolate');
});

test('a promise is kept by key, a switch is thrown by key', async () => {
  const asked: boolean[] = [];
  await render(PromiseRow, { what: 'Ring on Thursday', onchange: (kept) => asked.push(kept) });
  await hand.tab();
  await hand.keyboard(' ');
  await render(Switch, { label: 'Sounds', onchange: (on) => asked.push(on) });
  await page.getByRole('switch', { name: 'Sounds' }).click();
  expect(asked).toEqual([true, true]);
});

test('tabs are walked with arrows', async () => {
  await render(Tabbed);
  await page.getByRole('tab', { name: 'Story' }).click();
  await hand.keyboard('{ArrowRight}');
  await expect.element(page.getByRole('tab', { name: 'Topics' })).toHaveFocus();
  await expect.element(page.getByRole('tabpanel', { name: 'Topics' })).toHaveTextContent('now topics');
  await hand.keyboard('{ArrowRight}');
  await expect.element(page.getByRole('tab', { name: 'Story' })).toHaveAttribute('aria-selected', 'true');
});

test('actions of a message can be reached by key', async () => {
  const actions = createRawSnippet(() => ({ render: () => '<button>Edit</button>' }));
  await render(Bubble, { side: 'mine', text: 'Hello', actions });
  await hand.tab();
  const edit = page.getByRole('button', { name: 'Edit' });
  await expect.element(edit).toHaveFocus();
  await expect.poll(() => getComputedStyle(edit.element().parentElement as Element).opacity).toBe('1');
});
