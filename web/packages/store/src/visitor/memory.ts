// What the panel keeps of a visitor on her device, in its own origin: who she is there, and what was said last.
import { new_id, new_secret } from '@kith/wire';
import type { Attachment, Conversation, Id, Person, PersonName, Promised, Seq, Topic } from '@kith/wire';
import type { Device } from '../shared/device.ts';
import { with_lock } from '../shared/device.ts';
import type { KeptShelf } from '../shared/shelf.ts';

// The visit: made here, so that beginning it twice is harmless.
export interface KeptVisit {
  id: Id;
  token: string;
  inbox: Id;
  has_begun: boolean;
  previous: string | null; // the token of an earlier visit: she stays who she is
  identity: string | null; // whom the host website said she is
}

export interface KeptStory {
  person: Person;
  conversation: Conversation;
  shelf: KeptShelf;
  topics: Topic[];
  promises: Promised[];
  companions: Id[];
  people: PersonName[];
  attachments: Attachment[];
  read_seq: Seq;
  read_by_team: Seq;
  cursor: Seq | null;
}

export interface KeptDraft {
  text: string;
  attachments: Id[];
}

// The visit to begin with: the one that was made here already, unless it is over or for somebody else. Two tabs that begin
// at the same moment begin the same one.
export function visit_to_begin(device: Device, inbox: Id, identity: string | null, is_over: boolean): Promise<KeptVisit> {
  return with_lock(`${device.name}-visit`, async () => {
    const known = await device.get<KeptVisit>('kept', 'visit');
    if (known && !is_over && known.identity === identity) return known;
    const previous = known?.has_begun && !is_over ? known.token : null;
    const visit: KeptVisit = { id: new_id(), token: new_secret(), inbox, has_begun: false, previous, identity };
    await device.put('kept', 'visit', visit);
    return visit;
  });
}

// Who the host website says she is; read without being believed (the house checks the signature). It only tells whether
// what is kept here belongs to somebody else.
export function identity_in(token: string | null): string | null {
  if (!token) return null;
  try {
    const payload = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    const told = JSON.parse(new TextDecoder().decode(bytes)) as { iss?: unknown; sub?: unknown };
    return JSON.stringify([told.iss, told.sub]);
  } catch {
    return null;
  }
}
