// The desk opens without a line: the last two hundred with their last words, and all that was looked at.
import { new_id } from '@kith/wire';
import { afterEach, expect, test } from 'vitest';
import { hurry, until } from '../testing/chance.ts';
import { fair, fake_desk } from '../testing/fake_desk.ts';
import { FakeHouse } from '../testing/fake_house.ts';
import type { DeskHouse } from './desk_house.svelte.ts';

const open: DeskHouse[] = [];
let slow_down = (): void => {};
afterEach(() => {
  open.splice(0).forEach((desk) => desk.stop());
  slow_down();
});

test('the last two hundred conversations are there without a line', async () => {
  slow_down = hurry(5);
  const house = new FakeHouse();
  const talks = Array.from({ length: 230 }, (_, at) => house.add_person(`Person ${at}`));
  const me = new_id();
  for (const [at, { conversation, person }] of talks.entries()) {
    for (const text of ['Hello?', `Last words ${at}`])
      house.write({ kind: 'customer', person: person.id, machine: null }, conversation.id, { id: new_id(), text });
    // Answered, so that they are in no line.
    house.write({ kind: 'colleague', person: me, machine: null }, conversation.id, { id: new_id(), text: `Answer ${at}` });
  }
  localStorage.setItem('kith-desk-who', me);
  const before = fake_desk(house, () => me);
  open.push(before);
  void before.start();
  await until('the last ones are there', () => before.people.length >= 200);
  const [opened, other] = [talks[229]!.conversation.id, talks[40]!.conversation.id];
  const talk = before.talk(opened);
  await until('one is read', () => talk.state === 'ready');
  await until('it is kept', () => talk.entries.length === 3);
  await new Promise((resolve) => setTimeout(resolve, 8000));
  before.stop();

  const after = fake_desk(
    house,
    () => me,
    () => undefined,
    { ...fair, is_down: () => true },
  );
  open.push(after);
  void after.start();
  await until('the desk opens', () => after.door === 'signed_in');
  expect(after.people.length).toBeGreaterThanOrEqual(200);
  expect(after.people.slice(0, 200).every((row) => row.newest?.text.startsWith('Answer'))).toBe(true);
  expect(after.talk(opened).entries.map((entry) => entry.text)).toEqual(['Hello?', 'Last words 229', 'Answer 229']);
  const never_opened = after.talk(other);
  await until('its last word is there', () => never_opened.entries.length === 1);
  expect(never_opened.entries[0]?.text).toBe('Answer 40');
  expect(never_opened.state).toBe('unreachable');
});
