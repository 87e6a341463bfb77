// A page that stayed open while its house was updated: parts that it fetches later are no more. It notices when one is missing
// and looks whether there is a newer page in its place; without a line, or while the house is away, nothing is said.
const too_soon_ms = 10_000;

export interface LeftBehind {
  take: () => void; // the newer page; what somebody writes is kept with every keystroke
  // Not now: something is half done that is kept nowhere.
  may_take?: () => boolean;
  ask?: () => void;
}

export function notice_when_left_behind({ take, may_take = () => true, ask = take }: LeftBehind): void {
  let is_looking = false;
  const look = async () => {
    if (is_looking) return;
    is_looking = true;
    const is_newer = await there_is_a_newer_page().catch(() => false);
    is_looking = false;
    if (!is_newer) return;
    // A page that is this young came from somewhere that still has the old one: never round and round.
    const is_young = performance.now() < too_soon_ms;
    if (may_take() && !is_young) take();
    else if (!is_young || ask !== take) ask();
  };
  globalThis.addEventListener('vite:preloadError', () => void look());
}

async function there_is_a_newer_page(): Promise<boolean> {
  const script = document.querySelector<HTMLScriptElement>('script[type=module][src]');
  const response = await fetch(location.pathname + location.search, { cache: 'no-store' });
  return response.ok && script !== null && !(await response.text()).includes(new URL(script.src).pathname);
}
