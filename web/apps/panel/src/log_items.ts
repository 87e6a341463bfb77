// The conversation as it is laid out: days between messages, runs of one person, promises where they were given, and the
// sentence for somebody who comes back.
import type { Promised, Topic } from '@kith/wire';
import type { ShownEntry } from '@kith/store/types';

export type LogItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'news'; key: string }
  | { kind: 'knows'; key: string; since: string; topic: string | null }
  | { kind: 'promise'; key: string; promise: Promised }
  | { kind: 'entry'; key: string; entry: ShownEntry; ends_run: boolean; starts_run: boolean };

const run_ms = 5 * 60_000;
const long_ago_ms = 3 * 86_400_000;

const day_of = (at: string) => new Date(at).toDateString();
const speaker = (entry: ShownEntry) => `${entry.author.kind} ${entry.author.kind === 'customer' ? '' : entry.author.person}`;

function is_one_run(a: ShownEntry | undefined, b: ShownEntry | undefined): boolean {
  return !!a && !!b && speaker(a) === speaker(b) && day_of(a.at) === day_of(b.at) && Date.parse(b.at) - Date.parse(a.at) < run_ms;
}

export interface Told {
  topics: readonly Topic[];
  promises?: readonly Promised[];
  news_after: number | null; // the seq she had read when she came: what follows of others is new to her
}

export function log_items(entries: readonly ShownEntry[], { topics, promises = [], news_after }: Told, now: number): LogItem[] {
  const items: LogItem[] = [];
  // Those before the first word that is shown come with the words of their time.
  const first = entries[0]?.at;
  const given = promises.filter((each) => first && Date.parse(each.given_at) >= Date.parse(first));
  given.sort((a, b) => Date.parse(a.given_at) - Date.parse(b.given_at));
  let day = '';
  const begin_day = (at: string) => {
    if (day_of(at) === day) return;
    day = day_of(at);
    items.push({ kind: 'day', key: `day ${day}`, at });
  };
  const promises_before = (entry?: ShownEntry) => {
    const next = entry ? given.findIndex((each) => !was_given_before(each, entry)) : -1;
    for (const promise of given.splice(0, next < 0 ? given.length : next)) {
      begin_day(promise.given_at);
      items.push({ kind: 'promise', key: promise.id, promise });
    }
  };
  let news_said = news_after === null;
  const came_back = last_return(entries, now);
  entries.forEach((entry, at) => {
    const before = entries[at - 1];
    promises_before(entry);
    if (at === came_back) items.push(knows(entries, at, topics));
    begin_day(entry.at);
    if (!news_said && entry.seq !== null && entry.seq > news_after! && entry.author.kind !== 'customer') {
      news_said = true;
      items.push({ kind: 'news', key: 'news' });
    }
    const ends_run = !is_one_run(entry, entries[at + 1]);
    items.push({ kind: 'entry', key: entry.id, entry, ends_run, starts_run: !is_one_run(before, entry) });
  });
  promises_before();
  if (came_back === entries.length) items.push(knows(entries, entries.length, topics));
  return items;
}

// In the same moment the order of the house decides, as long as nothing became of the promise yet.
function was_given_before(promise: Promised, entry: ShownEntry): boolean {
  const ahead = Date.parse(entry.at) - Date.parse(promise.given_at);
  return ahead > 0 || (ahead === 0 && entry.seq !== null && promise.changed_seq < entry.seq);
}

// Where the newest visit begins, if it is one after a long time: the place before its first word, or the end while she has
// said nothing yet.
function last_return(entries: readonly ShownEntry[], now: number): number | null {
  const newest = entries.at(-1);
  if (!newest) return null;
  if (now - Date.parse(newest.at) > long_ago_ms) return entries.length;
  for (let at = entries.length - 1; at > 0; at--) {
    if (Date.parse(entries[at]!.at) - Date.parse(entries[at - 1]!.at) > long_ago_ms) return at;
  }
  return null;
}

function knows(entries: readonly ShownEntry[], at: number, topics: readonly Topic[]): LogItem {
  const last = entries[at - 1]!;
  const topic =
    topics.find((each) => each.entries.includes(last.id)) ??
    topics.find((each) => each.entries.some((id) => entries.slice(0, at).some((one) => one.id === id)));
  return { kind: 'knows', key: 'knows', since: last.at, topic: topic?.title ?? null };
}
