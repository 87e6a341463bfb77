import type { Attachment } from '@kith/wire';
import { expect, test, vi } from 'vitest';
import { PendingFiles, type FileHouse } from './pending_file.svelte.ts';

const picture = { id: 'f', name: 'lamp.png', media_type: 'image/png', size_bytes: 4, alt_text: 'A lamp', state: 'kept' } as Attachment;

test('What is on a picture is told to the house once, and known when it comes back', async () => {
  const PATCH = vi.fn(async () => ({ data: { ...picture, alt_text: 'A lamp with a crack' }, response: new Response() }));
  const on_kept = vi.fn();
  const files = new PendingFiles({ api: { PATCH }, device: {}, on_kept, on_gone: () => {} } as unknown as FileHouse);
  files.adopt('talk', picture);
  const file = files.find('f')!;
  expect(file.alt_text).toBe('A lamp');
  await file.describe('A lamp');
  expect(PATCH).not.toHaveBeenCalled();
  await file.describe('A lamp with a crack');
  expect(PATCH).toHaveBeenCalledWith('/api/attachments/{id}', {
    params: { path: { id: 'f' } },
    body: { alt_text: 'A lamp with a crack' },
  });
  expect(on_kept).toHaveBeenCalledWith(expect.objectContaining({ alt_text: 'A lamp with a crack' }));
});
