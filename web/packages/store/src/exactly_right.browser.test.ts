// After any disconnect, exactly right: colleagues and a visitor speak at once over a network that loses what it can, tabs
// crash and come back, and in the end everybody sees what the house has, every word once and in order.
import { colleague_client, Line, visitor_client } from '@kith/wire';
import type { Id } from '@kith/wire';
import { afterEach, expect, test } from 'vitest';
import { DeskHouse } from './desk/desk_house.svelte.ts';
import { Chance, hurry, until } from './testing/chance.ts';
import { FakeHouse, FakeSocket } from './testing/fake_house.ts';
import type { Weather } from './testing/fake_house.ts';
import { fake_fetch } from './testing/fake_http.ts';
import { VisitorHouse } from './visitor/visitor_house.svelte.ts';

const seeds = Number(import.meta.env['VITE_SEEDS'] ?? 6);
const first_seed = Number(import.meta.env['VITE_SEED'] ?? Math.floor(Math.random() * 1e9));
const steps = 60;

class Storm implements Weather {
  private readonly chance: Chance;
  is_over = false;
  private down = false;
  constructor(chance: Chance) {
    this.chance = chance;
  }
  delay_ms = () => (this.is_over ? 0 : this.chance.below(200));
  is_down = () => this.down && !this.is_over;
  loses = () => !this.is_over && this.chance.is(0.02);
  turn(): void {
    this.down = this.chance.is(0.25);
  }
}

async function open_desk(house: FakeHouse, person: Id, storm: Storm): Promise<DeskHouse> {
  localStorage.setItem('kith-desk-who', person);
  const api = colleague_client({ base: location.origin, fetch: fake_fetch(house, storm, () => ({ kind: 'colleague', person })) });
  const make_socket = () => new FakeSocket(house, () => ({ kind: 'colleague', person, conversation: null }), storm);
  const desk = new DeskHouse({ undo_ms: 0, api, make_line: (options) => new Line({ ...options, make_socket }) });
  void desk.start();
  return desk;
}

function open_panel(house: FakeHouse, inbox: Id, storm: Storm): VisitorHouse {
  const token_in = (request: Request) => request.headers.get('authorization')?.slice(7) ?? null;
  const ask = fake_fetch(house, storm, (request) => ({ kind: 'customer', token: token_in(request) }));
  const panel: VisitorHouse = new VisitorHouse({
    inbox,
    api: visitor_client({ token: () => token_of(panel), base: location.origin, fetch: ask }),
    make_line: (options) =>
      new Line({
        ...options,
        make_socket: () =>
          new FakeSocket(
            house,
            (told) => {
              const visit = house.visits.get(told ?? '');
              return visit ? { kind: 'customer', ...visit } : null;
            },
            storm,
          ),
      }),
  });
  void panel.start();
  return panel;
}

// The token is nobody's business but the panel's; the test looks over its shoulder.
function token_of(panel: VisitorHouse): string | null {
  return (panel as unknown as { token: string | null }).token;
}

function break_one(house: FakeHouse, chance: Chance): void {
  const sockets = [...house.sockets];
  if (sockets.length > 0) chance.of(sockets).break(chance.of([1001, 1006, 1011, 1013]));
}

async function run(seed: number): Promise<void> {
  const chance = new Chance(seed);
  const storm = new Storm(chance);
  const house = new FakeHouse();
  const people = Array.from({ length: 5 }, (_, i) => house.add_person(`Person ${i}`));
  const colleagues = [crypto.randomUUID(), crypto.randomUUID()];
  const inbox = crypto.randomUUID();
  const desks: DeskHouse[] = [];
  for (const person of colleagues) {
    desks.push(await open_desk(house, person, storm));
    await until('somebody is signed in', () => desks.at(-1)!.door === 'signed_in');
  }
  let panel = open_panel(house, inbox, storm);
  await until('the panel is ready', () => panel.ready);
  const said = new Map<string, string[]>(); // by who and where, in order
  let words = 0;
  const note = (who: string, text: string) => said.set(who, [...(said.get(who) ?? []), text]);

  for (let step = 0; step < steps; ++step) {
    const talk = chance.of(people);
    const { id } = talk.conversation;
    const i = chance.below(2);
    const desk = desks[i]!;
    switch (chance.below(11)) {
      case 0:
      case 1:
        if (desk.door !== 'signed_in') break;
        desk.talk(id).send({ text: `words ${++words}`, unless_answered: false });
        note(`${colleagues[i]} ${id}`, `words ${words}`);
        break;
      case 2:
        panel.send({ text: `words ${++words}` });
        note('visitor', `words ${words}`);
        break;
      case 3:
        house.write({ kind: 'customer', person: talk.person.id, machine: null }, id, { id: crypto.randomUUID(), text: `words ${++words}` });
        break;
      case 4: {
        const entry = house
          .said_in(id)
          .filter((each) => !each.taken_back)
          .at(-1);
        if (entry) house.change(crypto.randomUUID(), entry.id, chance.is(0.3) ? null : `${entry.text}, or rather ${step}`);
        break;
      }
      case 5: {
        if (desk.door !== 'signed_in') break;
        const mine = desk
          .talk(id)
          .entries.find((each) => each.state === 'kept' && each.author.person === colleagues[i] && !each.taken_back);
        if (mine) desk.talk(id).edit(mine.id, `${mine.text} (edited)`);
        break;
      }
      case 6:
        house.put_off(colleagues[i]!, id, chance.is(0.6));
        house.open_topic(id, `topic ${step}`);
        break;
      case 7:
        break_one(house, chance);
        break;
      case 8:
        storm.turn();
        break;
      case 9:
        if (desk.door === 'signed_in') desk.talk(id).write_draft({ text: `draft ${step}` });
        break;
      case 10:
        // A tab crashes, without a word of goodbye, and is opened again.
        if (chance.is(0.4)) {
          await new Promise((resolve) => setTimeout(resolve, 2000)); // what was typed a moment ago is on the device
          panel.stop();
          panel = open_panel(house, inbox, storm);
          await until('the panel is ready again', () => panel.ready);
        } else {
          await new Promise((resolve) => setTimeout(resolve, 2000));
          desk.stop();
          desks[i] = await open_desk(house, colleagues[i]!, storm);
          await until('a desk opens again', () => desks[i]!.door === 'signed_in');
        }
    }
    if (chance.is(0.5)) await new Promise((resolve) => setTimeout(resolve, chance.below(1500)));
  }

  storm.is_over = true;
  for (const talk of people) for (const desk of desks) desk.talk(talk.conversation.id);
  // A panel that was opened again a moment ago may not have her words yet.
  const has_said_nothing = () => [...house.visits.values()].every(({ conversation }) => house.said_in(conversation).length === 0);
  const is_quiet = () =>
    desks.every(
      (desk) =>
        desk.connection === 'here' &&
        (desk.cursor ?? 0) >= newest_for(house, 'colleague') &&
        all_kept(
          desk,
          people.map((it) => it.conversation.id),
        ),
    ) &&
    (panel.entries.length === 0
      ? has_said_nothing()
      : panel.connection === 'here' && panel.entries.every((entry) => entry.state === 'kept' && entry.seq !== null));
  await until('everybody is quiet', is_quiet, 60_000);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  await until('everybody is still quiet', is_quiet);

  for (const [i, desk] of desks.entries()) {
    for (const {
      conversation: { id },
    } of people) {
      const talk = desk.talk(id);
      expect(talk.state).toBe('ready');
      expect(talk.entries.map(({ text, taken_back }) => ({ text, taken_back }))).toEqual(
        house.said_in(id).map(({ text, taken_back }) => ({ text, taken_back })),
      );
      expect(talk.topics.map((topic) => topic.title).toSorted()).toEqual(
        house.talks
          .get(id)!
          .topics.map((topic) => topic.title)
          .toSorted(),
      );
      const row = desk.row(id);
      const told = house.row_of(house.talks.get(id)!, colleagues[i]!);
      if (row)
        expect({ waiting: row.waiting_since, newest: row.newest, later: row.later, companions: row.companions }).toEqual({
          waiting: told.conversation.waiting_since,
          newest: told.newest,
          later: told.later,
          companions: told.companions,
        });
      else expect(told.newest).toBeNull();
    }
    const waiting = [...house.talks.values()].filter((talk) => talk.conversation.waiting_since && !talk.laters.has(colleagues[i]!));
    const knows = waiting.filter((talk) => talk.companions.includes(colleagues[i]!));
    const order = (list: typeof waiting) =>
      list
        .map((talk) => talk.conversation)
        .toSorted((a, b) => Date.parse(a.waiting_since!) - Date.parse(b.waiting_since!) || (a.id < b.id ? -1 : 1))
        .map((it) => it.id);
    expect([...desk.line.known].map((row) => row.id)).toEqual(order(knows));
    expect([...desk.line.anyone].map((row) => row.id)).toEqual(order(waiting.filter((talk) => !knows.includes(talk))));
  }
  const visit = [...house.visits.values()];
  expect(visit.length).toBeLessThanOrEqual(1);
  if (visit[0]) expect(panel.entries.map((each) => each.text)).toEqual(house.said_in(visit[0].conversation).map((each) => each.text));
  // Everything anybody said here is there once and in the order in which it was said.
  for (const [who, texts] of said) {
    const place = who === 'visitor' ? visit[0]!.conversation : who.split(' ')[1]!;
    const there = house.said_in(place).filter((entry) => who === 'visitor' || entry.author.person === who.split(' ')[0]);
    const first_words = there.filter((entry) => !entry.taken_back).map((entry) => entry.text.match(/^words \d+/)![0]);
    const left = texts.filter((text) => first_words.includes(text));
    expect(first_words).toEqual(left);
    expect(there.length).toBe(texts.length);
  }
  panel.stop();
  for (const desk of desks) desk.stop();
}

function newest_for(house: FakeHouse, kind: 'colleague'): number {
  const who = { kind, person: '', conversation: null } as const;
  return house.since(0, who).at(-1)?.seq ?? 0;
}

function all_kept(desk: DeskHouse, ids: readonly Id[]): boolean {
  return ids.every(
    (id) => desk.talk(id).state === 'ready' && desk.talk(id).entries.every((entry) => entry.state === 'kept' && entry.seq !== null),
  );
}

let slow_down = () => {};
afterEach(() => slow_down());

for (let i = 0; i < seeds; ++i) {
  const seed = first_seed + i;
  test(`everybody is exactly right in the end (seed ${seed})`, async () => {
    slow_down = hurry(20);
    await run(seed);
  }, 120_000);
}
