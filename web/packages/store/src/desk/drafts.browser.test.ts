// Drafts: safe with each keystroke, the same on every device, and never overwritten while somebody types.
import { colleague_client, new_id } from '@kith/wire';
import type { Draft } from '@kith/wire';
import { expect, test } from 'vitest';
import { Device } from '../shared/device.ts';
import { until } from '../testing/chance.ts';
import { Drafts } from './drafts.svelte.ts';

const place = 'a conversation';
const told = (text: string, changed_seq: number): Draft => ({
  conversation: place,
  text,
  only_for_us: false,
  attachments: [],
  changed_seq,
});

async function make(name = `test-${new_id()}`, is_reachable = () => true) {
  const saved: string[] = [];
  let seq = 100;
  const ask: typeof fetch = async (input) => {
    if (!is_reachable()) throw new TypeError('Failed to fetch');
    const body = (await (input as Request).json()) as Draft;
    saved.push(body.text);
    return Response.json({ ...body, conversation: place, changed_seq: ++seq });
  };
  const device = await Device.open(name);
  const drafts = new Drafts(colleague_client({ base: location.origin, fetch: ask }), device, () => {});
  await drafts.open();
  return { drafts, saved, name };
}

test('saves once after many keystrokes', async () => {
  const { drafts, saved } = await make();
  for (const text of ['D', 'De', 'Dea', 'Dear']) drafts.write(place, { text });
  expect(drafts.of(place)).toMatchObject({ text: 'Dear', is_dirty: true });
  await until('the house has it', () => !drafts.of(place).is_dirty);
  expect(saved).toEqual(['Dear']);
});

test('takes what another device wrote, and only what is newer', async () => {
  const { drafts } = await make();
  drafts.heard(told('from the phone', 5));
  drafts.heard(told('older', 4));
  expect(drafts.of(place).text).toBe('from the phone');
});

test('never overwrites words that are being typed', async () => {
  const { drafts, saved } = await make();
  drafts.write(place, { text: 'typed here' });
  drafts.heard(told('from the phone', 500));
  expect(drafts.of(place).text).toBe('typed here');
  await until('the house has it', () => saved.length === 1);
  drafts.heard(told('from the phone, later', 501));
  expect(drafts.of(place).text).toBe('typed here');
});

test('takes what was written elsewhere meanwhile as soon as nobody types here', async () => {
  const { drafts, saved } = await make();
  drafts.write(place, { text: 'typed here' });
  await until('the house has it', () => saved.length === 1);
  drafts.heard(told('typed here, and on the phone', 500));
  expect(drafts.of(place).text).toBe('typed here');
  await until('it is here', () => drafts.of(place).text === 'typed here, and on the phone');
  drafts.write(place, { text: 'typed here again' });
  drafts.heard(told('too late', 501));
  drafts.write(place, { text: 'typed here again and again' });
  await until('the house has it', () => saved.length === 2);
  await new Promise((resolve) => setTimeout(resolve, 4500));
  expect(drafts.of(place)).toMatchObject({ text: 'typed here again and again', is_dirty: false });
});

test('survives a crash a keystroke ago, and is saved when there is a line', async () => {
  let is_reachable = false;
  const { drafts, name } = await make(undefined, () => is_reachable);
  drafts.write(place, { text: 'half a sent' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const again = await make(name, () => is_reachable);
  expect(again.drafts.of(place).text).toBe('half a sent');
  is_reachable = true;
  again.drafts.wake();
  await until('the house has it', () => again.saved.length === 1);
  expect(again.saved).toEqual(['half a sent']);
});

test('words on their way keep their id when the house tells them back, and lose it when they were changed elsewhere', async () => {
  const { drafts } = await make();
  drafts.heard(told('She hears badly.', 5));
  const id = drafts.going_as('note', place, 'She hears badly.', []);
  drafts.heard(told('She hears badly. Write to her.', 6));
  expect(drafts.going_as('note', place, 'She hears badly.', [])).toBe(id);
  drafts.heard(told('Something else', 7));
  expect(drafts.find_going(id)).toBeUndefined();
  expect(drafts.arrived(id)).toEqual([]);
  expect(drafts.of(place).text).toBe('Something else');
});
