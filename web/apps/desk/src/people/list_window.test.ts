import { describe, expect, it } from 'vitest';
import { placed, rows_between, top_of_row, type Measures, type PlacedSection } from './list_window.ts';

const measures: Measures = { title: 40, row: 80, gap: 10 };
const section = (all: readonly PlacedSection[], id: string): PlacedSection => {
  const found = all.find((one) => one.id === id);
  if (!found) throw new Error(`no section ${id}`);
  return found;
};

describe('a windowed list', () => {
  const { sections, size } = placed(
    [
      { id: 'known', title: 'They know you', length: 3 },
      { id: 'anyone', title: 'Anyone can take', length: 0 },
      { id: 'later', title: 'Coming back later', length: 50_000 },
    ],
    measures,
  );

  it('gives no room to a list without anybody', () => {
    expect(section(sections, 'anyone').size).toBe(0);
    expect(section(sections, 'later').top).toBe(40 + 3 * 80 + 10);
    expect(size).toBe(290 + 40 + 50_000 * 80 + 10);
  });

  it('draws only what is in sight, and a little more', () => {
    const { first, last } = rows_between(section(sections, 'later'), measures, 290 + 40 + 80_000, 290 + 40 + 80_000 + 800, 2);
    expect([first, last]).toEqual([1000 - 2, 1000 + 10 + 2]);
  });

  it('draws nothing of a list that is out of sight', () => {
    const { first, last } = rows_between(section(sections, 'known'), measures, 90_000, 90_800, 2);
    expect(last - first).toBe(0);
  });

  it('knows where a row stands', () => {
    expect(top_of_row(section(sections, 'later'), measures, 2)).toBe(290 + 40 + 160);
  });
});
