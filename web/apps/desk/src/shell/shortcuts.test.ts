import { afterEach, describe, expect, it, vi } from 'vitest';
import { is_single, key_caps } from './shortcuts.svelte.ts';

describe('a key that is a single letter', () => {
  it('has no modifier', () => {
    for (const keys of ['b', 'g p', '/', '[Shift]+?', 'Shift+G']) expect(is_single(keys), keys).toBe(true);
    for (const keys of ['$mod+k', 'Alt+ArrowUp', 'Escape', 'ArrowUp', 'F2']) expect(is_single(keys), keys).toBe(false);
  });
});

describe('keys for people', () => {
  afterEach(() => void vi.unstubAllGlobals());
  const caps = (keys: string, browser: string) => {
    vi.stubGlobal('navigator', { userAgent: browser });
    return key_caps(keys);
  };

  it('are written as they stand on the keyboard', () => {
    expect(caps('g p', 'X11; Linux')).toEqual(['G', 'P']);
    expect(caps('$mod+k', 'X11; Linux')).toEqual(['Ctrl', 'K']);
    expect(caps('$mod+k', 'Macintosh; Intel Mac OS X')).toEqual(['⌘', 'K']);
    expect(caps('[Shift]+?', 'X11; Linux')).toEqual(['?']);
    expect(caps('Shift+G', 'X11; Linux')).toEqual(['Shift', 'G']);
  });
});
