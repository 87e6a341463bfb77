import { expect, test } from 'vitest';
import { squeeze_to_own_time, type TraceEvent } from './own_time.ts';

const thread = (tid: number, name: string): TraceEvent => ({ name: 'thread_name', ph: 'M', pid: 1, tid, ts: 0, args: { name } });

test('work on a main thread lasts as long as the thread had the processor, and what is inside stays inside', () => {
  const task: TraceEvent = { name: 'ThreadControllerImpl::RunTask', ph: 'X', pid: 1, tid: 1, ts: 1000, dur: 100, tts: 500, tdur: 20 };
  const call: TraceEvent = { name: 'FunctionCall', ph: 'X', pid: 1, tid: 1, ts: 1040, dur: 50, tts: 504, tdur: 12 };
  const next: TraceEvent = { name: 'RunTask', ph: 'X', pid: 1, tid: 1, ts: 1200, dur: 10, tts: 520, tdur: 10 };
  const mark: TraceEvent = { name: 'firstContentfulPaint', ph: 'R', pid: 1, tid: 1, ts: 1150, tts: 520 };
  const elsewhere: TraceEvent = { name: 'RunTask', ph: 'X', pid: 1, tid: 2, ts: 1000, dur: 100, tts: 1, tdur: 1 };
  squeeze_to_own_time([thread(1, 'CrRendererMain'), thread(2, 'Compositor'), next, call, elsewhere, mark, task]);
  expect([task.ts, task.dur]).toEqual([1000, 20]);
  expect([call.ts, call.dur]).toEqual([1004, 12]);
  expect([next.ts, next.dur]).toEqual([1200, 10]);
  expect(mark.ts).toBe(1150);
  expect(elsewhere.dur).toBe(100);
});

test('an event that did not say how long it had the processor never outlives its task', () => {
  const task: TraceEvent = { name: 'RunTask', ph: 'X', pid: 1, tid: 1, ts: 0, dur: 100, tts: 0, tdur: 10 };
  const inside: TraceEvent = { name: 'Layout', ph: 'X', pid: 1, tid: 1, ts: 90, dur: 9, tts: 9 };
  squeeze_to_own_time([thread(1, 'CrRendererMain'), task, inside]);
  expect(inside.ts + inside.dur!).toBeLessThanOrEqual(task.ts + task.dur!);
});
