// What is fetched ahead must not slow down what somebody waits for: the first seconds belong to what is on the screen.
const first_seconds_ms = 4000;

export function when_idle(work: () => void): void {
  (window.requestIdleCallback ?? setTimeout)(work);
}

/** Does it once the page had its first seconds and has nothing else to do. */
export function when_calm(work: () => void): void {
  setTimeout(() => when_idle(work), Math.max(0, first_seconds_ms - performance.now()));
}
