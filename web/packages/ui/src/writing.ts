// Changing what stands in a textarea the way a hand would, so that undo of the browser still works.

export function insert(element: HTMLTextAreaElement, text: string): void {
  element.focus();
  // Deprecated, and still the only way that keeps the undo history.
  if (document.execCommand('insertText', false, text)) return;
  element.setRangeText(text, element.selectionStart, element.selectionEnd, 'end');
  element.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

export type Mark = 'bold' | 'italic' | 'list' | 'quote';

const around: Partial<Record<Mark, string>> = { bold: '**', italic: '*' };
const before_lines: Partial<Record<Mark, string>> = { list: '- ', quote: '> ' };

/** What the chosen text becomes with a mark, or without it when it had it. */
export function marked(chosen: string, mark: Mark): string {
  const sign = around[mark];
  if (sign) {
    const has = chosen.length >= sign.length * 2 && chosen.startsWith(sign) && chosen.endsWith(sign);
    return has ? chosen.slice(sign.length, -sign.length) : `${sign}${chosen}${sign}`;
  }
  const prefix = before_lines[mark] ?? '';
  const lines = chosen.split('\n');
  const all_have = lines.every((line) => line.startsWith(prefix));
  return lines.map((line) => (all_have ? line.slice(prefix.length) : prefix + line)).join('\n');
}

export function toggle_mark(element: HTMLTextAreaElement, mark: Mark): void {
  const { selectionStart: from, selectionEnd: to, value } = element;
  // A list and a quote are of whole lines.
  const start = before_lines[mark] ? value.lastIndexOf('\n', from - 1) + 1 : from;
  element.setSelectionRange(start, to);
  const text = marked(value.slice(start, to), mark);
  insert(element, text);
  const sign = around[mark]?.length ?? 0;
  if (from === to && sign > 0) element.setSelectionRange(start + sign, start + text.length - sign);
  else element.setSelectionRange(start, start + text.length);
}

/** Files out of a paste or a drop. Words win over the picture of them that some programs add. */
export function files_of(data: DataTransfer | null): File[] {
  if (!data || data.types.includes('text/plain')) return [];
  return [...data.files];
}

export function has_files(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') ?? false;
}
