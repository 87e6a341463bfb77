import { describe, expect, it } from 'vitest';
import { week_of } from './hours.ts';

const opening = {
  time_zone: 'Pacific/Auckland',
  week: [
    { day: 1, from: '08:00', until: '12:00' },
    { day: 1, from: '13:00', until: '17:00' },
    { day: 6, from: '10:30', until: '12:00' },
  ],
  closed: [],
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

  it('has no rows without hours', () => {
    expect(week_of({ ...(opening as object), week: [] } as never, 'en-GB').rows).toEqual([]);
  });
});
