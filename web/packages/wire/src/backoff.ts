// At once the first time, then 1, 2, 4 ... up to 30 seconds, each plus or minus half of it at random.
export function backoff_ms(failures: number, random: () => number = Math.random): number {
  if (failures <= 0) return 0;
  const middle = Math.min(30_000, 1000 * 2 ** Math.min(failures - 1, 10));
  return Math.round(middle * (0.5 + random()));
}
