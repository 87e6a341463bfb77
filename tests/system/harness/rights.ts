// What this machine lets a test do, and whether a test that could not run is a failure: with KITH_REQUIRE_ALL always, in CI
// where the right is there and it failed all the same.
import { readFileSync } from 'node:fs';

/** CAP_SYS_ADMIN, which root has unless a container took it away. */
export function may_mount(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${effective}`) >> 21n) & 1n) === 1n;
}

export const requires_all = process.env['KITH_REQUIRE_ALL'] !== undefined;
export const is_ci = process.env['CI'] !== undefined;

export function mounts_must_be_tested(): boolean {
  return requires_all || (is_ci && may_mount());
}
