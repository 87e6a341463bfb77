// A trace as it would be on a machine where nobody else wants the processor: what happens on the main thread lasts as long as
// the thread had the processor, not as long as the clock went on meanwhile. On two cores without a graphics card the browser's
// own painting, the house and Lighthouse itself take turns with the page, and the clock counts that against the page.

export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly name?: string };
  ts: number; // microseconds of the clock
  dur?: number;
  readonly tts?: number; // microseconds of the thread's processor time
  readonly tdur?: number;
}

const is_task = (event: TraceEvent) => event.ph === 'X' && /(?:^|::)RunTask$/.test(event.name) && event.tts !== undefined;

const thread_of = (event: TraceEvent) => `${event.pid}:${event.tid}`;

function squeeze_thread(events: TraceEvent[]): void {
  events.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  let task: { ts: number; tts: number; end: number; own_end: number } | undefined;
  for (const event of events) {
    if (task && event.ts < task.end && event.tts !== undefined) {
      event.ts = Math.min(task.ts + Math.max(0, event.tts - task.tts), task.own_end);
      if (event.dur !== undefined) event.dur = Math.min(event.tdur ?? event.dur, task.own_end - event.ts);
    } else if (is_task(event)) {
      const own = Math.min(event.tdur ?? 0, event.dur ?? 0);
      task = { ts: event.ts, tts: event.tts!, end: event.ts + (event.dur ?? 0), own_end: event.ts + own };
      event.dur = own;
    }
  }
}

// Changes the events of all main threads in place. The gaps between tasks stay as they were.
export function squeeze_to_own_time(events: readonly TraceEvent[]): void {
  const main = new Set(
    events.filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain').map((event) => thread_of(event)),
  );
  const timed = events.filter((event) => main.has(thread_of(event)) && event.ph !== 'M');
  for (const of_thread of Map.groupBy(timed, thread_of).values()) squeeze_thread(of_thread);
}
