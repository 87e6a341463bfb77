// A file that is still on its way when its colleague goes: not a byte of it leaves under the name of whoever sits here next.
import { new_id } from '@kith/wire';
import { afterEach, expect, test } from 'vitest';
import { until } from '../testing/chance.ts';
import { fake_desk } from '../testing/fake_desk.ts';
import { FakeHouse } from '../testing/fake_house.ts';
import type { DeskHouse } from './desk_house.svelte.ts';

let desk: DeskHouse | undefined;
afterEach(() => desk?.stop());

// A house that takes no byte until it is told to; `asked` has every request about files, and about the session.
function slow_house() {
  const house = new FakeHouse();
  const { conversation, person } = house.add_person('Ingrid');
  house.write({ kind: 'customer', person: person.id, machine: null }, conversation.id, { id: new_id(), text: 'Hello?' });
  const asked: string[] = [];
  const pieces: AbortSignal[] = [];
  const seat = { who: '', takes: false };
  const file = (state: string) => ({ id: 'f', name: 'lamp.txt', media_type: 'text/plain', size_bytes: 2, alt_text: '', state });
  const made = fake_desk(
    house,
    () => seat.who,
    (request) => {
      const { pathname } = new URL(request.url);
      if (/attachments|session$/.test(pathname) && request.method !== 'GET') asked.push(`${seat.who} ${request.method}`);
      if (/attachments$/.test(pathname)) return Promise.resolve(file('begun'));
      if (!/content$/.test(pathname)) return undefined;
      pieces.push(request.signal);
      if (seat.takes) return Promise.resolve(file('kept'));
      return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason as Error)));
    },
  );
  desk = made;
  const sit = async (who: string) => {
    seat.who = who;
    await made.sign_in('', '');
    await until('she is here', () => made.connection === 'here' && made.me?.person === who);
    asked.length = 0;
  };
  return { desk: made, seat, sit, asked, pieces, talk: conversation.id };
}
const a_while = () => new Promise((resolve) => setTimeout(resolve, 1500));

test('it stops before the house is told that she goes, and the next one sends nothing of it', async () => {
  const { desk: here, sit, asked, pieces, talk } = slow_house();
  await sit('amara');
  here.talk(talk).attach(new File(['It'], 'lamp.txt'));
  await until('it is on its way', () => pieces.length === 1);
  await here.sign_out();
  expect(pieces[0]!.aborted).toBe(true);
  expect(asked).toEqual(['amara POST', 'amara PATCH', 'amara DELETE']);
  await sit('jonas');
  await a_while();
  expect(asked).toEqual([]);
  expect(here.talk(talk).files).toEqual([]);
});

test('where the session ended by itself it waits on this device, and goes out with its words when she is back', async () => {
  const { desk: here, seat, sit, pieces, talk } = slow_house();
  here.undo_ms = 0;
  await sit('amara');
  const before = here.talk(talk);
  before.attach(new File(['It'], 'lamp.txt'));
  before.send({ text: 'Look at this.' });
  await until('it is on its way', () => pieces.length === 1);
  await here.not_signed_in();
  expect(pieces[0]!.aborted).toBe(true);
  await a_while();
  expect(pieces).toHaveLength(1);
  seat.takes = true;
  await sit('amara');
  await until('her words are there', () => here.talk(talk).entries.some((entry) => entry.text === 'Look at this.' && entry.seq !== null));
});
