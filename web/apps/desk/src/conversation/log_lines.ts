// What stands in the conversation, line by line: the days, the line of what is new, what was said, and notes of the team.
import type { ShownEntry, TalkItem } from '@kith/store/types';
import type { Id, Note, Seq } from '@kith/wire';

export type LogLine =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'entry'; readonly key: string; readonly entry: ShownEntry; readonly joined: boolean; readonly goes_on: boolean }
  | { readonly kind: 'note'; readonly key: string; readonly note: Note };

const together_ms = 5 * 60_000;

export function log_lines(items: readonly TalkItem[], new_since: Seq | null, me: Id | null): LogLine[] {
  const lines: LogLine[] = [];
  let day = '';
  // Whoever answered has seen what stands above her answer.
  const seen = items.reduce(
    (seq, item) => ('entry' in item && item.entry.author.person === me ? Math.max(seq, item.entry.seq ?? 0) : seq),
    new_since ?? 0,
  );
  let is_new_drawn = new_since === null;
  items.forEach((item, index) => {
    const at = time_of(item);
    const this_day = new Date(at).toDateString();
    const is_new_day = this_day !== day;
    if (is_new_day) lines.push({ kind: 'day', key: `day-${this_day}`, at });
    day = this_day;
    let is_after_line = false;
    if (!is_new_drawn && 'entry' in item && is_news(item.entry, seen, me)) {
      lines.push({ kind: 'new', key: 'new' });
      is_new_drawn = is_after_line = true;
    }
    if ('note' in item) lines.push({ kind: 'note', key: item.key, note: item.note });
    else {
      const joined = !is_new_day && !is_after_line && belong_together(items[index - 1], item);
      const next = items[index + 1];
      const goes_on = next !== undefined && same_day(item, next) && belong_together(item, next);
      lines.push({ kind: 'entry', key: item.key, entry: item.entry, joined, goes_on });
    }
  });
  return lines;
}

export const time_of = (item: TalkItem): string => ('entry' in item ? item.entry.at : item.note.written_at);

function same_day(one: TalkItem, other: TalkItem): boolean {
  return new Date(time_of(one)).toDateString() === new Date(time_of(other)).toDateString();
}

function is_news(entry: ShownEntry, since: Seq, me: Id | null): boolean {
  return entry.seq !== null && entry.seq > since && entry.author.person !== me;
}

// Said by the same person, the same way, in one breath.
function belong_together(one: TalkItem | undefined, other: TalkItem): boolean {
  if (!one || !('entry' in one) || !('entry' in other)) return false;
  const a = one.entry;
  const b = other.entry;
  const same = a.author.kind === b.author.kind && a.author.person === b.author.person && a.author.machine === b.author.machine;
  return (
    same && a.kind === 'message' && b.kind === 'message' && a.channel === b.channel && Date.parse(b.at) - Date.parse(a.at) < together_ms
  );
}
