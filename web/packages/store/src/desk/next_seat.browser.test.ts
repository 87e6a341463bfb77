// Two colleagues, one machine, one page: nothing of the first reaches the second.
import { new_id } from '@kith/wire';
import { afterEach, expect, test } from 'vitest';
import { until } from '../testing/chance.ts';
import { fake_desk } from '../testing/fake_desk.ts';
import { FakeHouse } from '../testing/fake_house.ts';
import type { DeskHouse } from './desk_house.svelte.ts';

let desk: DeskHouse | undefined;
afterEach(() => desk?.stop());

const waits = (by: string) => ({
  id: `words of ${by}`,
  conversation: 'c',
  by,
  text: `only ${by} knows`,
  attachments: [],
  topics: [],
  send_at: '2030-01-01T08:00:00Z',
  state: 'waiting',
  changed_seq: 1,
});

function two_at_one(scheduled: (who: string) => Promise<unknown>): { desk: DeskHouse; sit: (who: string) => Promise<void> } {
  const house = new FakeHouse();
  const { conversation, person } = house.add_person('Ingrid');
  house.write({ kind: 'customer', person: person.id, machine: null }, conversation.id, { id: new_id(), text: 'Hello?' });
  let me = '';
  const made = fake_desk(
    house,
    () => me,
    (request) => (/scheduled$/.test(request.url) ? scheduled(me) : undefined),
  );
  desk = made;
  const sit = async (who: string) => {
    me = who;
    await made.sign_in('', '');
    await until('she is here', () => made.connection === 'here' && made.me?.person === who);
  };
  return { desk: made, sit };
}

test('what the one has scheduled is not there for the next, on the screen or on the device', async () => {
  const { desk: here, sit } = two_at_one(async (who) => ({ scheduled: who === 'amara' ? [waits(who)] : [], people: [] }));
  await sit('amara');
  await until('hers are there', () => here.scheduled.length === 1);
  here.be({ level: 'beat' });
  await here.sign_out();
  expect(here.household.keep().scheduled).toEqual([]);
  await sit('jonas');
  await until('the lists are there', () => here.people.length === 1);
  expect(here.scheduled).toEqual([]);
  expect(here.household.keep().scheduled).toEqual([]);
  expect(here.my_presence?.level).not.toBe('beat');
});

test('an answer that comes after she has left reaches nobody', async () => {
  let tell: ((told: unknown) => void) | undefined;
  let is_asked = false;
  const { desk: here, sit } = two_at_one((who) => {
    if (who !== 'amara') return Promise.resolve({ scheduled: [], people: [] });
    is_asked = true;
    return new Promise((resolve) => (tell = resolve));
  });
  await sit('amara');
  await until('it is asked for', () => is_asked);
  await here.sign_out();
  await sit('jonas');
  tell?.({ scheduled: [waits('amara'), waits('jonas')], people: [] });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(here.household.keep().scheduled).toEqual([]);
});
