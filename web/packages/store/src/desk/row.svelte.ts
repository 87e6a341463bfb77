// One person in the lists of the desk. All facts stand behind one signal: fifty thousand rows must cost little.
import type { ConversationHead, ConversationRow, Entry, Handover, Id, Later, Person, Seq } from '@kith/wire';

export interface RowFacts {
  readonly person: Person;
  readonly head: ConversationHead;
  readonly newest: Entry | null;
  readonly read_seq: Seq;
  readonly later: Later | null;
  readonly companions: readonly Id[];
  readonly handover: Handover | null; // offered to me
}

export class Row {
  readonly id: Id; // of the conversation
  private facts = $state.raw() as RowFacts;
  private readonly my_id: () => Id | null;
  // As of which seq each part is known, so that newer states win.
  head_seq: Seq = 0;
  person_seq: Seq = 0;
  newest_seq: Seq = 0;
  later_seq: Seq = 0;
  companions_seq: Seq = 0;
  is_absorbed = false; // merged into somebody else's story: shown there
  is_whole: boolean; // false while an event alone told of her

  constructor(facts: RowFacts, my_id: () => Id | null, is_whole: boolean) {
    this.id = facts.head.id;
    this.facts = facts;
    this.my_id = my_id;
    this.is_whole = is_whole;
  }

  get person(): Person {
    return this.facts.person;
  }
  get newest(): Entry | null {
    return this.facts.newest;
  }
  get waiting_since(): string | null {
    return this.facts.head.waiting_since;
  }
  get paused_until(): string | null {
    return this.facts.head.paused_until;
  }
  get later(): Later | null {
    return this.facts.later;
  }
  get companions(): readonly Id[] {
    return this.facts.companions;
  }
  get handover(): Handover | null {
    return this.facts.handover;
  }
  get read_seq(): Seq {
    return this.facts.read_seq;
  }
  get knows_me(): boolean {
    const me = this.my_id();
    return me !== null && this.facts.companions.includes(me);
  }
  // None of us has answered here, nor was anybody brought in.
  get is_new_to_all(): boolean {
    return this.facts.companions.length === 0;
  }
  // Words of somebody else that I have not read on any device.
  get is_unread(): boolean {
    const { newest, read_seq } = this.facts;
    return newest !== null && newest.seq > read_seq && !newest.taken_back && newest.author.person !== this.my_id();
  }
  get last_seq(): Seq {
    return Math.max(this.facts.newest?.seq ?? 0, this.facts.head.last_entry);
  }
  get all(): RowFacts {
    return this.facts;
  }

  as_told(): ConversationRow {
    const { person, head, newest, read_seq, later, companions } = this.facts;
    return { person, conversation: head, newest, read_seq, later, companions: [...companions] };
  }

  change(facts: Partial<RowFacts>): void {
    this.facts = { ...this.facts, ...facts };
  }
}
