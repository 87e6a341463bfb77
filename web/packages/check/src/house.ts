// A house to look at: the real binary on a scratch folder and a free port of 127.0.0.1, at a moment of one's own if need be.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = new URL('../../../../', import.meta.url).pathname;
export const kith = process.env['KITH_BINARY'] ?? join(root, 'build/release/kith');

// The tests are one address with many people.
const open_limits: Record<string, string> = {
  KITH_VISITOR_REQUESTS_PER_MINUTE: '100000',
  KITH_ADDRESS_REQUESTS_PER_MINUTE: '1000000',
  KITH_CONNECTIONS_PER_ADDRESS: '10000',
};

export interface HouseOptions {
  readonly sample?: boolean; // with the sample team
  readonly data?: string; // a folder that stays; else one of its own that goes with the house
  readonly moment?: string; // the clock on the wall stands still at this moment: '2026-11-25 13:03:00' in UTC
  readonly environment?: Record<string, string>;
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
}

async function free_port(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

// Debian's faketime. Only the clock on the wall stands; what waits goes on.
export const stopper = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/faketime/libfaketimeMT.so.1`;
function stopped_clock(moment: string): Record<string, string> {
  if (!existsSync(stopper)) throw new Error(`Debian's package faketime is missing: ${stopper}`);
  return { LD_PRELOAD: stopper, FAKETIME: moment, TZ: 'UTC', FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_DONT_RESET: '1' };
}

export class House {
  readonly data: string;
  readonly port: number;
  readonly url: string;
  log = ''; // standard error, one event a line
  said = ''; // standard output of this start: where it is, and how to sign in
  private child: ChildProcess | undefined;
  private readonly options: HouseOptions;

  private constructor(data: string, port: number, options: HouseOptions) {
    this.data = data;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.options = options;
  }

  static async open(options: HouseOptions = {}): Promise<House> {
    const data = options.data ?? join(mkdtempSync(join(tmpdir(), 'kith-house-')), 'data');
    const house = new House(data, await free_port(), options);
    await house.start();
    return house;
  }

  // Opens it again where it was, after end().
  async start(): Promise<void> {
    const { sample = false, moment, environment } = this.options;
    const words = ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`, ...(sample ? ['--sample'] : [])];
    const clock = moment ? stopped_clock(moment) : {};
    const env = { ...process.env, ...open_limits, ...clock, ...environment };
    this.said = '';
    const child = spawn(kith, words, { stdio: ['ignore', 'pipe', 'pipe'], env });
    this.child = child;
    child.stdout.on('data', (bytes: Buffer) => (this.said += bytes.toString('utf8')));
    child.stderr.on('data', (bytes: Buffer) => (this.log += bytes.toString('utf8')));
    for (let waited = 0; waited < 30_000; waited += 20) {
      if (child.exitCode !== null) throw new Error(`kith ended with ${child.exitCode} while starting:\n${this.log}`);
      const is_ready = await fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false);
      if (is_ready) return;
      await pause(20);
    }
    throw new Error(`kith was not ready within 30 s:\n${this.log}`);
  }

  get pid(): number {
    if (!this.child?.pid) throw new Error('the house is closed');
    return this.child.pid;
  }

  // How to sign in as the colleague of the sample team who may do everything.
  get sample(): SignIn {
    const [, email, password] = /#sample=([^:\s]+):(\S+)/.exec(this.said) ?? [];
    if (!email || !password) throw new Error(`no sample sign-in in:\n${this.said}`);
    return { email, password };
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await ended;
    if (signal !== 'SIGKILL' && child.exitCode !== 0) {
      throw new Error(`kith ended with ${child.exitCode ?? child.signalCode}:\n${this.log.slice(-8000)}`);
    }
  }

  // Ends the house and removes what it kept, unless the folder was somebody else's.
  async close(): Promise<void> {
    try {
      await this.end();
    } finally {
      if (this.options.data === undefined) rmSync(join(this.data, '..'), { recursive: true, force: true });
    }
  }

  // kith admin: what an operator does in a shell. Gives back what it printed.
  admin(words: readonly string[], input = ''): string {
    const done = spawnSync(kith, ['admin', ...words, '--data', this.data], { input, encoding: 'utf8', timeout: 60_000 });
    if (done.status !== 0) throw new Error(`kith admin ${words.join(' ')} ended with ${done.status}:\n${done.stderr}`);
    return done.stdout;
  }
}
