// Connections that somebody opened and never reads: what they do not take must not fill the house.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from '../system/harness/socket.ts';
import type { Writer } from './writer.ts';

const addresses = 8; // the house lets one address have 256 connections

/** In the words of the kernel: what the process holds in memory, in MB. */
export function resident_mb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (!kb) throw new Error(`no memory figure of process ${pid}`);
  return Number(kb) / 1024;
}

// Says hello as a colleague, who hears of everything, and then takes nothing more.
function one(port: number, at: number, { asker, view }: Writer, origin: string): Promise<WebSocket> {
  const headers = { host: new URL(origin).host, ...(asker.cookie ? { cookie: asker.cookie } : {}) };
  const localAddress = `127.0.0.${2 + (at % addresses)}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, { headers, origin, localAddress, perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'hello', since: view.cursor }));
      socket.pause();
      resolve(socket);
    });
  });
}

export class Deaf {
  private readonly sockets: WebSocket[] = [];

  async open(count: number, port: number, colleagues: readonly Writer[], origin: string): Promise<void> {
    for (let at = 0; at < count; at++) {
      this.sockets.push(await one(port, at, colleagues[at % colleagues.length]!, origin));
      if (at % 50 === 0) await pause(1); // others are on their way as well
    }
  }

  leave(): void {
    for (const socket of this.sockets) {
      socket.on('error', () => undefined);
      socket.terminate();
    }
  }
}
