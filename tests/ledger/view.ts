// What one reader hears of the house, from her live connection alone: never fetched, always carried on from her cursor. The audit
// compares it and then forgets it, so that a million words take no room.

export interface SeenEntry {
  readonly seq: number;
  readonly text: string;
}

interface EntryFrame {
  readonly seq: number;
  readonly event: string;
  readonly conversation: string | null;
  readonly entry?: { id: string; seq: number; text: string };
}

export class View {
  // Since the last audit; by id.
  readonly news = new Map<string, SeenEntry>();
  cursor = 0; // everything from the beginning
  private readonly heard = new Set<number>(); // since the last audit
  private audited = 0; // up to here

  /** Rules 1 and 2 of docs/live.md; says what is wrong, or nothing. */
  hear({ seq, event, entry }: EntryFrame): string | null {
    const is_double = this.heard.has(seq) || (event === 'entry_added' && seq <= this.audited);
    this.heard.add(seq);
    this.cursor = Math.max(this.cursor, seq);
    if (is_double) return `seq ${seq} came twice`;
    if (!entry) return null;
    const before = this.news.get(entry.id);
    if (before && before.seq !== entry.seq) return `entry ${entry.id} was said twice: ${before.seq} and ${entry.seq}`;
    this.news.set(entry.id, { seq: entry.seq, text: entry.text });
    return null;
  }

  caught_up(seq: number): void {
    this.cursor = Math.max(this.cursor, seq);
  }

  /** All that was heard so far is as it should be. */
  settle(): void {
    this.news.clear();
    this.heard.clear();
    this.audited = this.cursor;
  }
}
