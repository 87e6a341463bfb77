// Speaking with the website around the panel, through the glass: with exactly the window above us, and only when its origin is
// the one we were told. Whether that website may frame us at all is said by our content security policy.
import type { PresenceLevel } from '@kith/wire';

const patience_ms = 1000;

interface CameIn {
  identity_token: string | null;
  is_open: boolean;
}

/** What the door outside shows. */
export interface Standing {
  unread: number;
  called: string;
  face: string | null;
  level: PresenceLevel;
}

export class Glass {
  // Whether somebody looks at the panel.
  is_open = $state(true);
  identity_token: string | null = null;
  on_opened: () => void = () => {};
  private readonly host: string | null;
  private readonly outside: Window;
  private told = '';

  constructor(host: string | null, outside: Window = window.parent) {
    this.host = host;
    this.outside = outside;
    if (host) this.is_open = false;
  }

  get is_framed(): boolean {
    return this.host !== null;
  }

  // Says that we are here, and waits a moment to hear who she is. A frame without a door around it is just open.
  async knock(): Promise<void> {
    if (!this.host) return;
    const came_in = new Promise<CameIn | null>((resolve) => {
      window.addEventListener('message', (event) => this.hear(event, resolve));
      setTimeout(() => resolve(null), patience_ms);
    });
    this.say({ kith: 'knock' });
    const met = await came_in;
    this.identity_token = met?.identity_token ?? null;
    this.is_open = met?.is_open ?? true;
  }

  close(): void {
    this.say({ kith: 'close' });
  }

  tell(standing: Standing): void {
    const words = JSON.stringify(standing);
    if (words === this.told) return;
    this.told = words;
    this.say({ kith: 'tell', ...standing });
  }

  private say(words: object): void {
    if (this.host) this.outside.postMessage(words, this.host);
  }

  private hear(event: MessageEvent, came_in: (met: CameIn) => void): void {
    if (event.source !== this.outside || event.origin !== this.host) return;
    const said = event.data as Partial<Record<string, unknown>> | null;
    if (said?.['kith'] === 'opened') {
      this.is_open = true;
      this.on_opened();
    } else if (said?.['kith'] === 'closed') {
      this.is_open = false;
    } else if (said?.['kith'] === 'come_in') {
      const { identity_token: token, is_open } = said;
      const is_token = typeof token === 'string' && token.length > 0 && token.length <= 4096;
      came_in({ identity_token: is_token ? token : null, is_open: is_open === true });
    }
  }
}
