// Puts something that floats beside what opened it: below if there is room, else above; never outside the window.
const gap = 6;
const edge = 8;

export function place_beside(floating: HTMLElement, opener: HTMLElement): void {
  const at = opener.getBoundingClientRect();
  const { offsetWidth: breadth, offsetHeight: length } = floating;
  const room = { breadth: document.documentElement.clientWidth, length: window.innerHeight };
  const rtl = getComputedStyle(opener).direction === 'rtl';
  const start = rtl ? room.breadth - at.right : at.left;
  const below = at.bottom + gap;
  const above = at.top - gap - length;
  const block = below + length <= room.length - edge || above < edge ? below : above;
  floating.style.insetInlineStart = `${keep(start, edge, room.breadth - breadth - edge)}px`;
  floating.style.insetBlockStart = `${keep(block, edge, room.length - length - edge)}px`;
}

const keep = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
