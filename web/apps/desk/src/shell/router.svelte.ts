// Our own few lines of a router: links stay links (a middle click opens a tab), going back is the browser's own going back.
import type { Id } from '@kith/wire';
import { base, place_of, type Place } from './routes.ts';

export class Router {
  place = $state.raw<Place>(place_of(location.pathname, location.hash));
  // Grows with every step inside the desk, so that "back" on a phone knows whether there is something of ours behind it.
  private steps = 0;

  constructor() {
    // What stood behind # is read once and leaves the address: it must not lie in a history or be copied along.
    if (this.place.secret) history.replaceState(history.state, '', location.pathname + location.search);
  }

  get room(): string {
    return this.place.room;
  }

  // The conversation that is open; '' when none is.
  get conversation(): Id {
    return this.place.room === 'people' ? (this.place.parts[0] ?? '') : '';
  }

  // The entry that a deep link points at.
  get entry(): Id {
    return this.place.room === 'people' && this.place.parts[1] === 'entry' ? (this.place.parts[2] ?? '') : '';
  }

  go(path: string, how: { replace?: boolean } = {}): void {
    if (path === location.pathname) {
      this.place = place_of(path); // the same entry again: scroll to it again
      return;
    }
    if (how.replace) history.replaceState(history.state, '', path);
    else {
      this.steps += 1;
      history.pushState({ steps: this.steps }, '', path);
    }
    this.place = place_of(path);
  }

  back(otherwise: string): void {
    if (this.steps > 0) history.back();
    else this.go(otherwise, { replace: true });
  }

  // Follows the links of the page and the browser's own buttons. Returns how to stop.
  start(): () => void {
    const popped = () => {
      this.steps = Number((history.state as { steps?: number } | null)?.steps ?? 0);
      this.place = place_of(location.pathname, location.hash);
    };
    const clicked = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link || !is_ours(link, event)) return;
      event.preventDefault();
      this.go(link.pathname);
    };
    addEventListener('popstate', popped);
    document.addEventListener('click', clicked);
    return () => {
      removeEventListener('popstate', popped);
      document.removeEventListener('click', clicked);
    };
  }
}

function is_ours(link: HTMLAnchorElement, event: MouseEvent): boolean {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const inside = link.origin === location.origin && link.pathname.startsWith(base);
  return plain && inside && !event.defaultPrevented && !link.target && !link.hasAttribute('download');
}
