// A name as it may stand in a sentence of ours. People write anything into a name: nothing at all that can be seen, letters
// that turn the sentence around, a novel.
import { m } from '@kith/words';

const longest = 40;
const steering = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;
const not_seen = /[\s\p{C}\p{M}\p{Z}\u115F\u1160\u2800\u3164\uFFA0]/gu;
const piled_up = /(\p{M}{2})\p{M}+/gu;
const leftward = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

export function shown_name(called: string, instead: string = m.panel_somebody()): string {
  if (called.replace(not_seen, '') === '') return instead;
  const clean = called.replace(steering, '').replace(piled_up, '$1').replace(/\s+/g, ' ').trim();
  const short = clean.length > longest ? cut(clean) : clean;
  return leftward.test(short) ? isolated(short) : short;
}

// Between letters as people see them, which may be many code units. Asked only for long names: the first such question of a
// page takes milliseconds.
function cut(name: string): string {
  const letters = [...new Intl.Segmenter().segment(name)].map((each) => each.segment);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : name;
}

/** First strong isolate: the rest of the sentence keeps its own direction. */
export const isolated = (words: string) => `\u2068${words}\u2069`;

/** The name of a file as it is, without what would turn its ending around. */
export const shown_file_name = (name: string) => name.replace(steering, '').trim() || m.ui_picture();
