// What happens to a house. Each strikes while everybody writes, and ends with the house at home again; whether anything was lost
// is for the audit to say.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { House } from '../system/harness/house.ts';
import type { Random } from '../system/harness/random.ts';
import { until } from '../system/harness/waiting.ts';
import { Deaf, resident_mb } from './deaf.ts';
import type { Proxy } from './proxy.ts';
import type { Stage } from './stage.ts';
import { BrokenPromise } from './verdict.ts';
import { http_patience_ms } from './writer.ts';
import type { Writer } from './writer.ts';

export interface Scene {
  readonly house: House;
  readonly stage: Stage;
  readonly proxy: Proxy;
  readonly writers: readonly Writer[];
  readonly random: Random; // of this round alone
  readonly first_sync: number; // where the seed begins to kill at syncs
  readonly turn: number; // so many times this fault has struck before
  readonly is_long: boolean; // with hours to spend, what lasts lasts longer
}

async function promised(what: string, holds: () => boolean | Promise<boolean>, limit_ms: number): Promise<void> {
  await until(what, holds, limit_ms).catch((error: unknown) => {
    throw new BrokenPromise(String(error));
  });
}

export interface Fault {
  readonly name: string;
  readonly why_not: (stage: Stage) => string | null;
  readonly needs_disk?: boolean;
  readonly strike: (scene: Scene) => Promise<void>;
}

const faketime = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';

const kept_by = (writers: readonly Writer[]): number => writers.reduce((sum, { kept }) => sum + kept, 0);
const told = (writers: readonly Writer[], code: string): number => writers.reduce((sum, { refusals }) => sum + (refusals.get(code) ?? 0), 0);

const always = (): null => null;
const needs_disk = (stage: Stage): string | null => (stage.is_disk ? null : `no disk of its own: ${stage.why_not}`);
const needs_program = (name: string): string | null =>
  spawnSync('which', [name]).status === 0 ? null : `${name} is not installed`;

async function kill({ house }: Scene): Promise<void> {
  await house.end('SIGKILL');
  await house.start();
}

const syncs_each_time = 3;
export const last_sync = 60; // behind it come the same syncs again

// Dies at its n-th sync: before that is done, so that what was written last is not durable and nobody may have been told. The n move
// on from time to time through all from the first on: those of opening and of recovering, of commits, and of carrying the log over.
async function kill_at_a_sync(scene: Scene): Promise<void> {
  await scene.house.end();
  for (let i = 0; i < syncs_each_time; i++) await die_at_sync(scene, 1 + ((scene.first_sync + scene.turn * syncs_each_time + i) % last_sync));
  await scene.house.start();
}

async function die_at_sync({ house, stage }: Scene, when: number): Promise<void> {
  const report = join(stage.folder, 'strace');
  rmSync(report, { force: true });
  const inject = `inject=fdatasync,fsync:signal=KILL:when=${when}`;
  await house.start({ through: ['strace', '-f', '-qq', '-e', 'trace=fdatasync,fsync', '-e', inject, '-o', report] }).catch((error: unknown) => {
    if (house.is_running) throw error; // it may also have died before it was ready
  });
  await until(`it dies at sync ${when}`, () => !house.is_running, 20_000).catch((error: unknown) => {
    house.kill_below();
    throw error;
  });
  if (!readFileSync(report, 'utf8').includes('killed by SIGKILL')) throw new Error(`it ended before sync ${when}: ${house.log.slice(-1500)}`);
}

async function power_cut({ house, stage }: Scene): Promise<void> {
  stage.cut_power();
  await house.end('SIGKILL');
  stage.after_the_cut();
  await house.start();
}

async function disk_full({ house, stage, writers, random, is_long }: Scene): Promise<void> {
  const before = told(writers, 'storage_full');
  stage.fill();
  await promised('somebody is told that the disk is full', () => told(writers, 'storage_full') > before, 20_000);
  await pause(random.between(200, is_long ? 5000 : 1000));
  stage.make_room();
  const then = kept_by(writers);
  await promised('it takes words again without a restart', () => kept_by(writers) > then, 5000);
  if (!house.is_running) throw new BrokenPromise('a full disk ended the house');
}

// The kernel reports the loss once; a second sync would say that all is well. So the house must not ask twice.
async function sync_error(scene: Scene): Promise<void> {
  const { house, stage, writers } = scene;
  // A log of its own size needs no new ground, it is written over; a fresh one does with every group.
  await house.end();
  await house.start();
  const before = told(writers, 'unavailable');
  stage.take_the_ground_away();
  await promised('it says that it can keep nothing', async () => (await house.ready_status()) !== 200, 30_000);
  await promised('somebody who writes is told so', () => told(writers, 'unavailable') > before, 5000);
  stage.give_the_ground_back();
  await stays_unavailable(scene);
  await house.end('SIGKILL');
  stage.after_the_failure();
  await house.start();
}

// Until somebody starts it anew, however often it is asked and however well the disk may be by now; answers from before may still be on their way for a moment.
async function stays_unavailable({ house, writers, random, is_long }: Scene): Promise<void> {
  await pause(500);
  const [kept, refused] = [kept_by(writers), told(writers, 'unavailable')];
  const end = performance.now() + random.between(800, is_long ? 8000 : 1600);
  while (performance.now() < end) {
    if ((await house.ready_status()) === 200) throw new BrokenPromise('it says that all is well again, without a new start');
    await pause(50);
  }
  if (kept_by(writers) > kept) throw new BrokenPromise(`it took ${kept_by(writers) - kept} words after a sync had failed`);
  await promised('those who try again are told again', () => told(writers, 'unavailable') > refused, 2000);
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

// The network forgets connections without telling either side: of half of the writers everything that goes through them, or what
// comes back. Of one at least who writes over HTTP the words arrive and the answers do not.
async function half_open({ proxy, writers, random }: Scene): Promise<void> {
  const by_http = writers.filter(({ way }) => way === 'http');
  const unanswered = (): number => by_http.reduce((sum, writer) => sum + writer.unanswered, 0);
  const before = unanswered();
  proxy.forget(by_http[random.between(0, by_http.length)]!.name, 'answers');
  for (const { name } of writers) {
    const drawn = random.between(0, 4);
    if (drawn < 2) proxy.forget(name, drawn === 0 ? 'everything' : 'answers');
  }
  await pause(random.between(500, 2000));
  await until('somebody misses an answer over HTTP', () => unanswered() > before, http_patience_ms * 2);
}

const most_growth_mb = 100;

// A thousand who never read, of whom each would have to hear everything.
async function never_read({ house, writers, random, is_long }: Scene): Promise<void> {
  const colleagues = writers.filter(({ is_colleague }) => is_colleague);
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
    { name: 'power_cut', why_not: needs_disk, needs_disk: true, strike: power_cut },
    { name: 'disk_full', why_not: needs_disk, needs_disk: true, strike: disk_full },
    { name: 'sync_error', why_not: needs_disk, needs_disk: true, strike: sync_error },
    { name: 'stopped', why_not: always, strike: stopped },
    { name: 'clock_jumps', why_not: () => cannot_preload ?? (existsSync(faketime) ? null : 'libfaketime is not installed'), strike: clock_jumps },
    { name: 'half_open', why_not: always, strike: half_open },
    { name: 'never_read', why_not: () => (is_sanitized(binary) ? 'a sanitized binary takes more memory than people do' : null), strike: never_read },
    { name: 'graceful_stop', why_not: always, strike: graceful_stop },
  ];
}
