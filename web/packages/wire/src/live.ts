// The frames of docs/live.md.
import type {
  Attachment,
  Colleague,
  Conversation,
  Draft,
  Entry,
  EntryKind,
  Handover,
  Id,
  Later,
  Note,
  Person,
  Presence,
  PresenceLevel,
  Promised,
  Scheduled,
  Schemas,
  Seq,
  Settings,
  Topic,
} from './nouns.ts';

export interface Sender {
  kind: 'customer' | 'colleague' | 'machine';
  person: Id | null;
}

// What a customer is told of somebody's presence has no capacity.
export type Present = Pick<Presence, 'person' | 'level' | 'back_at'> & Partial<Pick<Presence, 'written_capacity' | 'takes_calls'>>;

export interface Welcome {
  type: 'welcome';
  seq: Seq;
  reset: boolean;
  you: { kind: 'customer' | 'colleague' | 'program'; person: Id | null };
  thread: Conversation | null;
  present: Present[];
}

type Told<Name extends string, Carries> = { type: 'event'; seq: Seq; event: Name; conversation: Id | null } & Carries;

export type LiveEvent =
  | Told<'entry_added' | 'entry_changed', { entry: Entry; attachments?: Attachment[] }>
  | Told<'conversation_changed', { thread: Conversation; person: Person }>
  | Told<'person_changed', { person: Person }>
  | Told<'topic_changed', { topic: Topic }>
  | Told<'promise_changed', { promise: Promised }>
  | Told<'note_changed', { note: Note }>
  | Told<'companions_changed', { companions: Id[] }>
  | Told<'read_mark_changed', { by: Sender; seq_read: Seq }>
  | Told<'handover_changed', { handover: Handover }>
  | Told<'draft_changed', { draft: Draft }>
  | Told<'later_changed', { later: Later | null }>
  | Told<'scheduled_changed', { scheduled: Scheduled }>
  | Told<'colleague_changed', { colleague: Colleague }>
  | Told<'settings_changed', { settings: Settings }>;

// Passes through and is gone.
export type Passing =
  | { type: 'typing'; conversation: Id; by: Sender }
  | { type: 'reading'; conversation: Id; seq: Seq; by: Sender }
  | { type: 'presence'; presence: Present };

export type Frame =
  | Welcome
  | LiveEvent
  | Passing
  | { type: 'caught_up'; seq: Seq }
  | { type: 'kept'; id: Id; seq: Seq }
  | { type: 'refused'; id: Id; problem: Partial<Schemas['Problem']> }
  | { type: 'problem'; problem: Partial<Schemas['Problem']> }
  | { type: 'pong' }
  | { type: 'going_away' };

export interface Write {
  id: Id;
  text: string;
  conversation?: Id;
  kind?: Extract<EntryKind, 'message' | 'thanks' | 'note_to_both'>;
  attachments?: Id[];
  topics?: Id[];
  after?: Seq;
}
export interface Edit {
  id: Id;
  entry: Id;
  text: string;
}
export interface TakeBack {
  id: Id;
  entry: Id;
}
export type LiveAct = ({ type: 'write' } & Write) | ({ type: 'edit' } & Edit) | ({ type: 'take_back' } & TakeBack);

export interface SayPresence {
  level: PresenceLevel;
  back_at?: string | null;
  written_capacity?: number;
  takes_calls?: boolean;
}
