// Runs the newest of many calls, at once or when the pause since the last one is over.
export class Throttle {
  private readonly pause_ms: number;
  private last = -Infinity;
  private waiting: (() => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(pause_ms: number) {
    this.pause_ms = pause_ms;
  }

  run(call: () => void): void {
    const wait = this.last + this.pause_ms - Date.now();
    if (wait <= 0 && !this.waiting) {
      this.last = Date.now();
      return call();
    }
    const is_set = this.waiting !== null;
    this.waiting = call;
    if (!is_set) this.timer = setTimeout(() => this.flush(), Math.max(0, wait));
  }

  flush(): void {
    const call = this.waiting;
    this.stop();
    if (!call) return;
    this.last = Date.now();
    call();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.waiting = null;
  }
}
