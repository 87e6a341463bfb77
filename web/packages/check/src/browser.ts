// The browser of the journeys: Debian's Chromium with a microphone that plays a tone, one for all journeys of a file.
import { chromium } from 'playwright';
import type { Browser, BrowserContext, BrowserContextOptions, ConsoleMessage, Page } from 'playwright';

export const patience_ms = 50_000;

// What a browser says by itself when a house cannot be reached, or has nothing to give; the journeys do that on purpose.
const expected = /Failed to load resource|WebSocket connection to|ERR_CONNECTION|ERR_INTERNET_DISCONNECTED|net::ERR_/;

let running: Promise<Browser> | null = null;

export function browser(): Promise<Browser> {
  running ??= chromium.launch({
    executablePath: process.env['KITH_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  return running;
}

export async function close_browser(): Promise<void> {
  await (await running)?.close();
  running = null;
}

/** One human's browser: nothing in it is known to another one's. What goes wrong in its pages is written into `complaints`. */
export async function new_context(complaints: string[], options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await (
    await browser()
  ).newContext({ locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 860 }, ...options });
  context.setDefaultTimeout(patience_ms);
  context.on('console', (message) => complained(message, complaints));
  context.on('weberror', (error) =>
    complaints.push(`${error.page()?.url() ?? ''}: ${error.error().stack || error.error().message || error.error().name}`),
  );
  return context;
}

function complained(message: ConsoleMessage, complaints: string[]): void {
  if (message.type() !== 'error' || expected.test(message.text())) return;
  complaints.push(`${message.page()?.url() ?? ''}: ${message.text()}`);
}

/** The round face on a page of somebody else. It lives behind a closed shadow root, so it is asked as a screen reader would. */
export class Door {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async name(): Promise<string> {
    return (await this.button()).name;
  }

  /** A press in the middle of it, wherever it stands. */
  async press(): Promise<void> {
    const { x, y } = (await this.button()).middle;
    await this.page.mouse.click(x, y);
  }

  private async button(): Promise<{ name: string; middle: { x: number; y: number } }> {
    const devtools = await this.page.context().newCDPSession(this.page);
    try {
      for (const end = Date.now() + patience_ms; Date.now() < end; await this.page.waitForTimeout(100)) {
        const { nodes } = await devtools.send('Accessibility.getFullAXTree');
        const found = nodes.find((node) => node.role?.value === 'button' && String(node.name?.value ?? '') !== '');
        if (!found?.backendDOMNodeId) continue;
        const { model } = await devtools.send('DOM.getBoxModel', { backendNodeId: found.backendDOMNodeId });
        const [left = 0, top = 0, , , right = 0, bottom = 0] = model.border;
        return { name: String(found.name?.value), middle: { x: (left + right) / 2, y: (top + bottom) / 2 } };
      }
      throw new Error('there is no door on this page');
    } finally {
      await devtools.detach();
    }
  }
}
