// A desk on the small house in memory. `answers` may say something else than the house does, or nothing at all.
import { colleague_client, Line } from '@kith/wire';
import type { Id } from '@kith/wire';
import { DeskHouse } from '../desk/desk_house.svelte.ts';
import { FakeSocket } from './fake_house.ts';
import type { FakeHouse, Weather } from './fake_house.ts';
import { fake_fetch } from './fake_http.ts';

export type Answers = (request: Request, body: () => Promise<Record<string, unknown>>) => Promise<unknown> | undefined;

export const fair: Weather = { delay_ms: () => 0, is_down: () => false, loses: () => false };

export function fake_desk(house: FakeHouse, who: () => Id, answers: Answers = () => undefined, weather = fair): DeskHouse {
  const house_says = fake_fetch(house, weather, () => ({ kind: 'colleague', person: who() }));
  const ask: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const other = answers(request, async () => (await request.clone().json()) as Record<string, unknown>);
    return other === undefined ? house_says(request) : Response.json(await other);
  };
  const make_socket = () => new FakeSocket(house, () => ({ kind: 'colleague', person: who(), conversation: null }), weather);
  return new DeskHouse({
    undo_ms: 60_000,
    api: colleague_client({ base: location.origin, fetch: ask }),
    make_line: (options) => new Line({ ...options, make_socket }),
  });
}
