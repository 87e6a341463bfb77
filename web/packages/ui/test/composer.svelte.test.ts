import { expect, test } from 'vitest';
import { page, userEvent as hand } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Typed from './Typed.svelte';

const nothing_seen = () => ({ sent: [] as string[], files: [] as File[], notes: [], retried: [] as string[] });
const box = () => page.getByRole('textbox', { name: 'Write to Mira' });

test('Enter sends, Shift+Enter makes a line, and nothing is sent of nothing', async () => {
  const seen = nothing_seen();
  await render(Typed, { seen });
  await box().click();
  await hand.keyboard('{Enter}Say{Shift>}{Enter}{/Shift}yes!{Enter}   {Enter}');
  expect(seen.sent).toEqual(['Say\nyes!']);
});

test('the button sends, and leads to the words when there are none', async () => {
  const seen = nothing_seen();
  await render(Typed, { seen, round_send: true });
  const send = page.getByRole('button', { name: 'Send' });
  await send.click();
  await expect.element(box()).toHaveFocus();
  await box().fill('Hello');
  await send.click();
  expect(seen.sent).toEqual(['Hello']);
});

test('words that an input method is still making are not sent', async () => {
  const seen = nothing_seen();
  await render(Typed, { seen });
  await box().fill('こんに');
  box()
    .element()
    .dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }));
  expect(seen.sent).toEqual([]);
});

function paste(files: File[], text?: string): boolean {
  const data = new DataTransfer();
  files.forEach((file) => data.items.add(file));
  if (text) data.setData('text/plain', text);
  return box()
    .element()
    .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}

test('a pasted picture becomes a file; pasted words stay words', async () => {
  const seen = nothing_seen();
  await render(Typed, { seen });
  const picture = new File(['x'], 'lamp.png', { type: 'image/png' });
  expect(paste([picture])).toBe(false);
  expect(paste([picture], 'a cell of a table')).toBe(true);
  expect(seen.files.map((file) => file.name)).toEqual(['lamp.png']);
});

test('files can be dropped on it', async () => {
  const seen = nothing_seen();
  const { container } = await render(Typed, { seen });
  const data = new DataTransfer();
  data.items.add(new File(['x'], 'invoice.pdf'));
  const zone = container.querySelector('[role=group]');
  zone?.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
  await expect.element(page.getByText('Let go to add it')).toBeVisible();
  zone?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  expect(seen.files.map((file) => file.name)).toEqual(['invoice.pdf']);
  await expect.element(page.getByText('Let go to add it')).not.toBeInTheDocument();
});

test('a file that got stuck can be tried again', async () => {
  const seen = nothing_seen();
  await render(Typed, { seen, files: [{ id: 'f', name: 'lamp.png', size: 4, media_type: 'image/png', progress: 0.3, state: 'failed' }] });
  await expect.element(page.getByText('did not go through')).toBeVisible();
  await page.getByRole('button', { name: 'Try lamp.png again' }).click();
  expect(seen.retried).toEqual(['f']);
});

test('an emoji is put where the cursor was', async () => {
  await render(Typed, { seen: nothing_seen() });
  await box().fill('Hi ');
  await page.getByRole('button', { name: 'Emoji' }).click();
  await page.getByRole('button', { name: '👋' }).click();
  await expect.element(box()).toHaveValue('Hi 👋');
});

test('style is put around what is chosen, by key and by menu', async () => {
  await render(Typed, { seen: nothing_seen() });
  await box().fill('yes');
  await box().click();
  await hand.keyboard('{Control>}a{/Control}{Control>}b{/Control}');
  await expect.element(box()).toHaveValue('**yes**');
  await page.getByRole('button', { name: 'Style' }).click();
  await page.getByRole('menuitem', { name: 'Quote' }).click();
  await expect.element(box()).toHaveValue('> **yes**');
});

test('what is said into the microphone becomes a voice note', async () => {
  const seen: { notes: { file: File; seconds: number; peaks: number[] }[] } & Omit<ReturnType<typeof nothing_seen>, 'notes'> = {
    ...nothing_seen(),
    notes: [],
  };
  await render(Typed, { seen });
  await page.getByRole('button', { name: 'Say it instead' }).click();
  const keep = page.getByRole('button', { name: 'Add the recording' });
  await expect.element(keep).toBeVisible();
  await new Promise((resolve) => setTimeout(resolve, 1300));
  await keep.click();
  await expect.poll(() => seen.notes.length).toBe(1);
  const note = seen.notes[0];
  expect(note?.file.type).toMatch(/^audio\/(webm|mp4)$/);
  expect(note?.file.size).toBeGreaterThan(500);
  expect(note?.seconds).toBeGreaterThan(0.8);
  expect(note?.peaks).toHaveLength(60);
  expect(Math.max(...(note?.peaks ?? []))).toBeGreaterThan(0);
  await expect.element(box()).toHaveFocus();
});

test('a picture is described in words beside it', async () => {
  const seen = { ...nothing_seen(), described: [] as string[][] };
  const picture = { id: 'f', name: 'lamp.png', size: 4, media_type: 'image/png', progress: 1, state: 'kept' as const };
  const paper = { id: 'p', name: 'bill.pdf', size: 4, media_type: 'application/pdf', progress: 1, state: 'kept' as const };
  await render(Typed, { seen, files: [picture, paper] });
  const field = page.getByRole('textbox', { name: 'Describe the picture lamp.png' });
  await field.fill(' A lamp with a crack ');
  await page.getByRole('textbox', { name: 'Write to Mira' }).click();
  expect(seen.described).toEqual([['f', 'A lamp with a crack']]);
  expect(page.getByRole('textbox').elements()).toHaveLength(2);
});
