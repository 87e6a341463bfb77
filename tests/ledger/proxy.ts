// Between the writers and the house: carries bytes, and can forget connections as a network does, without closing either end.
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Random } from '../system/harness/random.ts';

export class Proxy {
  private readonly server: Server;
  private readonly pairs = new Set<{ near: Socket; far: Socket }>();

  private constructor(server: Server) {
    this.server = server;
  }

  static async open(port_of_house: number): Promise<Proxy> {
    const server = createServer();
    const proxy = new Proxy(server);
    server.on('connection', (near) => proxy.carry(near, port_of_house));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get address(): string {
    const at = this.server.address();
    if (at === null || typeof at === 'string') throw new Error('the proxy is closed');
    return `127.0.0.1:${at.port}`;
  }

  private carry(near: Socket, port: number): void {
    const far = connect(port, '127.0.0.1');
    const pair = { near, far };
    this.pairs.add(pair);
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.pipe(far);
    far.pipe(near);
    const end = (): void => {
      this.pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      socket.on('error', end);
      socket.on('close', end);
    }
  }

  /** Half of the connections carry nothing from now on, and nobody is told. They end when one side gives up. */
  forget_some(random: Random): void {
    for (const { near, far } of this.pairs) {
      if (random.between(0, 2) === 0) continue;
      near.unpipe(far);
      far.unpipe(near);
      near.pause();
      far.pause();
    }
  }

  async close(): Promise<void> {
    for (const { near, far } of this.pairs) {
      near.destroy();
      far.destroy();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }
}
