import { describe, expect, it } from 'vitest';
import { is_quiet } from './quiet_hours.ts';

const at = (hours: number, minutes = 0) => new Date(2026, 10, 20, hours, minutes);

describe('quiet hours', () => {
  it('go over midnight', () => {
    expect(is_quiet('18:00', '08:00', at(23))).toBe(true);
    expect(is_quiet('18:00', '08:00', at(7, 59))).toBe(true);
    expect(is_quiet('18:00', '08:00', at(8))).toBe(false);
    expect(is_quiet('18:00', '08:00', at(12))).toBe(false);
  });

  it('lie within a day', () => {
    expect(is_quiet('12:00', '13:30', at(13, 29))).toBe(true);
    expect(is_quiet('12:00', '13:30', at(13, 30))).toBe(false);
  });

  it('are none when one end is missing, or both are the same', () => {
    expect(is_quiet('18:00', null, at(20))).toBe(false);
    expect(is_quiet(null, null, at(20))).toBe(false);
    expect(is_quiet('18:00', '18:00', at(20))).toBe(false);
  });
});
