// What both houses hand out.
import type { Author, Entry, EntryKind, Id, Note, Problem, Seq } from '@kith/wire';

export type Connection = 'resting' | 'connecting' | 'here' | 'away';

// held: undo is possible; waiting: safe on this device; sending: on its way; kept: durable in the house; failed: the house
// says no.
export type SendState = 'held' | 'waiting' | 'sending' | 'kept' | 'failed';

export interface ShownEntry {
  readonly id: Id;
  readonly seq: Seq | null; // null while it is only here
  readonly strand: Id;
  readonly kind: EntryKind;
  readonly channel: Entry['channel'];
  readonly author: Author;
  readonly text: string;
  readonly attachments: readonly Id[];
  readonly at: string;
  readonly version: number;
  readonly taken_back: boolean;
  readonly state: SendState;
  readonly held_until: number | null;
  readonly problem: Problem | null;
  readonly act: Id | null; // what `retry` and `discard` take: the act behind the state
}

export type TalkItem = { readonly key: Id; readonly entry: ShownEntry } | { readonly key: Id; readonly note: Note };

export interface Passer {
  readonly kind: Author['kind'];
  readonly person: Id | null;
}

export type FileState = 'waiting' | 'sending' | 'kept' | 'failed';

// What somebody is about to say.
export interface Words {
  text: string;
  attachments?: Id[] | undefined;
  topics?: Id[] | undefined;
  kind?: 'message' | 'thanks' | 'note_to_both' | undefined;
}
