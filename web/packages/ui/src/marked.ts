// Where the looked-for words stand in a text: its pieces in order, each a hit or not.
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

export function marked(text: string, words: readonly string[]): Piece[] {
  const wanted = words.filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (wanted.length === 0) return [{ text, hit: false }];
  // Split by a group: every second piece is what the group found.
  const pieces = text.split(new RegExp(`(${wanted.join('|')})`, 'giu'));
  return pieces.map((piece, at) => ({ text: piece, hit: at % 2 === 1 })).filter((piece) => piece.text !== '');
}
