// Random numbers that can be had again: the seed is printed with every failure.
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0 || 1;
  }

  // Between 0 and 1.
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let x = this.state;
    x = Math.imul(x ^ (x >>> 15), x | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  is(probability: number): boolean {
    return this.next() < probability;
  }
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

// Lets waiting pass faster: back-offs of half a minute would make a test of minutes.
export function hurry(times: number): () => void {
  const real = globalThis.setTimeout;
  globalThis.setTimeout = ((work: () => void, ms = 0, ...rest: unknown[]) => real(work, ms / times, ...rest)) as typeof setTimeout;
  return () => (globalThis.setTimeout = real);
}

export async function until(what: string, is_so: () => boolean, patience_ms = 15_000): Promise<void> {
  const begin = performance.now();
  while (!is_so()) {
    if (performance.now() - begin > patience_ms) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
