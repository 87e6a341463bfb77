// The entries of one conversation as far as this device knows them: a stretch without gaps from `floor` to now. States of
// entries outside the stretch are remembered, so that an older page cannot bring back what was changed meanwhile.
import type { Attachment, Author, Entry, EntryPage, Id, Seq } from '@kith/wire';
import type { ShownEntry } from '../types.ts';
import { problem_in } from './act.ts';
import type { Pending } from './act.ts';

export interface KeptShelf {
  entries: Entry[];
  floor: Seq | null;
  older: Seq | null;
}

const shown_as_is = new WeakMap<Entry, ShownEntry>();

export class Shelf {
  floor: Seq | null = null; // null: nothing is loaded yet
  older: Seq | null = null; // cursor of the next older page
  private readonly by_id = new Map<Id, Entry>();
  private sorted: Entry[] = []; // by seq, from the floor on

  get is_loaded(): boolean {
    return this.floor !== null;
  }
  get has_older(): boolean {
    return this.older !== null;
  }
  get newest(): Entry | undefined {
    return this.sorted.at(-1);
  }
  find(id: Id): Entry | undefined {
    return this.by_id.get(id);
  }
  // Oldest first.
  get entries(): readonly Entry[] {
    return this.sorted;
  }

  // False when a newer state is known already.
  absorb(entry: Entry): boolean {
    const known = this.by_id.get(entry.id);
    if (known && known.changed_seq >= entry.changed_seq) return false;
    this.by_id.set(entry.id, entry);
    if (this.floor === null || entry.seq < this.floor) return true;
    const at = this.position(entry.seq);
    if (this.sorted[at]?.id === entry.id) this.sorted[at] = entry;
    else this.sorted.splice(at, 0, entry);
    return true;
  }

  // A page that joins the stretch at its old end, or begins it.
  page(page: Pick<EntryPage, 'entries' | 'older'>): void {
    for (const entry of page.entries) {
      const known = this.by_id.get(entry.id);
      if (!known || known.changed_seq < entry.changed_seq) this.by_id.set(entry.id, entry);
    }
    const oldest = page.entries.at(-1)?.seq ?? this.floor ?? 0;
    this.floor = page.older === null ? 0 : Math.min(oldest, this.floor ?? oldest);
    this.older = page.older;
    this.sort();
  }

  // Begins the stretch anew after a time of which not everything was heard, or when other strands are read here. `as_of` is
  // a seq that the page is not older than: what was heard after it stays.
  restart(page: Pick<EntryPage, 'entries' | 'older'>, as_of: Seq, strands: readonly Id[]): void {
    for (const [id, entry] of this.by_id) {
      if (entry.changed_seq <= as_of || !strands.includes(entry.strand)) this.by_id.delete(id);
    }
    this.floor = null;
    this.page(page);
  }

  clear(): void {
    this.by_id.clear();
    this.sorted = [];
    this.floor = this.older = null;
  }

  keep(most: number): KeptShelf {
    const entries = this.sorted.slice(-most);
    const is_whole = entries.length === this.sorted.length;
    return {
      entries,
      floor: is_whole ? this.floor : (entries[0]?.seq ?? this.floor),
      older: is_whole ? this.older : (entries[0]?.seq ?? this.older),
    };
  }

  bring_back(kept: KeptShelf): void {
    for (const entry of kept.entries) {
      const known = this.by_id.get(entry.id);
      if (!known || known.changed_seq < entry.changed_seq) this.by_id.set(entry.id, entry);
    }
    this.floor = kept.floor;
    this.older = kept.older;
    this.sort();
  }

  private sort(): void {
    const floor = this.floor ?? 0;
    this.sorted = [...this.by_id.values()].filter((entry) => entry.seq >= floor).sort((a, b) => a.seq - b.seq);
  }

  private position(seq: Seq): number {
    let from = 0;
    let to = this.sorted.length;
    if (to === 0 || this.sorted[to - 1]!.seq < seq) return to;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.sorted[middle]!.seq < seq) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

// An act is done when what it made is shown: then its entry speaks for itself.
export function is_settled(pending: Pending, shelf: Shelf): boolean {
  const entry = shelf.find(pending.act.entry);
  if (!entry) return false;
  return pending.act.type === 'write' || (pending.kept_seq !== null && entry.changed_seq >= pending.kept_seq);
}

// What a screen shows: what the house has, with what is on its way laid over it and behind it.
export function shown(shelf: Shelf, pending: readonly Pending[], me: Author, strand: Id): ShownEntry[] {
  const out = shelf.entries.map(as_it_is);
  if (pending.length === 0) return out;
  const overlays = new Map<Id, Pending>();
  for (const each of pending) if (each.act.type !== 'write' && !is_settled(each, shelf)) overlays.set(each.act.entry, each);
  for (let i = 0; overlays.size > 0 && i < out.length; ++i) {
    const overlay = overlays.get(out[i]!.id);
    if (overlay) out[i] = laid_over(out[i]!, overlay);
  }
  for (const each of pending) {
    if (each.act.type !== 'write' || shelf.find(each.act.id)) continue;
    const overlay = overlays.get(each.act.id);
    const on_its_way = written(each, me, strand);
    out.push(overlay ? laid_over(on_its_way, overlay) : on_its_way);
  }
  return out;
}

function as_it_is(entry: Entry): ShownEntry {
  const known = shown_as_is.get(entry);
  if (known) return known;
  const { changed_seq: _, ...rest } = entry;
  const made: ShownEntry = { ...rest, state: 'kept', held_until: null, problem: null, act: null };
  shown_as_is.set(entry, made);
  return made;
}

function standing(pending: Pending): Pick<ShownEntry, 'state' | 'held_until' | 'problem' | 'act'> {
  const { act, state } = pending;
  return { state, held_until: state === 'held' ? act.held_until : null, problem: problem_in(act), act: act.id };
}

function laid_over(entry: ShownEntry, pending: Pending): ShownEntry {
  const { act } = pending;
  // What the house refused does not stand there as if it were so.
  if (pending.state === 'failed') return { ...entry, ...standing(pending) };
  const change = act.type === 'edit' ? { text: act.text } : { text: '', attachments: [], taken_back: true };
  return { ...entry, ...change, ...standing(pending) };
}

function written(pending: Pending, me: Author, strand: Id): ShownEntry {
  const { act } = pending;
  return {
    id: act.id,
    seq: null,
    strand,
    kind: act.kind,
    channel: 'web',
    author: me,
    text: act.text,
    attachments: act.attachments,
    at: act.at,
    version: 1,
    taken_back: false,
    ...standing(pending),
  };
}

// The files of a house by id; they never change once they are kept, except for their description.
export type Files = Map<Id, Attachment>;
