// Now, as a signal that moves every half minute, so that "6 min" becomes "7 min" by itself wherever it is shown.
const step_ms = 30_000;

class Clock {
  #now = $state(Date.now());
  #runs = false;

  get now(): number {
    if (!this.#runs && typeof window !== 'undefined') this.#start();
    return this.#now;
  }

  #start(): void {
    this.#runs = true;
    const tick = () => (this.#now = Date.now());
    setInterval(tick, step_ms);
    // A page in the background is not woken; it looks at the clock when somebody looks at it.
    document.addEventListener('visibilitychange', tick);
  }
}

export const clock = new Clock();
