// Whatever she wrote is in the house, on its way, or still where she wrote it.
import { new_id } from '@kith/wire';
import type { Entry } from '@kith/wire';
import { afterEach, expect, test } from 'vitest';
import { until } from '../testing/chance.ts';
import { fake_desk } from '../testing/fake_desk.ts';
import type { Answers } from '../testing/fake_desk.ts';
import { FakeHouse } from '../testing/fake_house.ts';
import type { DeskHouse } from './desk_house.svelte.ts';

const open: DeskHouse[] = [];
afterEach(() => open.splice(0).forEach((desk) => desk.stop()));

async function sit_down(house: FakeHouse, me: string, answers?: Answers): Promise<DeskHouse> {
  localStorage.setItem('kith-desk-who', me);
  const desk = fake_desk(house, () => me, answers);
  open.push(desk);
  void desk.start();
  await until('she is here', () => desk.connection === 'here' && desk.people.length > 0);
  return desk;
}

function a_house(): { house: FakeHouse; id: string; me: string; person: string } {
  const house = new FakeHouse();
  const { conversation, person } = house.add_person('Ingrid');
  house.write({ kind: 'customer', person: person.id, machine: null }, conversation.id, { id: new_id(), text: 'It came broken.' });
  return { house, id: conversation.id, me: new_id(), person: person.id };
}

// Notes and scheduled words as the house keeps them; `is_lost`: it has them, and its answer does not arrive.
class Kept {
  readonly told: Record<string, unknown>[] = [];
  is_lost = false;
  is_away = false;
  hold: Promise<void> = Promise.resolve();

  readonly answers: Answers = (request, body) => {
    const { pathname } = new URL(request.url);
    if (/attachments$/.test(pathname)) return new Promise(() => {});
    if (request.method === 'GET' || !/(notes|scheduled)(\/[^/]+)?$/.test(pathname)) return undefined;
    return (async () => {
      if (this.is_away) throw new TypeError('Failed to fetch');
      const said = { method: request.method, ...(await body()) };
      this.told.push(said);
      await this.hold;
      if (this.is_lost) throw new TypeError('Failed to fetch');
      return { ...said, state: 'waiting', send_at: this.told[0]?.['send_at'], changed_seq: 1, version: 1, about: '', mentions: [] };
    })();
  };
  get ids(): unknown[] {
    return this.told.map((each) => each['id']);
  }
}

test('what is undone stands before what is being written, with the files of both', async () => {
  const { house, id, me } = a_house();
  const desk = await sit_down(house, me, new Kept().answers);
  const talk = desk.talk(id);
  const one = talk.attach(new File(['1'], 'one.txt'));
  const act = talk.send({ text: 'I am so sorry.' });
  const two = talk.attach(new File(['2'], 'two.txt'));
  talk.write_draft({ text: 'There is one left in Malmö.' });
  talk.undo(act);
  expect(talk.draft).toMatchObject({ text: 'I am so sorry.\nThere is one left in Malmö.', attachments: [one.id, two.id] });
  expect(talk.files.map((file) => file.name)).toEqual(['one.txt', 'two.txt']);
  expect(desk.pending_in(id)).toEqual([]);
});

test('what is undone while a note is written never goes out by itself', async () => {
  const { house, id, me } = a_house();
  const talk = (await sit_down(house, me)).talk(id);
  const act = talk.send({ text: 'I am so sorry.' });
  talk.write_draft({ text: 'She cried.', only_for_us: true });
  talk.undo(act);
  expect(talk.draft).toMatchObject({ text: 'I am so sorry.\nShe cried.', only_for_us: true });
});

test('a note leaves the draft when the house has it, and what was typed meanwhile stays, for us alone', async () => {
  const { house, id, me } = a_house();
  const kept = new Kept();
  let go_on = (): void => {};
  kept.hold = new Promise((resolve) => (go_on = resolve));
  const talk = (await sit_down(house, me, kept.answers)).talk(id);
  talk.write_draft({ text: 'She hears badly.', only_for_us: true });
  const done = talk.note_draft();
  await until('it is on its way', () => kept.told.length === 1);
  expect(talk.draft.text).toBe('She hears badly.');
  talk.write_draft({ text: 'She hears badly. Write to her.' });
  go_on();
  await done;
  expect(talk.draft).toMatchObject({ text: 'Write to her.', only_for_us: true });
  await talk.note_draft();
  expect(talk.draft).toMatchObject({ text: '', only_for_us: false });
  expect(new Set(kept.ids).size).toBe(2);
});

test('a note that was answered by nobody is said again with the same id, even after the page was closed', async () => {
  const { house, id, me } = a_house();
  const kept = new Kept();
  kept.is_lost = true;
  const before = await sit_down(house, me, kept.answers);
  before.talk(id).write_draft({ text: 'She hears badly.', only_for_us: true });
  await expect(before.talk(id).note_draft()).rejects.toMatchObject({ code: 'unreachable' });
  expect(before.talk(id).draft).toMatchObject({ text: 'She hears badly.', only_for_us: true });
  await new Promise((resolve) => setTimeout(resolve, 100));
  before.stop();
  kept.is_lost = false;
  const after = await sit_down(house, me, kept.answers);
  expect(after.talk(id).draft.text).toBe('She hears badly.');
  await after.talk(id).note_draft();
  expect(kept.ids).toEqual([kept.ids[0], kept.ids[0]]);
  expect(after.talk(id).draft.text).toBe('');
});

test('when the line tells that a note is in the house, it leaves the draft without another attempt', async () => {
  const { house, id, me, person } = a_house();
  const kept = new Kept();
  kept.is_lost = true;
  const talk = (await sit_down(house, me, kept.answers)).talk(id);
  talk.write_draft({ text: 'She hears badly.', only_for_us: true });
  await talk.note_draft().catch(() => {});
  const [told] = kept.told;
  const note = { id: told?.['id'], about: person, author: me, text: 'She hears badly.', mentions: [], version: 1, taken_back: false };
  const event = { type: 'event', event: 'note_changed', seq: 99, conversation: id, note: { ...note, written_at: '', changed_seq: 99 } };
  for (const socket of house.sockets) socket.hear(event);
  await until('it is gone', () => talk.draft.text === '');
  expect(talk.draft.only_for_us).toBe(false);
});

test('what waits for its time goes once, however often it is tried, and takes nothing along that was typed since', async () => {
  const { house, id, me } = a_house();
  const kept = new Kept();
  kept.is_lost = true;
  const talk = (await sit_down(house, me, kept.answers)).talk(id);
  talk.write_draft({ text: 'Good morning!' });
  const [at_eight, at_nine] = [new Date('2030-01-01T08:00:00Z'), new Date('2030-01-01T09:00:00Z')];
  await talk.schedule({ text: 'Good morning!', send_at: at_eight }).catch(() => {});
  expect(talk.draft.text).toBe('Good morning!');
  kept.is_lost = false;
  talk.write_draft({ text: 'Good morning!\nHas it arrived?' });
  await talk.schedule({ text: 'Good morning!', send_at: at_nine });
  expect(talk.draft.text).toBe('Has it arrived?');
  // The first had arrived after all: it gets the time that was chosen last.
  expect(kept.told.map(({ method, send_at }) => [method, send_at])).toEqual([
    ['POST', at_eight.toISOString()],
    ['POST', at_nine.toISOString()],
    ['PUT', at_nine.toISOString()],
  ]);
  expect(kept.ids[1]).toBe(kept.ids[0]);
});

test('words that are sent at once while their files still travel do not go a second time later', async () => {
  const { house, id, me } = a_house();
  const kept = new Kept();
  const talk = (await sit_down(house, me, kept.answers)).talk(id);
  const file = talk.attach(new File(['1'], 'one.txt'));
  talk.write_draft({ text: 'Look!' });
  void talk.schedule({ text: 'Look!', send_at: new Date('2030-01-01T08:00:00Z') }).catch(() => {});
  talk.send({ text: 'Look!' });
  expect(talk.draft.going).toBeUndefined();
  expect(kept.told).toEqual([]);
  file.remove();
});

test('the line of what is new goes with the answer, and the next word does not bring it back', async () => {
  const { house, id, me, person } = a_house();
  const desk = await sit_down(house, me);
  const talk = desk.talk(id);
  await until('it is loaded', () => talk.state === 'ready');
  expect(talk.new_since).toBe(0);
  talk.send({ text: 'I am so sorry.' });
  expect(talk.new_since).toBe(null);
  const says = (text: string): Entry => house.write({ kind: 'customer', person, machine: null }, id, { id: new_id(), text });
  says('You would do that?');
  await until('she hears it', () => talk.entries.some((entry) => entry.text === 'You would do that?'));
  expect(talk.new_since).toBe(null);
});

test('an answer from another device takes the line of what is new away, too', async () => {
  const { house, id, me } = a_house();
  const talk = (await sit_down(house, me)).talk(id);
  await until('it is loaded', () => talk.state === 'ready');
  expect(talk.new_since).toBe(0);
  house.write({ kind: 'colleague', person: me, machine: null }, id, { id: new_id(), text: 'From my phone.' });
  await until('it is heard', () => talk.entries.some((entry) => entry.text === 'From my phone.'));
  expect(talk.new_since).toBe(null);
});

test('what is still held for undo goes out before she signs out', async () => {
  const { house, id, me } = a_house();
  const desk = await sit_down(house, me);
  desk.talk(id).send({ text: 'A new one is on its way.' });
  expect(house.said_in(id).map((entry) => entry.text)).toEqual(['It came broken.']);
  await desk.sign_out();
  expect(house.said_in(id).map((entry) => entry.text)).toEqual(['It came broken.', 'A new one is on its way.']);
});

test('words that cannot go out keep nobody from leaving for long', async () => {
  const { house, id, me } = a_house();
  const desk = await sit_down(house, me, new Kept().answers);
  const talk = desk.talk(id);
  talk.attach(new File(['1'], 'one.txt'));
  talk.send({ text: 'With a file that never arrives.' });
  const began = performance.now();
  await desk.sign_out();
  expect(performance.now() - began).toBeLessThan(6000);
  expect(desk.door).toBe('signed_out');
});
