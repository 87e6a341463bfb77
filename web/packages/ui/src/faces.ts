// What a face shows when there is no photo.
export type Presence = 'open' | 'gentle' | 'with_someone' | 'beat' | 'away';
export type Someone = { id: string; name: string; src?: string | null };

const grounds = 5;

/** The same person has the same warm colour everywhere. 1 to 5. */
export function ground_of(id: string): number {
  let mixed = 0x811c9dc5;
  for (const letter of id) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return ((mixed >>> 8) % grounds) + 1;
}

/** "Ingrid Lindqvist" is IL, "Mira" is M; the first and the last word, whole letters of any script. */
export function initials_of(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  return chosen.map((word) => (word?.match(/[\p{L}\p{N}]\p{M}*/u)?.[0] ?? '').toLocaleUpperCase()).join('');
}
