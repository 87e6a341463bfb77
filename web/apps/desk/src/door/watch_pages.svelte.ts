// Whether a page of theirs shows the panel already: the house remembers which pages asked for it. Asked only while somebody
// looks at the first-run page and waits for it.
import { must, type Api, type Id } from '@kith/wire';

const again_ms = 2000;

export class WatchPages {
  seen = $state(''); // the page, by its origin
  private readonly api: Api;
  private readonly inbox: () => Id | null;

  constructor(api: Api, inbox: () => Id | null) {
    this.api = api;
    this.inbox = inbox;
  }

  follow(): void {
    $effect(() => {
      const id = this.inbox();
      if (!id || this.seen) return;
      const timer = setInterval(() => void this.look(id), again_ms);
      return () => clearInterval(timer);
    });
  }

  private async look(id: Id): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    try {
      const { pages } = await must(this.api.GET('/api/desk/inboxes/{id}/pages', { params: { path: { id } } }));
      this.seen = pages.find((page) => page !== location.origin) ?? '';
    } catch {
      // The next look may be luckier.
    }
  }
}
