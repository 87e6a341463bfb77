// What this device keeps: one IndexedDB per app and person. Where there is none (some private windows, a full disk)
// everything works for as long as the page lives.
import { openDB } from 'idb';
import type { IDBPDatabase } from 'idb';

export const shelves = ['outbox', 'files', 'drafts', 'talks', 'kept'] as const;
export type ShelfName = (typeof shelves)[number];

type Deed = { shelf: ShelfName; key: string; value?: unknown };

export class Device {
  readonly name: string;
  private db: IDBPDatabase | null = null;
  private readonly memory = new Map<ShelfName, Map<string, unknown>>();

  private constructor(name: string) {
    this.name = name;
  }

  static async open(name: string): Promise<Device> {
    const device = new Device(name);
    try {
      device.db = await openDB(name, 1, {
        upgrade: (db) => shelves.forEach((shelf) => db.createObjectStore(shelf)),
        // Another tab wants to change or delete it: never stand in the way.
        blocking: () => device.close(),
        terminated: () => (device.db = null),
      });
    } catch {
      device.db = null;
    }
    if (!device.db) device.bring_back();
    return device;
  }

  // Where nothing is kept, the page itself can still carry everything over when it is loaded anew. Only this very page reads it.
  carry_over(): void {
    if (this.db) return;
    const kept = [...this.memory].map(([shelf, values]) => [shelf, [...values]] as const);
    try {
      history.replaceState({ ...(history.state as object | null), [this.name]: kept }, '');
    } catch {
      // Too much, or nothing that can be carried.
    }
  }
  private bring_back(): void {
    const { [this.name]: kept, ...rest } = (history.state ?? {}) as Record<string, [ShelfName, [string, unknown][]][]>;
    if (!kept) return;
    for (const [shelf, values] of kept) this.memory.set(shelf, new Map(values));
    history.replaceState(rest, '');
  }

  get is_lasting(): boolean {
    return this.db !== null;
  }

  async get<T>(shelf: ShelfName, key: string): Promise<T | undefined> {
    const found: unknown = await this.db?.get(shelf, key).catch(() => undefined);
    return (found ?? this.memory.get(shelf)?.get(key)) as T | undefined;
  }

  async all<T>(shelf: ShelfName): Promise<T[]> {
    return (await this.all_or_null<T>(shelf)) ?? ([...(this.memory.get(shelf)?.values() ?? [])] as T[]);
  }

  // Null when the device cannot tell right now.
  async all_or_null<T>(shelf: ShelfName): Promise<T[] | null> {
    const found: unknown[] | null = (await this.db?.getAll(shelf).catch(() => null)) ?? null;
    return found && ([...found, ...(this.memory.get(shelf)?.values() ?? [])] as T[]);
  }

  put(shelf: ShelfName, key: string, value: unknown): Promise<void> {
    return this.write([{ shelf, key, value }]);
  }

  delete(shelf: ShelfName, key: string): Promise<void> {
    return this.write([{ shelf, key }]);
  }

  // All of it or nothing; a deed without a value deletes.
  async write(deeds: Deed[]): Promise<void> {
    if (this.db) {
      try {
        const names = [...new Set(deeds.map((deed) => deed.shelf))];
        const tx = this.db.transaction(names, 'readwrite', { durability: 'relaxed' });
        for (const { shelf, key, value } of deeds) {
          const store = tx.objectStore(shelf);
          void (value === undefined ? store.delete(key) : store.put(value, key)).catch(() => {});
        }
        await tx.done;
        for (const { shelf, key } of deeds) this.memory.get(shelf)?.delete(key);
        return;
      } catch {
        // Full, or gone: what was asked is remembered below.
      }
    }
    for (const { shelf, key, value } of deeds) {
      const kept = this.memory.get(shelf) ?? new Map<string, unknown>();
      this.memory.set(shelf, kept);
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
    }
  }

  async wipe(names: readonly ShelfName[] = shelves): Promise<void> {
    for (const name of names) this.memory.delete(name);
    if (!this.db) return;
    const tx = this.db.transaction([...names], 'readwrite');
    for (const name of names)
      void tx
        .objectStore(name)
        .clear()
        .catch(() => {});
    await tx.done.catch(() => {});
  }

  close(): void {
    this.db?.close();
    this.db = null;
  }
}

// Runs `work` while no other tab does. At once where there are no locks (plain HTTP), and where they are refused: browsers that
// keep nothing for frames of other sites refuse those, too, and such a frame shares nothing with another tab anyway.
export async function with_lock<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  let has_begun = false;
  const begin = () => {
    has_begun = true;
    return work();
  };
  try {
    return await navigator.locks.request(name, begin);
  } catch (error) {
    if (has_begun) throw error;
    return work();
  }
}
