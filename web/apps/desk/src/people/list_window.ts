// Which rows of a long list are worth drawing. Rows of one list are equally high, so fifty thousand of them cost no more
// than twenty: nothing here walks over rows.
export interface ListSection {
  readonly id: string;
  readonly title: string | null;
  readonly length: number;
}

export interface Measures {
  readonly title: number;
  readonly row: number;
  readonly gap: number; // below each section
}

export interface PlacedSection extends ListSection {
  readonly top: number;
  readonly size: number;
}

export function placed(sections: readonly ListSection[], measures: Measures): { sections: PlacedSection[]; size: number } {
  let top = 0;
  const all = sections.map((section) => {
    // A list without anybody takes no room.
    const size = section.length === 0 ? 0 : (section.title === null ? 0 : measures.title) + section.length * measures.row + measures.gap;
    const one = { ...section, top, size };
    top += size;
    return one;
  });
  return { sections: all, size: top };
}

// The rows of one section between two heights of the list, with some more so that a fast thumb sees no gap.
export function rows_between(
  section: PlacedSection,
  measures: Measures,
  from: number,
  to: number,
  more: number,
): { first: number; last: number } {
  const start = section.top + (section.title === null ? 0 : measures.title);
  const clamp = (at: number) => Math.min(section.length, Math.max(0, at));
  return { first: clamp(Math.floor((from - start) / measures.row) - more), last: clamp(Math.ceil((to - start) / measures.row) + more) };
}

// Where the row stands in the list.
export function top_of_row(section: PlacedSection, measures: Measures, index: number): number {
  return section.top + (section.title === null ? 0 : measures.title) + index * measures.row;
}
