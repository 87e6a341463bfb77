// Filling the lists of people: who waits, everybody page by page, and single ones of whom an event told only a part.
import { must } from '@kith/wire';
import type { ConversationRow, Id, LaterList } from '@kith/wire';
import { breathed } from '../shared/breathe.ts';
import { DeskTeam } from './desk_team.svelte.ts';
import type { Row } from './row.svelte.ts';

const list_page = 100;
const at_once = 4;
const calm_ms = 3000;

export abstract class DeskLists extends DeskTeam {
  private line_further: string | null = null;
  private people_under_way: Promise<void> | null = null;
  private readonly asked_rows = new Set<Id>();
  private readonly row_queue: Id[] = [];
  private rows_under_way = 0;

  // Somebody else may sit here next.
  protected leave_lists(): void {
    this.seat = {};
    this.line_further = null;
    this.people_under_way = null;
    this.row_queue.length = 0;
    this.asked_rows.clear();
    this.people_book.clear();
    this.household.clear();
    this.files.clear();
  }

  // The first answer said as of when everything is known.
  protected abstract began(): void;

  protected load_line(): Promise<void> {
    return this.load_line_page({ limit: list_page });
  }
  private async load_line_page(query: { limit: number; after?: string }): Promise<void> {
    this.line_further = null;
    const { waiting, further, newest_seq } = await this.asked(must(this.api.GET('/api/desk/line', { params: { query } })).then(breathed));
    if (this.cursor === null) {
      this.cursor = newest_seq;
      this.began();
    }
    this.people_book.take(waiting, newest_seq);
    this.line_further = further;
  }

  // To whom she comes back later, however long ago they spoke: the lists of people may not reach that far.
  protected async load_laters(): Promise<void> {
    let after: string | null = null;
    do {
      const query: { limit: number; after?: string } = after === null ? { limit: list_page } : { limit: list_page, after };
      const page: LaterList = await this.asked(must(this.api.GET('/api/desk/laters', { params: { query } })));
      for (const { conversation } of page.laters) {
        if (!this.people_book.row(conversation)?.is_whole) this.want_row(conversation);
      }
      after = page.further;
    } while (after !== null);
  }

  // The next page of everybody, newest words first.
  load_people(from_the_top = false): Promise<void> {
    this.people_under_way ??= this.load_people_page(from_the_top).finally(() => (this.people_under_way = null));
    return this.people_under_way;
  }
  private async load_people_page(from_the_top: boolean): Promise<void> {
    const { everybody } = this.people_book;
    const before = from_the_top ? undefined : everybody.older;
    if (before === null) return;
    const as_of = this.cursor ?? 0;
    const query = { limit: list_page, ...(before === undefined ? {} : { before }) };
    const page = await this.asked(must(this.api.GET('/api/desk/people', { params: { query } })).then(breathed));
    this.people_book.take(page.people, as_of);
    if (!from_the_top || everybody.older === undefined || everybody.older === null) everybody.older = page.older;
  }

  // Somebody of whom an event told only a part; four at a time.
  protected want_row(conversation: Id): void {
    if (this.asked_rows.has(conversation)) return;
    this.asked_rows.add(conversation);
    this.row_queue.push(conversation);
    this.fetch_rows();
  }
  private fetch_rows(): void {
    while (this.rows_under_way < at_once && this.row_queue.length > 0) {
      ++this.rows_under_way;
      void this.fetch_row(this.row_queue.shift()!).finally(() => {
        --this.rows_under_way;
        this.fetch_rows();
      });
    }
  }
  private async fetch_row(id: Id): Promise<void> {
    try {
      const params = { path: { id } };
      const both = Promise.all([
        must(this.api.GET('/api/desk/conversations/{id}', { params })),
        must(this.api.GET('/api/desk/conversations/{id}/entries', { params: { ...params, query: { limit: 1 } } })),
      ]);
      const [page, newest] = await this.asked(both);
      this.take_conversation(page, newest.entries[0] ?? null);
    } catch {
      // Without a line: it is told again when there is one, or loaded with the lists.
    } finally {
      this.asked_rows.delete(id);
    }
  }

  // The settings changed: perhaps because the sample was let go, with all its people and what was about them.
  protected async look_for_the_sample(forget: (conversation: Id) => void): Promise<void> {
    if (![...this.people_book.all].some((row) => row.person.is_sample)) return;
    const { inboxes } = await must(this.api.GET('/api/desk/inboxes'));
    if (inboxes.some((inbox) => inbox.is_sample)) return;
    const gone = this.people_book.forget_sample();
    this.household.forget(gone);
    gone.forEach(forget);
    await this.household.load(this.cursor ?? 0);
  }

  // The house tells of a hundred who wait; when most of them have been answered, the next ones are asked for.
  protected load_more_of_the_line(): void {
    const after = this.line_further;
    if (after === null || this.line.known.length + this.line.anyone.length >= list_page / 2) return;
    void this.load_line_page({ limit: list_page, after }).catch(() => (this.line_further ??= after));
  }

  // As many of the last ones as this device keeps for when there is no line; whoever just sat down waits for none of it.
  protected async load_enough(most: number): Promise<void> {
    const { seat } = this;
    await new Promise((resolve) => setTimeout(resolve, calm_ms));
    while (seat === this.seat && this.people.length < most && this.people.has_older) await this.load_people();
  }

  protected rows_worth_keeping(most: number, talks: Iterable<Id>): ConversationRow[] {
    const rows = new Set<Row>([...this.people.slice(0, most), ...this.line.known, ...this.line.later, ...this.line.anyone.slice(0, most)]);
    for (const id of talks) {
      const row = this.people_book.row(id);
      if (row && !row.is_absorbed) rows.add(row);
    }
    return [...rows].filter((row) => row.is_whole).map((row) => row.as_told());
  }
}
