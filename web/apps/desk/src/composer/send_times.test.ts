import { describe, expect, it } from 'vitest';
import { send_times, wall_time } from './send_times.ts';

const ids = (now: Date) => send_times(now).map((one) => one.id);

describe('sending later', () => {
  it('offers only what still lies ahead today', () => {
    expect(ids(new Date(2026, 10, 18, 7, 0))).toEqual(['morning', 'afternoon', 'evening', 'tomorrow', 'monday']);
    expect(ids(new Date(2026, 10, 18, 16, 0))).toEqual(['evening', 'tomorrow', 'monday']);
    expect(ids(new Date(2026, 10, 18, 20, 0))).toEqual(['tomorrow', 'monday']);
  });

  it('does not offer the same morning twice on a Sunday', () => {
    expect(ids(new Date(2026, 10, 22, 20, 0))).toEqual(['tomorrow']);
  });

  it('goes out on the Monday of next week when today is Monday', () => {
    const monday = send_times(new Date(2026, 10, 23, 20, 0)).find((one) => one.id === 'monday');
    expect(monday?.at).toEqual(new Date(2026, 10, 30, 9, 0));
  });

  it('crosses months', () => {
    expect(send_times(new Date(2026, 11, 31, 20, 0))[0]?.at).toEqual(new Date(2027, 0, 1, 9, 0));
  });

  it('writes a time as a clock on the wall shows it', () => {
    expect(wall_time(new Date(2026, 0, 5, 7, 3))).toBe('2026-01-05T07:03');
  });
});
