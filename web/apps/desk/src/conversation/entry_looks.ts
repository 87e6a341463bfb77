// On which side something stands, and what is written over it.
import type { ShownEntry } from '@kith/store/types';
import type { Id } from '@kith/wire';
import * as icon from '@kith/ui/icons';
import { m, short_date } from '@kith/words';

export const side_of = (entry: ShownEntry): 'mine' | 'theirs' => (entry.author.kind === 'customer' ? 'theirs' : 'mine');

export interface Heading {
  readonly words: string;
  readonly icon: string | undefined;
  readonly outlined: boolean;
}

export function heading_of(entry: ShownEntry, me: Id, name_of: (id: Id) => string): Heading | null {
  const of_colleague = entry.author.kind === 'colleague' && entry.author.person !== me ? name_of(entry.author.person ?? '') : '';
  const with_name = (words: string) => (of_colleague ? m.desk_heading_of({ name: of_colleague, words }) : words);
  if (entry.kind === 'notice' || entry.author.kind === 'notice') return { words: m.desk_notice(), icon: icon.info, outlined: true };
  if (entry.kind === 'thanks') return { words: with_name(m.desk_thanks()), icon: icon.heart, outlined: false };
  if (entry.kind === 'apology') return { words: with_name(m.desk_apology()), icon: icon.promise, outlined: false };
  if (entry.kind === 'note_to_both') return { words: with_name(m.desk_note_to_both()), icon: icon.note, outlined: true };
  if (entry.channel === 'email')
    return { words: with_name(m.desk_email_of({ day: short_date(entry.at) })), icon: icon.email, outlined: true };
  return of_colleague ? { words: of_colleague, icon: undefined, outlined: false } : null;
}
