// What happens to a house. Each strikes while everybody writes, and ends with the house at home again; whether anything was lost
// is for the audit to say.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { House } from '../system/harness/house.ts';
import type { Random } from '../system/harness/random.ts';
import { until } from '../system/harness/waiting.ts';
import { Deaf, resident_mb } from './deaf.ts';
import type { Proxy } from './proxy.ts';
import type { Stage } from './stage.ts';
import type { Writer } from './writer.ts';

export interface Scene {
  readonly house: House;
  readonly stage: Stage;
  readonly proxy: Proxy;
  readonly writers: readonly Writer[];
  readonly random: Random;
  readonly is_long: boolean; // with hours to spend, what lasts lasts longer
}

// What a house must do while something happens to it, and did not.
export class BrokenPromise extends Error {}

async function promised(what: string, holds: () => boolean | Promise<boolean>, limit_ms: number): Promise<void> {
  await until(what, holds, limit_ms).catch((error: unknown) => {
    throw new BrokenPromise(String(error));
  });
}

export interface Fault {
  readonly name: string;
  readonly why_not: (stage: Stage) => string | null;
  readonly strike: (scene: Scene) => Promise<void>;
}

const faketime = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';

const always = (): null => null;
const needs_disk = (stage: Stage): string | null => (stage.is_disk ? null : `no disk of its own: ${stage.why_not}`);
const needs_program = (name: string): string | null =>
  spawnSync('which', [name]).status === 0 ? null : `${name} is not installed`;

async function kill({ house }: Scene): Promise<void> {
  await house.end('SIGKILL');
  await house.start();
}

// Dies at a sync chosen beforehand: before it, so that what was written last is not durable and nobody may have been told.
async function kill_at_a_sync({ house, random }: Scene): Promise<void> {
  await house.end();
  const when = random.between(3, 400);
  const inject = `inject=fdatasync,fsync:signal=KILL:when=${when}`;
  await house.start({ through: ['strace', '-f', '-qq', '-e', 'trace=fdatasync,fsync', '-e', inject, '-o', '/dev/null'] }).catch((error: unknown) => {
    if (house.is_running) throw error; // it may also have died before it was ready
  });
  await until('it dies at its sync', () => !house.is_running, 8000).catch(() => house.kill_below());
  await until('it is dead', () => !house.is_running);
  await house.start();
}

async function power_cut({ house, stage }: Scene): Promise<void> {
  stage.cut_power();
  await house.end('SIGKILL');
  stage.after_the_cut();
  await house.start();
}

async function disk_full({ house, stage, writers, random, is_long }: Scene): Promise<void> {
  const refused = (): number => writers.reduce((sum, writer) => sum + (writer.refusals.get('storage_full') ?? 0), 0);
  const before = refused();
  stage.fill();
  await promised('somebody is told that the disk is full', () => refused() > before, 20_000);
  await pause(random.between(200, is_long ? 5000 : 1000));
  stage.make_room();
  const kept = (): number => writers.reduce((sum, writer) => sum + writer.words.filter((word) => word.seq !== null).length, 0);
  const then = kept();
  await promised('it takes words again without a restart', () => kept() > then, 5000);
  if (!house.is_running) throw new BrokenPromise('a full disk ended the house');
}

// The kernel reports the loss once; a second sync would say that all is well. So the house must not ask twice.
async function sync_error({ house, stage }: Scene): Promise<void> {
  // A log of its own size needs no new ground, it is written over; a fresh one does with every group.
  await house.end();
  await house.start();
  stage.take_the_ground_away();
  await promised('it says that it can keep nothing', async () => (await house.ready_status()) !== 200, 30_000);
  await house.end('SIGKILL');
  stage.give_the_ground_back();
  await house.start();
}

async function stopped({ house, random, is_long }: Scene): Promise<void> {
  process.kill(house.pid, 'SIGSTOP');
  await pause(is_long ? 30_000 : random.between(1000, 3000));
  process.kill(house.pid, 'SIGCONT');
}

async function clock_jumps({ house, stage, random }: Scene): Promise<void> {
  await house.end();
  const file = join(stage.folder, 'clock');
  writeFileSync(file, '+0s\n');
  await house.start({
    environment: { LD_PRELOAD: faketime, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' },
  });
  for (const jump of ['-3600s', '+3600s', '-86400s', '+0s']) {
    writeFileSync(file, `${jump}\n`);
    await pause(random.between(150, 500));
  }
  await house.end('SIGKILL');
  await house.start();
}

// The network forgets connections without telling either side.
async function half_open({ proxy, random }: Scene): Promise<void> {
  proxy.forget_some(random);
  await pause(random.between(500, 2000));
}

const most_growth_mb = 100;

// A thousand who never read, of whom each would have to hear everything.
async function never_read({ house, writers, random, is_long }: Scene): Promise<void> {
  const colleagues = writers.filter(({ asker }) => asker.cookie);
  const before = resident_mb(house.pid);
  const deaf = new Deaf();
  try {
    await deaf.open(1000, house.port, colleagues, house.url);
    await pause(is_long ? 10_000 : random.between(1000, 3000));
    const grown = resident_mb(house.pid) - before;
    if (grown > most_growth_mb) throw new BrokenPromise(`a thousand who never read cost ${grown.toFixed(0)} MB`);
  } finally {
    deaf.leave();
  }
}

async function graceful_stop({ house }: Scene): Promise<void> {
  await house.end();
  await house.start();
}

const is_sanitized = (house_binary: string): boolean => existsSync(house_binary) && readFileSync(house_binary).includes('__asan_init');

export function all_faults(binary: string): Fault[] {
  const cannot_preload = is_sanitized(binary) ? 'a sanitized binary cannot be given another clock' : null;
  return [
    { name: 'kill', why_not: always, strike: kill },
    { name: 'kill_at_a_sync', why_not: () => needs_program('strace'), strike: kill_at_a_sync },
    { name: 'power_cut', why_not: needs_disk, strike: power_cut },
    { name: 'disk_full', why_not: needs_disk, strike: disk_full },
    { name: 'sync_error', why_not: needs_disk, strike: sync_error },
    { name: 'stopped', why_not: always, strike: stopped },
    { name: 'clock_jumps', why_not: () => cannot_preload ?? (existsSync(faketime) ? null : 'libfaketime is not installed'), strike: clock_jumps },
    { name: 'half_open', why_not: always, strike: half_open },
    { name: 'never_read', why_not: () => (is_sanitized(binary) ? 'a sanitized binary takes more memory than people do' : null), strike: never_read },
    { name: 'graceful_stop', why_not: always, strike: graceful_stop },
  ];
}
