// Everybody the desk knows of, in the lists it shows: those who know me, those anyone can take, those who come back later,
// and all by their newest words.
import type { Conversation, ConversationRow, Entry, Handover, Id, LiveEvent, Person, Seq } from '@kith/wire';
import { Row } from './row.svelte.ts';
import type { RowFacts } from './row.svelte.ts';
import { Rows } from './rows.svelte.ts';

export class People {
  readonly everybody = new Rows();
  readonly line = { known: new Rows(), anyone: new Rows(), later: new Rows() };
  private readonly rows = new Map<Id, Row>();
  private readonly by_person = new Map<Id, Id>();
  private added = $state(0);
  private readonly my_id: () => Id | null;
  private readonly fetch_row: (conversation: Id) => void;

  // `fetch_row` is called for people of whom an event told only a part.
  constructor(my_id: () => Id | null, fetch_row: (conversation: Id) => void) {
    this.my_id = my_id;
    this.fetch_row = fetch_row;
  }

  row(conversation: Id): Row | undefined {
    const row = this.rows.get(conversation);
    if (!row) void this.added;
    return row;
  }
  row_of_person(person: Id): Row | undefined {
    const conversation = this.by_person.get(person);
    return conversation === undefined ? void this.added : this.rows.get(conversation);
  }
  get all(): Iterable<Row> {
    return this.rows.values();
  }

  // Rows of a list that is not older than `as_of`.
  take(rows: readonly ConversationRow[], as_of: Seq): void {
    const fresh: Row[] = [];
    for (const told of rows) {
      const row = this.rows.get(told.conversation.id);
      if (row) this.refresh(row, told, as_of);
      else fresh.push(this.add(facts_of(told), as_of, true));
    }
    this.settle_all(fresh);
  }

  // Her row begins with what is offered to me; the answer of the handover changes it.
  take_handover(handover: Handover): void {
    const row = this.rows.get(handover.conversation);
    if (!row) return this.fetch_row(handover.conversation);
    const is_mine = handover.state === 'offered' && handover.to === this.my_id();
    if (!is_mine && row.handover?.id !== handover.id) return;
    row.change({ handover: is_mine ? handover : null });
    this.settle(row);
  }

  mark_read(conversation: Id, seq: Seq): void {
    const row = this.rows.get(conversation);
    if (row && seq > row.read_seq) row.change({ read_seq: seq });
  }

  apply(event: LiveEvent): void {
    switch (event.event) {
      case 'entry_added':
      case 'entry_changed':
        return this.said(event.conversation, event.entry, event.seq);
      case 'conversation_changed':
        return this.conversation_changed(event.thread, event.person, event.seq);
      case 'person_changed':
        return this.person_changed(event.person, event.seq);
      case 'companions_changed':
        return this.change_part(event.conversation, 'companions_seq', event.seq, { companions: event.companions });
      case 'later_changed':
        return this.change_part(event.conversation, 'later_seq', event.seq, { later: event.later });
      case 'handover_changed':
        return this.take_handover(event.handover);
      case 'read_mark_changed':
        if (event.conversation && event.by.kind === 'colleague' && event.by.person === this.my_id())
          this.mark_read(event.conversation, event.seq_read);
        return;
      default:
        return;
    }
  }

  // The invented people are gone, and nothing tells so of each. Says which conversations went with them.
  forget_sample(): Set<Id> {
    const gone = [...this.rows.values()].filter((row) => row.person.is_sample);
    for (const row of gone) {
      for (const list of [this.everybody, ...Object.values(this.line)]) list.place(row, null);
      this.rows.delete(row.id);
      this.by_person.delete(row.person.id);
    }
    ++this.added;
    return new Set(gone.map((row) => row.id));
  }

  clear(): void {
    this.rows.clear();
    this.by_person.clear();
    this.everybody.clear();
    for (const list of Object.values(this.line)) list.clear();
    ++this.added;
  }

  private add(facts: RowFacts, seq: Seq, is_whole: boolean): Row {
    const row = new Row(facts, this.my_id, is_whole);
    row.head_seq = row.person_seq = row.later_seq = row.companions_seq = seq;
    row.newest_seq = facts.newest?.changed_seq ?? 0;
    row.is_absorbed = facts.person.merged_into !== null;
    this.rows.set(row.id, row);
    this.by_person.set(facts.person.id, row.id);
    ++this.added;
    return row;
  }

  private refresh(row: Row, told: ConversationRow, as_of: Seq): void {
    const facts = facts_of(told);
    const newest = is_newer(facts.newest, row) ? facts.newest : row.newest;
    row.is_whole = true;
    row.newest_seq = newest?.changed_seq ?? 0;
    row.change({
      newest,
      read_seq: Math.max(row.read_seq, facts.read_seq),
      ...(row.person_seq <= as_of ? { person: facts.person } : {}),
      ...(row.head_seq <= as_of ? { head: facts.head } : {}),
      ...(row.later_seq <= as_of ? { later: facts.later } : {}),
      ...(row.companions_seq <= as_of ? { companions: facts.companions } : {}),
    });
    for (const part of ['person_seq', 'head_seq', 'later_seq', 'companions_seq'] as const) row[part] = Math.max(row[part], as_of);
    row.is_absorbed = row.person.merged_into !== null;
    this.settle(row);
  }

  private said(conversation: Id | null, entry: Entry, seq: Seq): void {
    if (conversation === null) return;
    const row = this.rows.get(conversation);
    if (!row) return this.fetch_row(conversation);
    if (!is_newer(entry, row)) return;
    row.newest_seq = entry.changed_seq;
    const is_mine = entry.author.person === this.my_id() && entry.author.kind === 'colleague';
    // Whoever answers has read.
    row.change({ newest: entry, ...(is_mine ? { read_seq: Math.max(row.read_seq, seq) } : {}) });
    this.settle(row);
  }

  private conversation_changed(thread: Conversation, person: Person, seq: Seq): void {
    const { strands: _, ...head } = thread;
    const row = this.rows.get(thread.id);
    if (!row) {
      this.settle(this.add({ person, head, newest: null, read_seq: 0, later: null, companions: [], handover: null }, seq, false));
      return this.fetch_row(thread.id);
    }
    if (row.head_seq > seq) return;
    row.head_seq = seq;
    const is_newer_person = row.person_seq <= seq;
    if (is_newer_person) row.person_seq = seq;
    const was_absorbed = row.is_absorbed;
    row.change({ head, ...(is_newer_person ? { person } : {}) });
    row.is_absorbed = row.person.merged_into !== null;
    this.settle(row);
    if (was_absorbed && !row.is_absorbed) this.fetch_row(row.id);
    for (const strand of thread.strands) {
      const other = strand === thread.id ? undefined : this.rows.get(strand);
      if (!other || other.is_absorbed) continue;
      other.is_absorbed = true;
      this.settle(other);
    }
  }

  private person_changed(person: Person, seq: Seq): void {
    const row = this.rows.get(this.by_person.get(person.id) ?? '');
    if (!row || row.person_seq > seq) return;
    row.person_seq = seq;
    row.change({ person });
    row.is_absorbed = person.merged_into !== null;
    this.settle(row);
  }

  private change_part(conversation: Id | null, part: 'later_seq' | 'companions_seq', seq: Seq, facts: Partial<RowFacts>): void {
    if (conversation === null) return;
    const row = this.rows.get(conversation);
    if (!row) return this.fetch_row(conversation);
    if (row[part] > seq) return;
    row[part] = seq;
    row.change(facts);
    this.settle(row);
  }

  // Puts a row where it belongs now.
  private settle(row: Row): void {
    const { everybody, known, anyone, later } = keys_of(row);
    this.everybody.place(row, everybody);
    this.line.known.place(row, known);
    this.line.anyone.place(row, anyone);
    this.line.later.place(row, later);
  }

  private settle_all(rows: readonly Row[]): void {
    const keys = rows.map((row) => [row, keys_of(row)] as const);
    const having = (list: keyof ReturnType<typeof keys_of>) =>
      keys.flatMap(([row, key]) => (key[list] === null ? [] : [[row, key[list]] as const]));
    this.everybody.place_all(having('everybody'));
    this.line.known.place_all(having('known'));
    this.line.anyone.place_all(having('anyone'));
    this.line.later.place_all(having('later'));
  }
}

// Who waits longest stands first; who comes back soonest; whose words are newest.
function keys_of(row: Row) {
  const { head, later, handover } = row.all;
  const is_away = row.is_absorbed;
  const everybody = is_away || row.last_seq === 0 ? null : -row.last_seq;
  const later_key = is_away || !later ? null : later.until ? Date.parse(later.until) : Number.MAX_SAFE_INTEGER;
  const waits = is_away || later || head.waiting_since === null ? null : Date.parse(head.waiting_since);
  const is_mine = row.knows_me || handover !== null;
  const offered = !is_away && handover ? Date.parse(handover.at) : null;
  return {
    everybody,
    known: is_mine ? (waits ?? offered) : null,
    anyone: is_mine ? null : waits,
    later: later_key,
  };
}

function is_newer(entry: Entry | null, row: Row): boolean {
  const known = row.newest;
  if (!entry) return false;
  if (!known) return true;
  return entry.id === known.id ? entry.changed_seq > known.changed_seq : entry.seq > known.seq;
}

function facts_of(told: ConversationRow): RowFacts {
  const { person, conversation, newest, read_seq, later, companions } = told;
  return { person, head: conversation, newest, read_seq, later, companions, handover: null };
}
