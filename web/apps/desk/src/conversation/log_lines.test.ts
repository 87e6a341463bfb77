import type { ShownEntry, TalkItem } from '@kith/store/types';
import { describe, expect, it } from 'vitest';
import { log_lines, type LogLine } from './log_lines.ts';

const morning = new Date(2026, 10, 20, 9, 0).getTime();
const me = 'mira';

function said(id: string, by: string, minutes: number, more: Partial<ShownEntry> = {}): TalkItem {
  const kind = by === 'ingrid' ? 'customer' : 'colleague';
  const entry: ShownEntry = {
    id,
    seq: Number(id),
    strand: 's',
    kind: 'message',
    channel: 'web',
    author: { kind, person: by, machine: null },
    text: id,
    attachments: [],
    at: new Date(morning + minutes * 60_000).toISOString(),
    version: 1,
    taken_back: false,
    state: 'kept',
    held_until: null,
    problem: null,
    act: null,
    ...more,
  };
  return { key: id, entry };
}

const kinds = (lines: readonly LogLine[]) => lines.map((line) => (line.kind === 'entry' ? line.key : line.kind)).join(' ');

describe('the lines of a conversation', () => {
  it('begin each day with its name', () => {
    const lines = log_lines([said('1', 'ingrid', 0), said('2', me, 60), said('3', 'ingrid', 26 * 60)], null, me);
    expect(kinds(lines)).toBe('day 1 2 day 3');
  });

  it('put together what one person said in one breath', () => {
    const lines = log_lines([said('1', 'ingrid', 0), said('2', 'ingrid', 2), said('3', 'ingrid', 20), said('4', me, 21)], null, me);
    const entries = lines.filter((line) => line.kind === 'entry');
    expect(entries.map((line) => line.joined)).toEqual([false, true, false, false]);
    expect(entries.map((line) => line.goes_on)).toEqual([true, false, false, false]);
  });

  it('keep an e-mail apart from what was said in the chat', () => {
    const lines = log_lines([said('1', 'ingrid', 0), said('2', 'ingrid', 1, { channel: 'email' })], null, me);
    expect(lines.filter((line) => line.kind === 'entry').map((line) => line.joined)).toEqual([false, false]);
  });

  it('draw the line of news before the first word of others that is newer than what was read', () => {
    expect(kinds(log_lines([said('1', 'ingrid', 0), said('2', 'ingrid', 1), said('3', 'ingrid', 2)], 1, me))).toBe('day 1 new 2 3');
  });

  it('draw no line above an answer of mine: whoever answers has seen what stands above', () => {
    expect(kinds(log_lines([said('1', 'ingrid', 0), said('2', me, 1), said('3', 'ingrid', 2)], 0, me))).toBe('day 1 2 new 3');
    expect(kinds(log_lines([said('1', 'ingrid', 0), said('2', me, 1)], 0, me))).toBe('day 1 2');
  });

  it('draw no line when nothing is new', () => {
    expect(kinds(log_lines([said('1', 'ingrid', 0)], null, me))).toBe('day 1');
  });
});
