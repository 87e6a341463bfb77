// What a row of the list says: the last words, and how long she waits, in words.
import type { DeskHouse, Row } from '@kith/store/desk';
import { plain_words } from '@kith/ui/markdown';
import { list_time, m, waiting_words, when_words } from '@kith/words';
import { first_name } from '../kit/names.ts';

export interface RowWords {
  readonly words: string;
  readonly when: string | undefined;
  readonly datetime: string | undefined;
  readonly warm: boolean;
}

export function row_words(row: Row, house: DeskHouse): RowWords {
  return { words: last_words(row, house), ...time_of(row) };
}

function last_words(row: Row, house: DeskHouse): string {
  if (row.handover) return m.desk_row_handover({ name: first_name(house.name_of(row.handover.from)), words: row.handover.words });
  if (row.later?.words) return row.later.words;
  const { newest } = row;
  if (!newest) return '';
  if (newest.taken_back) return m.desk_taken_back();
  const said = plain_words(newest.text).trim() || (newest.attachments.length > 0 ? m.desk_sent_a_file() : '');
  const { kind, person, machine } = newest.author;
  if (kind === 'customer') return said;
  if (kind !== 'colleague') return m.desk_row_said({ name: machine ?? '', words: said });
  return person === house.me?.person
    ? m.desk_row_you({ words: said })
    : m.desk_row_said({ name: first_name(house.name_of(person ?? '')), words: said });
}

function time_of(row: Row): Omit<RowWords, 'words'> {
  if (row.later) {
    const { until } = row.later;
    return { when: until ? when_words(until) : m.desk_row_when_she_writes(), datetime: until ?? undefined, warm: false };
  }
  if (row.paused_until && Date.parse(row.paused_until) > Date.now())
    return { when: m.desk_row_paused(), datetime: row.paused_until, warm: false };
  if (row.waiting_since) return { when: waiting_words(row.waiting_since), datetime: row.waiting_since, warm: true };
  return row.newest
    ? { when: list_time(row.newest.at), datetime: row.newest.at, warm: false }
    : { when: undefined, datetime: undefined, warm: false };
}
