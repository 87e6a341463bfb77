// Where one is in a conversation, and how much of it is drawn. The log hangs from its end (column-reverse), so 0 is the end
// and everything above is negative.
import type { Talk } from '@kith/store/desk';
import type { TalkItem } from '@kith/store/types';
import type { Id } from '@kith/wire';
import { plain_words } from '@kith/ui/markdown';
import { tick, untrack } from 'svelte';
import { remember_left, where_left } from './scroll_memory.ts';
import type { TalkView } from './talk_view.svelte.ts';

const first_lines = 40;
const more_lines = 60;
const near_px = 80;
const news_px = 12; // the line of news stands this far below the upper edge
const most_ms = 1500;
const still_ms = 200;
const aim_ms = 2400;
const most_pages_back = 60;
const lines_before = 10; // what is drawn above a line that is looked for
const hands = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

interface Anchor {
  readonly line: HTMLElement;
  readonly offset: number; // of its upper edge from that of the log
}

export class LogScroll {
  private count = $state(first_lines); // how many of the newest items are drawn
  aimed = $state<Id | ''>(''); // a deep link points here
  news_above = $state(false);
  news_below = $state(false);
  just_said = $state(''); // read aloud
  private is_placed = false;
  private holds = 0; // the last one wins
  private newest = '';
  private readonly log: () => HTMLElement | undefined;
  private readonly talk: () => Talk;
  private readonly view: () => TalkView;
  readonly shown: readonly TalkItem[] = $derived.by(() => {
    const { items } = this.talk();
    return items.length > this.count ? items.slice(-this.count) : items;
  });

  constructor(log: () => HTMLElement | undefined, talk: () => Talk, view: () => TalkView) {
    this.log = log;
    this.talk = talk;
    this.view = view;
  }

  // Begins to follow what happens; call it while the component is made.
  follow(aim: () => Id): void {
    $effect(() => {
      const view = this.view();
      view.to_end = () => this.to_end();
      view.to_news = () => void this.to_news();
    });
    // The first time there is something to see: where it was left, at what is new, or at the end.
    $effect(() => {
      if (this.is_placed || this.talk().items.length === 0 || !this.log()) return;
      this.is_placed = true;
      untrack(() => void this.place(aim()));
    });
    $effect(() => {
      const entry = aim();
      if (entry && this.talk().state === 'ready') untrack(() => void this.aim_at(entry));
    });
    // New words below: nothing moves for whoever reads further up.
    let before: Anchor | null = null;
    $effect.pre(() => {
      void this.talk().items;
      before = untrack(() => (this.is_placed && !this.view().is_at_end ? this.anchor() : null));
    });
    $effect(() => {
      const last = this.talk().items.at(-1)?.key ?? '';
      untrack(() => this.appended(last, before));
    });
    // What is above and below may have changed with what is shown: a line of news goes when it is answered.
    $effect(() => {
      void this.shown;
      void this.talk().new_since;
      if (this.is_placed) requestAnimationFrame(() => this.scrolled());
    });
    $effect(() => () => this.leave());
  }

  draw_all(): void {
    this.count = Math.max(this.count, this.talk().items.length);
  }

  scrolled(): void {
    const log = this.log();
    if (!log) return;
    const view = this.view();
    view.is_at_end = -log.scrollTop < near_px;
    if (view.is_at_end) this.news_below = false;
    // While any of the first new words is in sight, the way there would only lie on top of them.
    const first = log.querySelector('[data-line="new"]')?.nextElementSibling;
    this.news_above = this.talk().new_since !== null && !!first && first.getBoundingClientRect().bottom < log.getBoundingClientRect().top;
    if (log.scrollHeight - log.clientHeight + log.scrollTop < log.clientHeight) void this.draw_more();
  }

  to_end(): void {
    const log = this.log();
    ++this.holds;
    if (log) log.scrollTop = 0;
    this.scrolled();
  }

  async to_news(): Promise<void> {
    const line = await this.draw_news();
    if (line) this.hold({ line, offset: news_px });
    this.scrolled();
  }

  private async place(aim: Id): Promise<void> {
    this.newest = this.talk().items.at(-1)?.key ?? '';
    await tick();
    if (aim) return;
    const left = where_left(this.talk().id);
    if (left) return this.come_back(left.key, left.offset);
    // At the end, unless what is new begins further up: then it begins at the upper edge.
    const line = await this.draw_news();
    if (line) this.hold({ line, offset: news_px }, 'down');
    this.scrolled();
  }

  // The line of what is new, drawn, however much came since.
  private async draw_news(): Promise<HTMLElement | null> {
    const { new_since, items } = this.talk();
    if (new_since === null) return null;
    const first = items.findIndex((item) => 'entry' in item && item.entry.seq !== null && item.entry.seq > new_since);
    if (first >= 0) this.count = Math.max(this.count, items.length - first + lines_before);
    await tick();
    return this.log()?.querySelector<HTMLElement>('[data-line="new"]') ?? null;
  }

  private async come_back(key: string, offset: number): Promise<void> {
    const line = await this.draw(key, 0);
    if (line) this.hold({ line, offset });
    this.scrolled();
  }

  // The line at the upper edge, and how far from it.
  private anchor(): Anchor | null {
    const log = this.log();
    if (!log) return null;
    const edge = log.getBoundingClientRect().top;
    const line = [...log.querySelectorAll<HTMLElement>('[data-line]')].find((one) => one.getBoundingClientRect().bottom > edge);
    return line ? { line, offset: line.getBoundingClientRect().top - edge } : null;
  }

  // Puts a line where it belongs. What was not drawn before may be higher than it was thought to be, so it is looked at again,
  // frame by frame, until it stands still; a hand that scrolls has its way. `down`: only ever down, into sight.
  private hold(anchor: Anchor, way: 'both' | 'down' = 'both'): void {
    const log = this.log();
    if (!log) return;
    const hold = ++this.holds;
    const given_up = () => ++this.holds;
    for (const hand of hands) log.addEventListener(hand, given_up, { once: true, passive: true });
    const over = () => hands.forEach((hand) => log.removeEventListener(hand, given_up));
    const began = performance.now();
    const look = (moved: number): void => {
      const now = performance.now();
      if (hold !== this.holds || now - began > most_ms || now - moved > still_ms || !anchor.line.isConnected) return over();
      const by = anchor.line.getBoundingClientRect().top - log.getBoundingClientRect().top - anchor.offset;
      const moves = Math.abs(by) >= 1 && (way === 'both' || by < 0);
      if (moves) log.scrollTop += by;
      requestAnimationFrame(() => look(moves ? now : moved));
    };
    look(began);
  }

  private async aim_at(entry: Id): Promise<void> {
    const line = await this.draw(entry, most_pages_back);
    if (!line) return;
    this.aimed = entry;
    this.hold({ line, offset: Math.max(news_px, ((this.log()?.clientHeight ?? 0) - line.clientHeight) / 2) });
    line.focus({ preventScroll: true });
    setTimeout(() => (this.aimed = ''), aim_ms);
  }

  // Draws (and loads) as much as is needed for this line.
  private async draw(key: string, pages: number): Promise<HTMLElement | null> {
    const talk = this.talk();
    for (let page = 0; page <= pages; page += 1) {
      const at = talk.items.findIndex((item) => item.key === key);
      if (at >= 0) this.count = Math.max(this.count, talk.items.length - at + lines_before);
      await tick();
      const line = this.log()?.querySelector<HTMLElement>(`[data-line="${CSS.escape(key)}"]`) ?? null;
      if (line || !talk.has_older || page === pages) return line;
      await talk.load_older().catch(() => {});
    }
    return null;
  }

  private async draw_more(): Promise<void> {
    const talk = this.talk();
    if (this.count < talk.items.length) this.count += more_lines;
    else if (talk.has_older && !talk.is_loading_older) {
      this.count += more_lines;
      await talk.load_older().catch(() => {});
    }
  }

  private appended(last: string, before: Anchor | null): void {
    const log = this.log();
    const talk = this.talk();
    if (!log || !this.is_placed || last === this.newest) return;
    this.newest = last;
    const item = talk.items.at(-1);
    const is_mine = item && 'entry' in item && item.entry.seq === null;
    if (item && 'entry' in item && item.entry.author.kind === 'customer') this.just_said = plain_words(item.entry.text);
    if (is_mine) return this.to_end();
    if (!before) return;
    this.hold(before);
    this.news_below = true;
  }

  private leave(): void {
    const log = this.log();
    const { id } = this.talk();
    if (!log || -log.scrollTop < near_px) return remember_left(id, null);
    const anchor = this.anchor();
    const key = anchor?.line.dataset['line'];
    remember_left(id, anchor && key ? { key, offset: anchor.offset } : null);
  }
}
