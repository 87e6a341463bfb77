// The conversations that were opened here. Those looked at last stay; one that nobody looks at and in which nothing is on its
// way is let go when there are too many.
import type { Id } from '@kith/wire';
import { most_talks } from './cache.ts';
import type { Talk } from './talk.svelte.ts';

export class TalkBook extends Map<Id, Talk> {
  private readonly is_busy: (talk: Talk) => boolean;
  private readonly let_go: (talk: Talk) => void;

  constructor(is_busy: (talk: Talk) => boolean, let_go: (talk: Talk) => void) {
    super();
    this.is_busy = is_busy;
    this.let_go = let_go;
  }

  add(talk: Talk): Talk {
    this.set(talk.id, talk);
    if (this.size > most_talks) this.forget_oldest();
    return talk;
  }

  private forget_oldest(): void {
    const free = [...this.values()].filter((each) => !this.is_busy(each));
    const oldest = free.reduce((a, b) => (a && a.used_at <= b.used_at ? a : b), free[0]);
    if (!oldest) return;
    this.delete(oldest.id);
    this.let_go(oldest);
  }
}
