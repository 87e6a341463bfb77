import { backoff_ms, Problem } from '@kith/wire';

// Loads something until it is here. Only what the house refuses for good ends it; `now` cuts a pause short.
export class Retry {
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private is_running = false;
  private run = {}; // another one after each stop
  private is_wanted_again = false;
  private readonly work: () => Promise<void>;
  private readonly on_refused: (problem: Problem) => void;
  private readonly on_unreachable: () => void;

  constructor(work: () => Promise<void>, on_refused: (problem: Problem) => void, on_unreachable: () => void = () => {}) {
    this.work = work;
    this.on_refused = on_refused;
    this.on_unreachable = on_unreachable;
  }

  // While it runs already, it runs once more afterwards.
  async now(): Promise<void> {
    clearTimeout(this.timer);
    this.is_wanted_again = this.is_running;
    if (this.is_running) return;
    this.is_running = true;
    const { run } = this;
    try {
      await this.work();
      this.failures = 0;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (run !== this.run) return;
      if (!error.is_passing) return this.on_refused(error);
      this.on_unreachable();
      this.timer = setTimeout(() => void this.now(), error.retry_after_ms ?? backoff_ms(++this.failures));
    } finally {
      if (run === this.run) {
        this.is_running = false;
        if (this.is_wanted_again) void this.now();
      }
    }
  }

  // Whatever is under way ends by itself and means nothing any more; `now` begins anew.
  stop(): void {
    clearTimeout(this.timer);
    this.run = {};
    this.is_running = this.is_wanted_again = false;
  }
}

// In three seconds, and when the browser says that there is a network again.
export function try_again(ask: () => unknown): void {
  globalThis.addEventListener('online', ask, { once: true });
  setTimeout(ask, 3000);
}
