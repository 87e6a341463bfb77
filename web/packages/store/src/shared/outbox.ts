// Everything said here until the house has it. It survives a reload, goes out in order per conversation, and exactly once:
// the id makes a repeat harmless, and a lock per conversation lets one tab at a time send. A tab that dies lets its lock go,
// and the next one goes on.
import { backoff_ms, Problem, unreachable } from '@kith/wire';
import type { Entry, Id, Seq } from '@kith/wire';
import type { Act, Pending } from './act.ts';
import { with_lock } from './device.ts';
import type { Device } from './device.ts';

export type Carried = { seq: Seq; entry: Entry | null };

export interface OutboxOptions {
  device: Device;
  // Resolves when it is durable; throws a Problem.
  carry: (act: Act) => Promise<Carried>;
  // Resolves when every file of it is in the house.
  when_ready?: (act: Act) => Promise<void>;
  on_change: (lane: Id) => void;
  on_kept: (act: Act, carried: Carried) => void;
  // Fire and forget, for a page that is going away.
  carry_last: (act: Act) => void;
}

type Word = { said: 'put'; act: Act } | { said: 'kept'; act: Act; carried: Carried } | { said: 'gone'; lane: Id; id: Id };

export class Outbox {
  private readonly options: OutboxOptions;
  private readonly lanes = new Map<Id, Map<Id, Pending>>();
  private readonly running = new Set<Id>();
  private readonly sleepers = new Map<Id, () => void>();
  private readonly failures = new Map<Id, number>();
  private readonly writing = new Map<Id, Promise<void>>();
  private readonly gone = new Set<Id>(); // taken out here; the device may not know yet
  private readonly channel: BroadcastChannel | null;
  private is_open = false;

  constructor(options: OutboxOptions) {
    this.options = options;
    this.channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`${options.device.name}-outbox`);
    if (this.channel) this.channel.onmessage = (event) => this.overhear(event.data as Word);
  }

  // Reads what an earlier page left behind. Nothing is sent before `wake`.
  async open(): Promise<void> {
    const acts = await this.options.device.all<Act>('outbox');
    for (const act of acts.toSorted((a, b) => (a.id < b.id ? -1 : 1))) this.place(act);
    this.is_open = true;
    for (const lane of this.lanes.keys()) this.options.on_change(lane);
  }

  close(): void {
    this.is_open = false;
    this.channel?.close();
    for (const wake of [...this.sleepers.values()]) wake();
  }

  pending(lane: Id): readonly Pending[] {
    const acts = [...(this.lanes.get(lane)?.values() ?? [])];
    // Ids grow with time, in all tabs of a device alike.
    return acts.length < 2 ? acts : acts.sort((a, b) => (a.act.id < b.act.id ? -1 : 1));
  }
  get lanes_with_acts(): readonly Id[] {
    return [...this.lanes.keys()];
  }
  find(id: Id): Pending | undefined {
    for (const lane of this.lanes.values()) if (lane.has(id)) return lane.get(id);
    return undefined;
  }

  // Shown at once, safe on this device a moment later, then on its way. Who writes on lets go of what was held before.
  async add(act: Act): Promise<void> {
    this.place(act);
    this.options.on_change(act.lane);
    const held = this.pending(act.lane).filter((each) => each.state === 'held' && each.act.id !== act.id);
    await Promise.all([this.keep(act), ...held.map((each) => this.replace({ ...each.act, held_until: 0 }))]);
    this.run(act.lane);
  }

  // Takes it out again while that is possible.
  undo(id: Id): Act | null {
    const found = this.find(id);
    if (found?.state !== 'held') return null;
    this.forget(found.act);
    return found.act;
  }

  discard(id: Id): Act | null {
    const found = this.find(id);
    if (!found || found.state === 'sending' || found.state === 'kept') return null;
    this.forget(found.act);
    return found.act;
  }

  async retry(id: Id, change: Partial<Pick<Act, 'after'>> = {}): Promise<void> {
    const found = this.find(id);
    if (!found || found.state === 'kept') return;
    this.failures.delete(found.act.lane);
    await this.replace({ ...found.act, ...change, failed: null });
    this.sleepers.get(found.act.lane)?.();
    this.run(found.act.lane);
  }

  // There is a line again, or somebody signed in.
  wake(): void {
    this.failures.clear();
    for (const lane of this.lanes.keys()) {
      this.sleepers.get(lane)?.();
      this.run(lane);
    }
  }

  // Its entry is shown from now on.
  arrived(lane: Id, id: Id): void {
    const found = this.lanes.get(lane)?.get(id);
    if (found) this.forget(found.act);
  }

  // She leaves for good: nothing is held any longer. Resolves when all of it is in the house, or when that takes too long.
  async send_all(patience_ms: number): Promise<void> {
    const left = () =>
      this.lanes_with_acts.flatMap((lane) => this.pending(lane)).filter(({ state }) => state !== 'kept' && state !== 'failed');
    for (const { act, state } of left()) if (state === 'held') void this.replace({ ...act, held_until: 0 });
    for (const end = Date.now() + patience_ms; left().length > 0 && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 25));
  }

  // The page goes away. The first of each conversation leaves with it; what stands behind stays in order for the next page.
  leave(): void {
    for (const lane of this.lanes.keys()) {
      const head = this.head(lane);
      if (!head || head.state === 'sending') continue;
      if (head.act.held_until > 0) void this.replace({ ...head.act, held_until: 0 });
      this.options.carry_last(head.act);
    }
  }

  private head(lane: Id): Pending | undefined {
    return this.pending(lane).find((each) => each.state !== 'failed' && each.state !== 'kept');
  }

  private run(lane: Id): void {
    if (!this.is_open || this.running.has(lane) || !this.head(lane)) return;
    this.running.add(lane);
    const drain = () => with_lock(`${this.options.device.name}-${lane}`, () => this.drain(lane));
    // Whatever goes wrong here is tried again after a breath, never at once and for ever.
    void drain()
      .catch(() => this.sleep(lane, 1000))
      .finally(() => {
        this.running.delete(lane);
        // Whatever was added while the last one left.
        if (this.head(lane)) this.run(lane);
      });
  }

  private async drain(lane: Id): Promise<void> {
    while (this.is_open) {
      const known = await this.look_at_device(lane);
      const head = this.is_open ? this.head(lane) : undefined;
      if (!head) return;
      // Another tab may have sent it, or taken it out, while we waited for the lock.
      if (!known.has(head.act.id)) {
        if (this.writing.has(head.act.id)) await this.writing.get(head.act.id);
        else this.remove(head.act);
        continue;
      }
      const left = head.act.held_until - Date.now();
      if (left > 0) {
        await this.sleep(lane, left);
        continue;
      }
      await this.send(head.act);
    }
  }

  // What other tabs wrote here and this one has not heard of yet has its place in the order as well.
  private async look_at_device(lane: Id): Promise<Set<Id>> {
    await Promise.all(this.writing.values());
    const told = await this.options.device.all_or_null<Act>('outbox');
    if (!told) return new Set(this.lanes.get(lane)?.keys());
    const acts = told.filter((act) => act.lane === lane);
    for (const act of acts) if (!this.lanes.get(lane)?.has(act.id) && !this.gone.has(act.id)) this.place(act);
    return new Set(acts.map((act) => act.id));
  }

  private async send(act: Act): Promise<void> {
    try {
      await this.options.when_ready?.(act);
      if (!this.is_open || !this.find(act.id)) return;
      this.mark(act, 'sending');
      const carried = await this.options.carry(act);
      this.failures.delete(act.lane);
      await this.options.device.delete('outbox', act.id);
      this.keep_showing(act, carried);
      this.tell({ said: 'kept', act, carried });
    } catch (error) {
      const problem = error instanceof Problem ? error : unreachable(String(error));
      if (!this.find(act.id)) return;
      if (!problem.is_passing && problem.code !== 'not_signed_in') {
        const { code, title, detail } = problem;
        return this.replace({ ...act, failed: { code, title, detail } });
      }
      this.mark(act, 'waiting');
      const failures = this.failures.get(act.lane) ?? 0;
      this.failures.set(act.lane, failures + 1);
      const pause = problem.code === 'not_signed_in' ? 3_600_000 : (problem.retry_after_ms ?? backoff_ms(failures));
      if (pause > 0) await this.sleep(act.lane, pause);
    }
  }

  private sleep(lane: Id, ms: number): Promise<void> {
    // Nobody would wake it any more, and it would keep the lock of its conversation from whoever opens this next.
    if (!this.is_open) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.sleepers.delete(lane);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.sleepers.set(lane, wake);
    });
  }

  // ---- one tab and the others ------------------------------------------------------------------------------------------
  private overhear(word: Word): void {
    if (word.said === 'gone') {
      const found = this.lanes.get(word.lane)?.get(word.id);
      if (found) this.remove(found.act);
      this.sleepers.get(word.lane)?.();
    } else if (word.said === 'kept') {
      this.keep_showing(word.act, word.carried);
    } else {
      this.place(word.act);
      this.options.on_change(word.act.lane);
      this.sleepers.get(word.act.lane)?.();
      this.run(word.act.lane);
    }
  }

  private keep_showing(act: Act, carried: Carried): void {
    const lane = this.lanes.get(act.lane);
    // Its event may have come before the answer; then it is shown already.
    if (lane?.has(act.id)) lane.set(act.id, { act, state: 'kept', kept_seq: carried.seq });
    this.options.on_kept(act, carried);
    this.options.on_change(act.lane);
  }

  private async keep(act: Act): Promise<void> {
    const written = this.options.device.put('outbox', act.id, act);
    this.writing.set(act.id, written);
    await written;
    if (this.writing.get(act.id) === written) this.writing.delete(act.id);
    this.tell({ said: 'put', act });
  }

  private async replace(act: Act): Promise<void> {
    if (!this.find(act.id)) return;
    this.place(act);
    this.options.on_change(act.lane);
    await this.keep(act);
    this.sleepers.get(act.lane)?.();
  }

  private forget(act: Act): void {
    this.gone.add(act.id);
    this.remove(act);
    void this.options.device.delete('outbox', act.id).then(() => this.tell({ said: 'gone', lane: act.lane, id: act.id }));
    this.sleepers.get(act.lane)?.();
  }

  private place(act: Act): void {
    const lane = this.lanes.get(act.lane) ?? new Map<Id, Pending>();
    this.lanes.set(act.lane, lane);
    const was = lane.get(act.id)?.state;
    if (was === 'kept') return;
    const state = act.failed ? 'failed' : act.held_until > Date.now() ? 'held' : was === 'sending' ? 'sending' : 'waiting';
    lane.set(act.id, { act, state, kept_seq: null });
  }

  private mark(act: Act, state: Pending['state']): void {
    const lane = this.lanes.get(act.lane);
    const found = lane?.get(act.id);
    if (!lane || !found || found.state === 'kept') return;
    lane.set(act.id, { ...found, state });
    this.options.on_change(act.lane);
  }

  private remove(act: Act): void {
    const lane = this.lanes.get(act.lane);
    lane?.delete(act.id);
    if (lane?.size === 0) this.lanes.delete(act.lane);
    this.options.on_change(act.lane);
  }

  private tell(word: Word): void {
    if (this.is_open) this.channel?.postMessage(word);
  }
}
