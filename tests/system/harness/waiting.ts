// Waiting for something to become true, with a limit and a reason.
import { setTimeout as pause } from 'node:timers/promises';

export async function until(what: string, holds: () => boolean | Promise<boolean>, limit_ms = 10_000): Promise<void> {
  const end = performance.now() + limit_ms;
  while (performance.now() < end) {
    if (await holds()) return;
    await pause(25);
  }
  throw new Error(`waited ${limit_ms} ms in vain: ${what}`);
}
