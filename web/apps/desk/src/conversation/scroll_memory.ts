// Where each conversation was left, so that coming back is coming back: which line stood at the upper edge, and how far
// below it. Nothing is kept for who was at the end. Gone with the page.
import type { Id } from '@kith/wire';

export interface Left {
  readonly key: string; // of the line
  readonly offset: number; // of its upper edge from that of the log
}

const left = new Map<Id, Left>();

export const where_left = (conversation: Id): Left | undefined => left.get(conversation);

export function remember_left(conversation: Id, place: Left | null): void {
  left.delete(conversation);
  if (place) left.set(conversation, place);
}
