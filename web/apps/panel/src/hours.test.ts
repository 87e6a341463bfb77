import { describe, expect, it } from 'vitest';
import { week_of } from './hours.ts';

const opening = {
  time_zone: 'Pacific/Auckland',
  week: [
    { day: 1, from: '08:00', until: '12:00' },
    { day: 1, from: '13:00', until: '17:00' },
    { day: 6, from: '10:30', until: '12:00' },
  ],
  days_off: [],
} as never;

describe('the week of a house', () => {
  it('begins with Monday, in the words of the reader', () => {
    const { rows } = week_of(opening, 'de-DE');
    expect(rows.map((row) => row.name)).toEqual(['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag']);
    expect(rows[0]?.hours).toEqual([
      { from: '8:00', until: '12:00' },
      { from: '13:00', until: '17:00' },
    ]);
    expect(rows[2]?.hours).toEqual([]);
  });

  it('marks today as it is where the house lives', () => {
    // Sunday noon in Greenwich is Monday in Auckland.
    const { rows, elsewhere } = week_of(opening, 'en-GB', Date.UTC(2026, 0, 4, 12));
    expect(rows.filter((row) => row.is_today).map((row) => row.name)).toEqual(['Monday']);
    expect(elsewhere).toBe('Pacific/Auckland');
  });

  it('marks today by the clock of this device where the house has the same or says none', () => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const sunday = new Date(2026, 0, 4, 23, 30).getTime();
    for (const time_zone of [here, ''])
      expect(week_of({ ...(opening as object), time_zone } as never, 'en-GB', sunday)).toMatchObject({
        elsewhere: '',
        rows: expect.arrayContaining([expect.objectContaining({ name: 'Sunday', is_today: true })]),
      });
  });

  it('takes what is different about a day for the day that comes next', () => {
    const days_off = [
      { from: '2026-01-05', until: '2026-01-05', name: 'Epiphany eve', hours: [{ from: '09:00', until: '11:00' }] },
      { from: '2026-01-03', until: '2026-01-06', name: 'Stocktaking', hours: [] },
    ];
    // Sunday noon in Greenwich is Monday the 5th in Auckland.
    const { rows, coming } = week_of({ ...(opening as object), days_off } as never, 'en-GB', Date.UTC(2026, 0, 4, 12));
    expect(rows[0]).toMatchObject({ is_today: true, off: 'Epiphany eve', hours: [{ from: '9:00', until: '11:00' }] });
    expect(rows[1]).toMatchObject({ name: 'Tuesday', off: 'Stocktaking', hours: [] });
    // The next Saturday is the 10th: the 3rd is over.
    expect(rows[5]).toMatchObject({ name: 'Saturday', off: '', hours: [{ from: '10:30', until: '12:00' }] });
    expect(coming).toEqual([]);
  });

  it('is not open today on a holiday', () => {
    const days_off = [{ from: '2026-01-05', until: '2026-01-05', name: 'Holiday', hours: [] }];
    const { rows } = week_of({ ...(opening as object), days_off } as never, 'en-GB', Date.UTC(2026, 0, 4, 12));
    expect(rows.find((row) => row.is_today)).toMatchObject({ name: 'Monday', off: 'Holiday', hours: [] });
  });

  it('tells what is different in the month after these days, and no more', () => {
    const off = (from: string, until: string) => ({ from, until, name: from, hours: [] });
    const days_off = [
      off('2026-01-20', '2026-01-22'),
      off('2026-01-10', '2026-01-15'),
      off('2026-03-01', '2026-03-02'),
      off('2025-12-24', '2025-12-26'),
    ];
    const told = (week: unknown) =>
      week_of(week as never, 'en-GB', Date.UTC(2026, 0, 4, 12)).coming.map((row) => row.days.replace(/\s*–\s*/, '–'));
    expect(told({ ...(opening as object), days_off })).toEqual(['10–15 January', '20–22 January']);
    expect(told({ ...(opening as object), week: [], days_off: [off('2026-01-06', '2026-01-06')] })).toEqual(['6 January']);
  });

  it('has no rows without hours', () => {
    expect(week_of({ ...(opening as object), week: [] } as never, 'en-GB').rows).toEqual([]);
  });
});
