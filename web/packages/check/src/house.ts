// A house to look at or to measure: the binary that people run, with the sample team if need be, and at a moment of one's own.
import './release_binary.ts'; // before the house that reads what it says
import { existsSync } from 'node:fs';
import { House } from '../../../../tests/system/harness/house.ts';

export { House };

export interface OpenHouse {
  readonly sample?: boolean;
  readonly data?: string; // a folder that stays; else one of its own that goes with the house
  readonly moment?: string; // the clock on the wall stands still at this moment: '2026-11-25 13:03:00' in UTC
  readonly environment?: Record<string, string>;
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
}

// Debian's faketime. Only the clock on the wall stands; what waits goes on.
function stopped_clock(moment: string): Record<string, string> {
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const stopper = `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`;
  if (!existsSync(stopper)) throw new Error(`Debian's package faketime is missing: ${stopper}`);
  return { LD_PRELOAD: stopper, FAKETIME: moment, TZ: 'UTC', FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_DONT_RESET: '1' };
}

export function open_house({ sample = false, data, moment, environment = {} }: OpenHouse = {}): Promise<House> {
  return House.open({
    ...(data ? { data } : {}),
    arguments: sample ? ['--sample'] : [],
    environment: { ...(moment ? stopped_clock(moment) : {}), ...environment },
  });
}

// How to sign in as the colleague of the sample who may do everything.
export function sample_sign_in({ said }: House): SignIn {
  const [, email, password] = /#sample=([^:\s]+):(\S+)/.exec(said) ?? [];
  if (!email || !password) throw new Error(`no sample sign-in in:\n${said}`);
  return { email, password };
}

// Anybody's password, set as an operator does.
export function give_password(house: House, email: string): SignIn {
  const password = 'a lamp, a chair, a table';
  const done = house.admin(['reset-password', '--email', email, '--password-stdin'], password);
  if (done.status !== 0) throw new Error(done.stderr);
  return { email, password };
}
