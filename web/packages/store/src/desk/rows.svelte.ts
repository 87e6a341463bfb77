// A sorted list of people that stays cheap at fifty thousand: a change moves one row, and whoever shows a window of it reads
// just that window.
import type { Row } from './row.svelte.ts';

export class Rows {
  private sorted: Row[] = [];
  private readonly keys = new Map<Row, number>();
  private version = $state(0);
  // Where the next page begins: null at the end, undefined before the first.
  older = $state.raw<number | null | undefined>(undefined);

  get length(): number {
    void this.version;
    return this.sorted.length;
  }
  get has_older(): boolean {
    return this.older !== null;
  }
  at(index: number): Row | undefined {
    void this.version;
    return this.sorted[index];
  }
  slice(from: number, to?: number): Row[] {
    void this.version;
    return this.sorted.slice(from, to);
  }
  index_of(row: Row): number {
    void this.version;
    const key = this.keys.get(row);
    return key === undefined ? -1 : this.position(row, key);
  }
  [Symbol.iterator](): Iterator<Row> {
    void this.version;
    return this.sorted.values();
  }

  // Small keys stand first; null takes the row out.
  place(row: Row, key: number | null): void {
    const before = this.keys.get(row);
    if (before === (key ?? undefined)) return;
    if (before !== undefined) this.sorted.splice(this.position(row, before), 1);
    if (key === null) this.keys.delete(row);
    else {
      this.keys.set(row, key);
      this.sorted.splice(this.position(row, key), 0, row);
    }
    ++this.version;
  }

  // Many at once, which were not here before.
  place_all(rows: readonly (readonly [Row, number])[]): void {
    if (rows.length === 0) return;
    for (const [row, key] of rows) {
      if (!this.keys.has(row)) this.sorted.push(row);
      this.keys.set(row, key);
    }
    this.sorted.sort((a, b) => this.order(a, this.keys.get(a)!, b));
    ++this.version;
  }

  clear(): void {
    this.sorted = [];
    this.keys.clear();
    this.older = undefined;
    ++this.version;
  }

  private order(a: Row, key: number, b: Row): number {
    const other = this.keys.get(b)!;
    return key === other ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : key - other;
  }

  // Where it stands, or would stand.
  private position(row: Row, key: number): number {
    let from = 0;
    let to = this.sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      const each = this.sorted[middle]!;
      if (each !== row && this.order(row, key, each) > 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
