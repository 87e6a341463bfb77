// Says that the newest words were read: only while they are on a screen that somebody looks at.
import type { Talk } from '@kith/store/desk';
import type { TalkView } from './talk_view.svelte.ts';

const again_ms = 20_000;

export class ReadMarks {
  private is_looking = $state(document.visibilityState === 'visible' && document.hasFocus());
  private readonly talk: () => Talk;
  private readonly view: () => TalkView;

  constructor(talk: () => Talk, view: () => TalkView) {
    this.talk = talk;
    this.view = view;
  }

  follow(): void {
    $effect(() => {
      const look = () => (this.is_looking = document.visibilityState === 'visible' && document.hasFocus());
      for (const event of ['focus', 'blur'] as const) addEventListener(event, look);
      document.addEventListener('visibilitychange', look);
      return () => {
        for (const event of ['focus', 'blur'] as const) removeEventListener(event, look);
        document.removeEventListener('visibilitychange', look);
      };
    });
    $effect(() => {
      const talk = this.talk();
      void talk.entries.length;
      if (!this.is_looking || !this.view().is_at_end || talk.state !== 'ready') return;
      talk.mark_read();
      // Whoever still looks is still shown as reading.
      const timer = setInterval(() => talk.mark_read(), again_ms);
      return () => clearInterval(timer);
    });
  }
}
