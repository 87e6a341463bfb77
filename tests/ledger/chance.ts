// Chance for everybody who draws, each derived from the one seed and a name of her own: that somebody writes a word more or
// connects once less changes nothing of what the others draw. So a seed draws the same faults at the same moments again.
import { random_from, seed_of_this_run } from '../system/harness/random.ts';
import type { Random } from '../system/harness/random.ts';

// FNV-1a.
function number_of(name: string): number {
  let mixed = 0x811c9dc5;
  for (const letter of Buffer.from(name)) mixed = Math.imul(mixed ^ letter, 0x01000193) >>> 0;
  return mixed;
}

export class Chance {
  private readonly seed: number;

  constructor(seed = seed_of_this_run()) {
    this.seed = seed;
  }

  of(name: string): Random {
    return random_from((this.seed ^ number_of(name)) >>> 0);
  }
}
