// What a customer does with her hands stays in her hands: the pen, a recording, files, an entry, the whole conversation.
import { axe_complaints } from '@kith/check/axe';
import { tick } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { page, userEvent as hand } from 'vitest/browser';
import { mira, open_panel, said, type State } from './testing/small_house.ts';

let panel: Awaited<ReturnType<typeof open_panel>> | null = null;

async function opened(state: State) {
  panel = await open_panel(state);
  return panel;
}
// With words in the conversation, somebody who comes back is recognised by them.
async function came_back(state: State) {
  const it = await opened({ entries: [said(id(1), 1, 'customer', 'Hello')], ...state });
  await it.house.change_me({}).catch(() => {});
  await vi.waitFor(() => expect(it.place.querySelector('[role=log]')).not.toBeNull());
  return it;
}
const id = (n: number) => `0198c0de-7a11-7c3e-9b52-${String(n).padStart(12, '0')}`;
const pen = () => panel!.place.querySelector('textarea')!;
const box = () => panel!.place.querySelector('[role=group]:has(textarea)')!;
const presence = (level: string) => ({ type: 'presence', presence: { person: mira, level, back_at: null } });
const told = (seq: number, kind: 'customer' | 'colleague', text: string) => {
  const entry = said(id(seq), seq, kind, text);
  return { type: 'event', seq, event: 'entry_added', conversation: entry.strand, entry };
};

afterEach(async () => {
  await panel?.close();
  panel = null;
  vi.restoreAllMocks();
});

test('a beat takes no pen away from who is in the midst of a sentence', async () => {
  const { says, place } = await came_back({ waiting_since: new Date().toISOString() });
  const before = pen();
  await hand.click(before);
  await hand.keyboard('And another th');
  says(presence('beat'));
  await vi.waitFor(() => expect(place.innerText).toMatch(/Taking a beat/));
  expect(pen()).toBe(before);
  expect(document.activeElement).toBe(before);
  await hand.keyboard('ing');
  expect(before.value).toBe('And another thing');
});

test('a beat ends no recording', async () => {
  const { says, place } = await came_back({ waiting_since: new Date().toISOString() });
  await page.getByRole('button', { name: 'Say it instead' }).click();
  await expect.element(page.getByRole('button', { name: 'Add the recording' })).toBeVisible();
  says(presence('beat'));
  await vi.waitFor(() => expect(place.innerText).toMatch(/Taking a beat/));
  await expect.element(page.getByRole('button', { name: 'Add the recording' })).toBeVisible();
});

test('who sends the first word with the pen in her hand goes on with it', async () => {
  await opened({});
  await vi.waitFor(() => expect(pen()).not.toBeNull());
  await hand.click(pen());
  await hand.keyboard('The lamp came broken.{Enter}');
  await vi.waitFor(() => expect(panel!.place.querySelector('[role=log]')).not.toBeNull());
  await vi.waitFor(() => expect(document.activeElement).toBe(pen()));
});

test('the whole conversation is printed, also while a page of it is on its way over a slow line', async () => {
  const entries = Array.from({ length: 130 }, (_, at) => said(id(at + 1), at + 1, 'colleague', `Word ${at + 1}.`));
  let arrives = () => {};
  const slow_line = new Promise<void>((resolve) => (arrives = resolve));
  const { house, view } = await came_back({ entries, slow_line });
  await vi.waitFor(() => expect(house.has_older).toBe(true));
  const print = vi.spyOn(window, 'print').mockImplementation(() => {
    expect(house.entries).toHaveLength(130);
    expect(panel!.place.innerText).toContain('Word 1.');
  });
  void house.load_older();
  const printing = [view.print(), view.print()];
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(print).not.toHaveBeenCalled();
  arrives();
  await Promise.all(printing);
  expect(print).toHaveBeenCalledTimes(1);
  expect(view.problem).toBe('');
});

test('a part of a conversation is not printed as if it were all', async () => {
  const entries = Array.from({ length: 60 }, (_, at) => said(id(at + 1), at + 1, 'colleague', `Word ${at + 1}.`));
  const slow_line = Promise.reject(new TypeError('Failed to fetch'));
  slow_line.catch(() => {});
  const { house, view } = await came_back({ entries, slow_line });
  await vi.waitFor(() => expect(house.has_older).toBe(true));
  const print = vi.spyOn(window, 'print').mockImplementation(() => {});
  await view.print();
  expect(print).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(panel!.place.innerText).toMatch(/did not get through/));
});

// What a screen reader hears: what is added to a live region, in that order.
function listen(place: HTMLElement): string[] {
  const heard: string[] = [];
  const hear = (changes: MutationRecord[]) => {
    for (const { target, addedNodes, type } of changes) {
      const region = (target instanceof Element ? target : target.parentElement)?.closest('[aria-live]');
      if (!region || region.getAttribute('aria-live') === 'off') continue;
      if (type === 'characterData') heard.push(target.textContent ?? '');
      for (const node of addedNodes) heard.push(node.textContent ?? '');
    }
  };
  new MutationObserver(hear).observe(place, { childList: true, characterData: true, subtree: true });
  return heard;
}

test('of words that arrive together each is said to a screen reader, once', async () => {
  const { says, place } = await came_back({});
  await tick();
  const heard = listen(place);
  says(told(20, 'colleague', 'Good morning.'), told(21, 'customer', 'Hello?'), told(22, 'colleague', 'There is **one** left.'));
  await vi.waitFor(() => expect(heard.filter(Boolean)).toEqual(['Mira: Good morning.', 'Mira: There is one left.']));
  says(told(23, 'colleague', 'There is **one** left.'));
  await vi.waitFor(() => expect(heard.filter(Boolean).slice(2)).toEqual(['Mira: There is one left.']));
  expect(heard.join(' ')).not.toContain('Hello');
});

function carried(name: string): DataTransfer {
  const data = new DataTransfer();
  data.items.add(new File(['x'], name, { type: 'image/png' }));
  return data;
}

test('files can be let go over the pen or pasted into it, and go out with the words', async () => {
  const { asked, place, house } = await came_back({});
  const over = () => place.innerText.includes('Let go to add it');
  box().dispatchEvent(new DragEvent('dragover', { dataTransfer: carried('lamp.png'), bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(over()).toBe(true));
  const drop = new DragEvent('drop', { dataTransfer: carried('lamp.png'), bubbles: true, cancelable: true });
  box().dispatchEvent(drop);
  expect(drop.defaultPrevented).toBe(true);
  const paste = new ClipboardEvent('paste', { clipboardData: carried('foot.png'), bubbles: true, cancelable: true });
  pen().dispatchEvent(paste);
  expect(paste.defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(place.innerText).toMatch(/lamp\.png[\s\S]*foot\.png/));
  expect(over()).toBe(false);
  await vi.waitFor(() => expect(house.files.map((file) => file.state)).toEqual(['kept', 'kept']));
  expect(await axe_complaints(place)).toEqual([]);
  const ids = house.files.map((file) => file.id);
  await hand.fill(pen(), 'Look.');
  await hand.keyboard('{Enter}');
  await vi.waitFor(() => expect(asked.find((each) => each.startsWith('POST /api/visitor/entries'))).toContain(JSON.stringify(ids)));
  expect(house.files).toEqual([]);
});

test('while words are changed no file is taken', async () => {
  const { view, place, house } = await came_back({ entries: [said(id(1), 97, 'customer', 'Hello')] });
  view.change(house.entries[0]!);
  await vi.waitFor(() => expect(place.innerText).toMatch(/You are changing/));
  pen().dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried('lamp.png'), bubbles: true, cancelable: true }));
  box().dispatchEvent(new DragEvent('drop', { dataTransfer: carried('lamp.png'), bubbles: true, cancelable: true }));
  expect(house.files).toEqual([]);
});

test('an entry is taken back by who wrote it; the place stays, and the focus with it', async () => {
  const { asked, place } = await came_back({
    entries: [said(id(1), 97, 'customer', 'Hello'), said(id(2), 98, 'customer', 'I was too fast.')],
  });
  await page.getByRole('button', { name: /What you can do with .I was too fast/ }).click();
  await page.getByRole('menuitem', { name: 'Take it back' }).click();
  await vi.waitFor(() => expect(asked.some((each) => each.startsWith(`DELETE /api/visitor/entries/${id(2)}`))).toBe(true));
  await vi.waitFor(() => expect(place.innerText).toMatch(/Hello[\s\S]*Taken back/));
  expect(place.innerText).not.toContain('I was too fast.');
  expect(document.activeElement?.getAttribute('role')).toBe('log');
  await expect.element(page.getByRole('button', { name: /What you can do with .I was too fast/ })).not.toBeInTheDocument();
  expect(await axe_complaints(place)).toEqual([]);
});

test('what is older than a quarter of an hour is not taken back any more', async () => {
  await came_back({ entries: [said(id(1), 80, 'customer', 'Hello')] });
  expect(panel!.place.querySelector('article [aria-haspopup]')).toBeNull();
});
