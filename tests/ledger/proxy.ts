// Between the writers and the house, with a door for each of them: carries bytes, and can forget connections as a network does,
// without closing either end.
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

// Answers: what is said still arrives at the house, and nothing of what the house says comes back.
export type Forgotten = 'everything' | 'answers';

interface Door {
  readonly server: Server;
  readonly pairs: Set<{ near: Socket; far: Socket }>;
}

export class Proxy {
  private readonly port_of_house: number;
  private readonly doors = new Map<string, Door>();

  constructor(port_of_house: number) {
    this.port_of_house = port_of_house;
  }

  /** Where `name` connects to from now on. */
  async open_door(name: string): Promise<string> {
    const door: Door = { server: createServer(), pairs: new Set() };
    door.server.on('connection', (near) => this.carry(near, door));
    await new Promise<void>((resolve) => door.server.listen(0, '127.0.0.1', resolve));
    this.doors.set(name, door);
    const at = door.server.address();
    if (at === null || typeof at === 'string') throw new Error('the door is closed');
    return `127.0.0.1:${at.port}`;
  }

  private carry(near: Socket, { pairs }: Door): void {
    const far = connect(this.port_of_house, '127.0.0.1');
    const pair = { near, far };
    pairs.add(pair);
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.pipe(far);
    far.pipe(near);
    const end = (): void => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      socket.on('error', end);
      socket.on('close', end);
    }
  }

  /** What goes through the connections of `name` is lost from now on, and nobody is told. They end when one side gives up. */
  forget(name: string, what: Forgotten): void {
    for (const { near, far } of this.doors.get(name)?.pairs ?? []) {
      far.unpipe(near);
      far.pause();
      if (what === 'answers') continue;
      near.unpipe(far);
      near.pause();
    }
  }

  async close(): Promise<void> {
    for (const { server, pairs } of this.doors.values()) {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    }
  }
}
