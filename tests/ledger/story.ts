// What audits have seen of one conversation. Not its words but a digest of each stretch from one audit to the next, so that
// millions of words take no room and none of them can change or go without being noticed.
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';

export interface Kept {
  readonly id: string;
  readonly seq: number;
  readonly text: string;
}

interface Stretch {
  readonly from: number; // behind this seq
  readonly until: number; // up to this one
  readonly digest: string;
}

const add = (hash: Hash, { id, seq, text }: Kept): Hash => hash.update(`${id} ${seq} ${text}\n`);
const digest_of = (entries: readonly Kept[]): string => entries.reduce(add, createHash('sha256')).digest('hex');

export class Story {
  private readonly stretches: Stretch[] = [];
  private newest: Kept | null = null;

  /** Up to where it was audited. */
  get until(): number {
    return this.newest?.seq ?? 0;
  }

  /** What is new since the last audit, newest first. */
  go_on(news: readonly Kept[]): void {
    const newest = news[0];
    if (!newest) return;
    this.stretches.push({ from: this.until, until: newest.seq, digest: digest_of(news) });
    this.newest = newest;
  }

  /** The first thing that stands behind the news must be what stood last at the audit before; null: nothing stands there. */
  goes_on_from(behind_the_news: Kept | null): string | null {
    const last = this.newest;
    if (!last || (last.id === behind_the_news?.id && last.seq === behind_the_news.seq && last.text === behind_the_news.text)) return null;
    return `entry ${last.id} (${last.seq}) is not what it was, or went`;
  }

  /** Reads once more what earlier audits read, newest first. */
  recheck(): Recheck {
    return new Recheck(this.stretches);
  }
}

export class Recheck {
  private readonly stretches: readonly Stretch[];
  private at: number;
  private hash = createHash('sha256');
  readonly wrong: string[] = [];

  constructor(stretches: readonly Stretch[]) {
    this.stretches = stretches;
    this.at = stretches.length - 1;
  }

  see(entry: Kept): void {
    while (this.at >= 0 && entry.seq <= this.stretches[this.at]!.from) this.close();
    add(this.hash, entry);
  }

  end(): string[] {
    while (this.at >= 0) this.close();
    return this.wrong;
  }

  private close(): void {
    const { from, until, digest } = this.stretches[this.at--]!;
    if (this.hash.digest('hex') !== digest) this.wrong.push(`what stands behind ${from} up to ${until} is not what it was`);
    this.hash = createHash('sha256');
  }
}
