// Who types or reads right now. It passes, and nothing of it is kept.
import { SvelteMap } from 'svelte/reactivity';
import type { Id } from '@kith/wire';
import type { Passer } from '../types.ts';

const nobody: readonly Passer[] = [];

export class Passers {
  private readonly by_place = new SvelteMap<Id, readonly Passer[]>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly stay_ms: number;

  constructor(stay_ms: number) {
    this.stay_ms = stay_ms;
  }

  in(place: Id): readonly Passer[] {
    return this.by_place.get(place) ?? nobody;
  }

  came(place: Id, who: Passer): void {
    const key = `${place} ${who.kind} ${who.person}`;
    const here = this.in(place);
    if (!here.some((each) => same(each, who))) this.by_place.set(place, [...here, { kind: who.kind, person: who.person }]);
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => this.went(place, who), this.stay_ms),
    );
  }

  went(place: Id, who: Passer): void {
    const key = `${place} ${who.kind} ${who.person}`;
    clearTimeout(this.timers.get(key));
    if (!this.timers.delete(key)) return;
    const left = this.in(place).filter((each) => !same(each, who));
    if (left.length === 0) this.by_place.delete(place);
    else this.by_place.set(place, left);
  }

  clear(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.by_place.clear();
  }
}

function same(a: Passer, b: Passer): boolean {
  return a.kind === b.kind && a.person === b.person;
}
