// Everything a test leaves to chance, drawn from one seed that is printed: KITH_SEED=N draws the same again.
export interface Random {
  below(limit: number): number; // 0 to limit, without it
  between(from: number, until: number): number; // whole numbers
  bytes(count: number): Buffer;
}

const range = 2 ** 32;

export function random_from(seed = seed_of_this_run()): Random {
  let state = seed >>> 0;
  // Mulberry32: small, and good enough to choose moments and bytes.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return {
    below: (limit) => (next() / range) * limit,
    between: (from, until) => from + Math.floor((next() / range) * (until - from)),
    bytes: (count) => Buffer.from(Uint8Array.from({ length: count }, () => next() & 0xff)),
  };
}

export function seed_of_this_run(): number {
  const seed = Number(process.env['KITH_SEED'] ?? Math.floor(Math.random() * range));
  console.log(`replay with KITH_SEED=${seed}`);
  return seed;
}
