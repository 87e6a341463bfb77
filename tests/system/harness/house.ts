// A house to test: the real binary on a scratch folder and a free port, with what `kith admin` does for an operator.
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Asker } from './http.ts';

export const kith = process.env['KITH_BINARY'] ?? new URL('../../../build/debug/kith', import.meta.url).pathname;

// Generous, because the tests are one address with many people; the tests about limits set their own.
const open_limits: Record<string, string> = {
  KITH_VISITOR_REQUESTS_PER_MINUTE: '100000',
  KITH_ADDRESS_REQUESTS_PER_MINUTE: '1000000',
  KITH_CONNECTIONS_PER_ADDRESS: '10000',
};

export interface HouseOptions {
  data?: string;
  environment?: Record<string, string>;
  arguments?: string[];
  // Whether the house on this port is ready; asks /readyz over plain HTTP unless told otherwise.
  is_ready?: (port: number) => Promise<boolean>;
}

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

// Below those that the system gives to outgoing connections: a house comes back to its port after a kill, and nobody may sit there.
async function free_port(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 32_000);
    const server = createServer();
    const is_free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!is_free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

export function run_kith(words: string[], input = '', environment: Record<string, string> = {}): Outcome {
  const done = spawnSync(kith, words, {
    input, encoding: 'utf8', timeout: 60_000, env: { ...process.env, ...environment },
  });
  if (done.error) throw done.error;
  return { status: done.status, stdout: done.stdout, stderr: done.stderr };
}

export class House {
  readonly data: string;
  readonly port: number;
  readonly url: string;
  log = '';   // standard error, one event per line
  said = '';  // standard output: where it is, and how to sign in as the sample colleague
  private child: ChildProcess | undefined;
  private readonly options: HouseOptions;
  private readonly owns_data: boolean;

  private constructor(data: string, owns_data: boolean, port: number, options: HouseOptions) {
    this.data = data;
    this.owns_data = owns_data;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.options = options;
  }

  // Opens a house and waits until it is ready.
  static async open(options: HouseOptions = {}): Promise<House> {
    const data = options.data ?? join(mkdtempSync(join(tmpdir(), 'kith-test-')), 'data');
    const house = new House(data, options.data === undefined, await free_port(), options);
    await house.start();
    return house;
  }

  // `once` holds for this start only: another program that starts the house (strace, say), and what it finds in its surroundings.
  async start(once: { through?: string[]; environment?: Record<string, string> } = {}): Promise<void> {
    const words = ['serve', '--data', this.data, '--listen', `127.0.0.1:${this.port}`, ...(this.options.arguments ?? [])];
    const [program, ...before] = [...(once.through ?? []), kith];
    const child = spawn(program!, [...before, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...open_limits, ...this.options.environment, ...once.environment },
    });
    this.child = child;
    child.stdout.on('data', (bytes: Buffer) => { this.said += bytes.toString('utf8'); });
    child.stderr.on('data', (bytes: Buffer) => { this.log += bytes.toString('utf8'); });
    await this.until_ready(child);
  }

  private async until_ready(child: ChildProcess): Promise<void> {
    const asker = new Asker(this.url);
    try {
      for (let waited = 0; waited < 30_000; waited += 20) {
        if (!this.is_running) throw new Error(`kith ended with ${child.exitCode ?? child.signalCode} while starting:\n${this.log}`);
        const is_ready = await (this.options.is_ready?.(this.port) ?? asker.get('/readyz').then((answer) => answer.status === 200, () => false));
        // What it says comes by another way, and a test may want to read it at once.
        if (is_ready && this.said.includes('Kith is at home')) return;
        await pause(20);
      }
      throw new Error(`kith was not ready within 30 s:\n${this.log}`);
    } finally {
      asker.close();
    }
  }

  get pid(): number {
    if (!this.child?.pid) throw new Error('the house is closed');
    return this.child.pid;
  }

  get is_running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  // Kills what the program started that starts the house.
  kill_below(): void {
    const below = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8').trim();
    for (const pid of below.split(' ').filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
  }

  // What /readyz answers; 0 when nobody does.
  async ready_status(): Promise<number> {
    const asker = this.asker();
    return asker.get('/readyz').then((answer) => answer.status, () => 0).finally(() => asker.close());
  }

  // Sends `signal`, waits for the end and says how long it took. A crash or a sanitizer's complaint fails the test.
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number> {
    const child = this.child;
    if (!child || !this.is_running) return 0;
    const begin = performance.now();
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await ended;
    const took = performance.now() - begin;
    if (signal !== 'SIGKILL' && child.exitCode !== 0) {
      throw new Error(`kith ended with ${child.exitCode ?? child.signalCode}:\n${this.log.slice(-8000)}`);
    }
    return took;
  }

  // Ends the house and removes what it kept.
  async close(): Promise<void> {
    try {
      await this.end();
    } finally {
      if (this.owns_data) rmSync(join(this.data, '..'), { recursive: true, force: true });
    }
  }

  asker(): Asker {
    return new Asker(this.url);
  }

  admin(words: string[], input = ''): Outcome {
    return run_kith(['admin', ...words, '--data', this.data], input);
  }
}
