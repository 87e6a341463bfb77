// Orders of lists.

/** Letter by letter. So also the house's times, which are written in one way (ISO 8601, UTC). */
export const by_letters = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const plain = /^[A-Za-z]+(?: [A-Za-z]+)*$/;

/** As readers expect names. The rules of a language take a page milliseconds to load; plain names do without and fall the same. */
export function by_name(a: string, b: string): number {
  const letters = plain.test(a) && plain.test(b) ? by_letters(a.toLowerCase(), b.toLowerCase()) : 0;
  return letters || a.localeCompare(b);
}
