// A form over some of what the house says of itself. It keeps the state it was filled from. What somebody else has changed
// besides stays as she left it; where she has changed the same, nothing is overwritten and one of the two is chosen.
import type { DeskHouse } from '@kith/store/desk';
import { must, Problem, type Schemas, type Settings } from '@kith/wire';

type Change = Partial<Schemas['SaveSettings']>;
type Key = keyof Schemas['SaveSettings'];

const most_times = 4;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export class SettingsForm {
  from = $state.raw() as Settings;
  theirs = $state.raw<Settings | null>(null); // what somebody else has kept meanwhile, about the same
  private readonly api: DeskHouse['api'];

  constructor(house: DeskHouse, from: Settings) {
    this.api = house.api;
    this.from = from;
  }

  // `untouched`: as the form was filled. False: somebody else changed the same; nothing is kept then.
  async keep(wanted: Change, untouched: Change): Promise<boolean> {
    const mine = (Object.keys(wanted) as Key[]).filter((key) => !same(wanted[key], untouched[key]));
    const change: Change = Object.fromEntries(mine.map((key) => [key, wanted[key]]));
    for (let base = this.from, times = 0; times < most_times; ++times, base = await must(this.api.GET('/api/desk/settings'))) {
      const is_theirs = mine.some((key) => !same(base[key], this.from[key]) && !same(base[key], wanted[key]));
      this.theirs = is_theirs ? base : null;
      if (is_theirs) return false;
      const saved = await this.save(base, change);
      if (!saved) continue; // somebody was faster; perhaps about something else
      this.from = saved;
      return true;
    }
    throw new Problem('conflict');
  }

  take_theirs(): void {
    this.from = this.theirs ?? this.from;
    this.theirs = null;
  }

  private async save({ version, ...before }: Settings, change: Change): Promise<Settings | null> {
    const params = { header: { 'If-Match': `"${version}"` } };
    try {
      return await must(this.api.PUT('/api/desk/settings', { params, body: { ...before, ...change } }));
    } catch (trouble) {
      if (trouble instanceof Problem && trouble.code === 'conflict') return null;
      throw trouble;
    }
  }
}
