// Something said that the house does not have yet.
import { new_id, Problem } from '@kith/wire';
import type { Id, LiveAct, ProblemCode, Seq } from '@kith/wire';
import type { SendState } from '../types.ts';

export interface Act {
  readonly id: Id; // of the entry for `write`, of the act itself for the others
  readonly type: 'write' | 'edit' | 'take_back';
  readonly lane: Id; // the conversation: what is said there stays in order
  readonly entry: Id;
  readonly text: string;
  readonly kind: 'message' | 'thanks' | 'note_to_both';
  readonly attachments: Id[];
  readonly topics: Id[];
  readonly after: Seq | null;
  readonly at: string;
  readonly held_until: number; // ms; 0: not held
  readonly failed: { code: ProblemCode; title: string; detail: string } | null;
}

// Something said now: what `more` does not say is as it usually is.
export function act_of(lane: Id, type: Act['type'], entry: Id, more: Partial<Act>): Act {
  return {
    id: new_id(),
    type,
    lane,
    entry,
    text: '',
    kind: 'message',
    attachments: [],
    topics: [],
    after: null,
    at: new Date().toISOString(),
    held_until: 0,
    failed: null,
    ...more,
  };
}

// An act with where it stands; `kept_seq` is set when it is durable and its event is still to come.
export interface Pending {
  readonly act: Act;
  readonly state: SendState;
  readonly kept_seq: Seq | null;
}

export function frame_of(act: Act, conversation: Id | null): LiveAct {
  if (act.type === 'edit') return { type: 'edit', id: act.id, entry: act.entry, text: act.text };
  if (act.type === 'take_back') return { type: 'take_back', id: act.id, entry: act.entry };
  return { type: 'write', ...(conversation === null ? {} : { conversation }), ...body_of(act) };
}

// The same as the body of a request. What is empty is left out, so that a repeat says the same, byte for byte.
export function body_of(act: Act) {
  return {
    id: act.id,
    text: act.text,
    kind: act.kind,
    ...(act.attachments.length > 0 ? { attachments: act.attachments } : {}),
    ...(act.topics.length > 0 ? { topics: act.topics } : {}),
    ...(act.after === null ? {} : { after: act.after }),
  };
}

export function problem_in(act: Act): Problem | null {
  return act.failed && new Problem(act.failed.code, { title: act.failed.title, detail: act.failed.detail });
}
