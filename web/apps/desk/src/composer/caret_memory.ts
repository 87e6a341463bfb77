// Where the caret stood in each conversation. Gone with the page; the words themselves are kept by the store.
import type { Id } from '@kith/wire';

export interface Caret {
  readonly start: number;
  readonly end: number;
  readonly had_focus: boolean;
}

const carets = new Map<Id, Caret>();

export const caret_of = (conversation: Id): Caret | undefined => carets.get(conversation);
export const remember_caret = (conversation: Id, caret: Caret): void => void carets.set(conversation, caret);
