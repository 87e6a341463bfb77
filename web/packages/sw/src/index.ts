// A newer Kith, when it is convenient: found quietly, taken when somebody asks for it or nobody looks.
export interface UpdatesOptions {
  on_ready: () => void; // a newer version is here and waits
  script?: string;
  scope?: string;
}

const look_every_ms = 30 * 60_000;

export class Updates {
  is_ready = false;
  private readonly options: UpdatesOptions;
  private registration: ServiceWorkerRegistration | null = null;
  private is_asked = false;

  constructor(options: UpdatesOptions) {
    this.options = options;
  }

  start(): void {
    if (!('serviceWorker' in navigator)) return;
    const had_one = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (this.is_asked) location.reload();
      // Another tab took the newer one; this one may go on, and should follow when it suits.
      else if (had_one) this.ready();
    });
    void this.register();
  }

  // Quietly: without an answer everything stays as it is.
  look(): void {
    void this.registration?.update().catch(() => {});
  }

  // Takes the newer version; the page comes back as it was, because drafts and the outbox are on the device.
  async apply(): Promise<void> {
    this.is_asked = true;
    const waiting = this.registration?.waiting;
    if (waiting) waiting.postMessage('take_over');
    else if (this.is_ready) location.reload();
  }

  // While nobody looks and nothing would be interrupted.
  apply_when_hidden(may: () => boolean): void {
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && this.is_ready && may()) void this.apply();
    });
  }

  private async register(): Promise<void> {
    const { script = '/desk/sw.js', scope = '/desk/' } = this.options;
    try {
      this.registration = await navigator.serviceWorker.register(script, { scope, updateViaCache: 'none' });
    } catch {
      return; // in development there is none
    }
    const { registration } = this;
    if (!registration) return; // a browser that is told to have none
    if (registration.waiting && navigator.serviceWorker.controller) this.ready();
    registration.addEventListener('updatefound', () => this.watch(registration.installing));
    setInterval(() => this.look(), look_every_ms);
    document.addEventListener('visibilitychange', () => void (document.hidden || this.look()));
  }

  private watch(worker: ServiceWorker | null): void {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) this.ready();
    });
  }

  private ready(): void {
    if (this.is_ready) return;
    this.is_ready = true;
    this.options.on_ready();
  }
}
