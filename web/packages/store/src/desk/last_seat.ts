// Whose desk this device opens before anybody answers: the id of the colleague who sat here last, nothing else.
import type { Id } from '@kith/wire';

const pointer = 'kith-desk-who';

export function remembered(): string | null {
  try {
    return localStorage.getItem(pointer);
  } catch {
    return null;
  }
}

export function remember(person: Id | null): void {
  try {
    if (person === null) localStorage.removeItem(pointer);
    else localStorage.setItem(pointer, person);
  } catch {
    // Then this device does not open offline; everything else works.
  }
}
