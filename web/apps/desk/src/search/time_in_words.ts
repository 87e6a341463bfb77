// "lamp yesterday", "invoice in May", "sofa 2023", "Ingrid 3 May": a time at the end of what somebody looks for narrows the
// search to it. Words that are no time stay what they are.
import { locale } from '@kith/words';

export interface TimedWords {
  readonly words: string;
  readonly from: Date | null;
  readonly until: Date | null; // not included
  readonly time: string; // the words that said it
}

type Span = { from: Date; until: Date };

export function time_in_words(text: string, now: Date, language = locale() as string): TimedWords {
  const words = text.trim().split(/\s+/).filter(Boolean);
  // Something must be left to look for.
  for (let count = Math.min(3, words.length - 1); count > 0; --count) {
    const tail = words.slice(-count);
    const span = span_of(
      tail
        .join(' ')
        .toLocaleLowerCase(language)
        .replace(/[.,]+$/, ''),
      now,
      language,
    );
    if (!span) continue;
    const rest = words.slice(0, -count);
    if (rest.length > 1 && is_joint(rest.at(-1) ?? '')) rest.pop();
    return { words: rest.join(' '), from: span.from, until: span.until, time: tail.join(' ') };
  }
  return { words: words.join(' '), from: null, until: null, time: '' };
}

const is_joint = (word: string) => /^(in|on|since|from|im|am|seit|vom|von)$/i.test(word);
const day = (now: Date, days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);

function span_of(text: string, now: Date, language: string): Span | null {
  return named_span(text, now, language) ?? week_day(text, now, language) ?? year_span(text) ?? month_span(text, now, language);
}

function named_span(text: string, now: Date, language: string): Span | null {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const days of [0, -1])
    if (relative.format(days, 'day').toLocaleLowerCase(language) === text) return { from: day(now, days), until: day(now, days + 1) };
  const monday = -((now.getDay() + 6) % 7);
  if (relative.format(0, 'week').toLocaleLowerCase(language) === text) return { from: day(now, monday), until: day(now, monday + 7) };
  if (relative.format(-1, 'week').toLocaleLowerCase(language) === text) return { from: day(now, monday - 7), until: day(now, monday) };
  const month = (by: number) => new Date(now.getFullYear(), now.getMonth() + by, 1);
  if (relative.format(0, 'month').toLocaleLowerCase(language) === text) return { from: month(0), until: month(1) };
  if (relative.format(-1, 'month').toLocaleLowerCase(language) === text) return { from: month(-1), until: month(0) };
  return null;
}

// "Monday": the last one there was.
function week_day(text: string, now: Date, language: string): Span | null {
  const name = new Intl.DateTimeFormat(language, { weekday: 'long' });
  for (let ago = 0; ago < 7; ++ago)
    if (name.format(day(now, -ago)).toLocaleLowerCase(language) === text) return { from: day(now, -ago), until: day(now, 1 - ago) };
  return null;
}

function year_span(text: string): Span | null {
  if (!/^(19|20)\d\d$/.test(text)) return null;
  return { from: new Date(Number(text), 0, 1), until: new Date(Number(text) + 1, 0, 1) };
}

// "May", "May 2023", "3 May", "3. Mai 2023". Without a year: the last one there was.
function month_span(text: string, now: Date, language: string): Span | null {
  const found = /^(?:(\d{1,2})\.? )?(\p{L}+)(?: (\d{4}))?$/u.exec(text);
  if (!found) return null;
  const name = new Intl.DateTimeFormat(language, { month: 'long' });
  const month = Array.from({ length: 12 }, (_, at) => at).find(
    (at) => name.format(new Date(2024, at, 1)).toLocaleLowerCase(language) === found[2],
  );
  if (month === undefined) return null;
  const date = found[1] ? Number(found[1]) : 0;
  const begin = (year: number) => new Date(year, month, date || 1);
  const year = found[3] ? Number(found[3]) : begin(now.getFullYear()) > now ? now.getFullYear() - 1 : now.getFullYear();
  if (begin(year).getMonth() !== month) return null; // the 31st of April
  return { from: begin(year), until: date ? new Date(year, month, date + 1) : new Date(year, month + 1, 1) };
}
