import type { LiveEvent } from '@kith/wire';
import { expect, test, vi } from 'vitest';
import { call_in, Calls } from './calls.ts';

const made = (event: object) => ({ type: 'event', seq: 1, conversation: 'talk', ...event }) as unknown as LiveEvent;
const words = (kind: string, person: string) => made({ event: 'entry_added', entry: { id: 'e', author: { kind, person, machine: null } } });
const handover = (state: string, to: string) =>
  made({ event: 'handover_changed', handover: { conversation: 'talk', state, to, from: 'jonas' } });
const note = (of: object) =>
  made({ event: 'note_changed', note: { author: 'jonas', mentions: ['mira'], version: 1, taken_back: false, ...of } });
const what = (event: LiveEvent) => call_in(event, 'mira')?.what ?? null;

test('Words of others call, my own do not', () => {
  expect(what(words('customer', 'ingrid'))).toBe('words');
  expect(what(words('colleague', 'jonas'))).toBe('words');
  expect(what(words('colleague', 'mira'))).toBe(null);
});

test('What is handed over calls the one it is offered to, once', () => {
  expect(what(handover('offered', 'mira'))).toBe('handover');
  expect(what(handover('offered', 'amara'))).toBe(null);
  expect(what(handover('taken_back', 'mira'))).toBe(null);
});

test('A note calls whom it names, not its author, and not again when it is put differently', () => {
  expect(what(note({}))).toBe('mention');
  expect(what(note({ mentions: ['amara'] }))).toBe(null);
  expect(what(note({ author: 'mira' }))).toBe(null);
  expect(what(note({ version: 2 }))).toBe(null);
  expect(what(note({ taken_back: true }))).toBe(null);
});

test('A listener that breaks keeps nothing from the others', () => {
  const calls = new Calls();
  const heard = vi.fn();
  const complained = vi.fn();
  vi.stubGlobal('reportError', complained);
  calls.on(() => {
    throw new TypeError('Illegal constructor');
  });
  calls.on(heard);
  expect(() => calls.tell(words('customer', 'ingrid'), 'mira')).not.toThrow();
  expect(heard).toHaveBeenCalledOnce();
  expect(complained).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});
