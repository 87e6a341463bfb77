// What the palette offers for what was typed.
import type { Search } from '@kith/store/desk';
import type { CommandGroup } from '@kith/ui/Command.svelte';
import * as icon from '@kith/ui/icons';
import { list_time, m } from '@kith/words';
import { called } from '../kit/names.ts';
import type { Desk } from '../shell/context.ts';
import { person_path, entry_path, note_path } from '../shell/routes.ts';
import { key_caps } from '../shell/shortcuts.svelte.ts';
import { snippet, words_of } from './snippet.ts';

const few_acts = 6;
const few_people = 6;
const few_notes = 6;

type Item = CommandGroup['items'][number];

export function search_groups(desk: Desk, search: Search, typed: string): CommandGroup[] {
  const text = typed.trim();
  const groups = text ? [people(search), noted(search, text), said(search, text), acts(desk, text)] : [recent(desk), acts(desk, '')];
  return groups.filter((group) => group.items.length > 0);
}

// What an item leads to: an address, or the id of something to do.
export const go_to = (path: string) => `go:${path}`;
const act = (id: string) => `act:${id}`;

function people(search: Search): CommandGroup {
  const items = search.people.slice(0, few_people).map(({ person, conversation }) => ({
    id: go_to(person_path(conversation)),
    label: called(person),
    person: { id: person.id, name: called(person), src: person.face ?? null },
  }));
  return { name: m.desk_search_people(), items };
}

function said(search: Search, text: string): CommandGroup {
  const items = search.entries.map(({ entry, conversation, person }) => ({
    id: go_to(entry_path(conversation, entry.id)),
    label: called(person),
    detail: snippet(entry.text, text) || m.desk_sent_a_file(),
    marks: words_of(text),
    person: { id: person.id, name: called(person), src: person.face ?? null },
    keys: list_time(entry.at),
  }));
  return { name: m.desk_search_said(), items };
}

// What colleagues wrote down, only for us.
function noted(search: Search, text: string): CommandGroup {
  const items = search.notes.slice(0, few_notes).map(({ note, conversation, person }) => ({
    id: go_to(note_path(conversation, note.id)),
    label: called(person),
    detail: snippet(note.text, text),
    marks: words_of(text),
    person: { id: person.id, name: called(person), src: person.face ?? null },
    keys: list_time(note.written_at),
  }));
  return { name: m.desk_search_notes(), items };
}

function recent({ house }: Desk): CommandGroup {
  const items = house.people.slice(0, few_people).map((row) => ({
    id: go_to(person_path(row.id)),
    label: called(row.person),
    person: { id: row.person.id, name: called(row.person), src: row.person.face ?? null },
  }));
  return { name: m.desk_search_recent(), items };
}

function acts({ shortcuts }: Desk, text: string): CommandGroup {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const can = shortcuts.listed.filter((one) => (one.when?.() ?? true) && one.id !== 'search');
  const fitting = can
    .filter((one) => words.every((word) => one.label().toLocaleLowerCase().includes(word)))
    .toSorted((a, b) => Number(b.group === 'conversation') - Number(a.group === 'conversation')); // what is in front of her first
  const items = fitting.slice(0, text ? few_acts : undefined).map((one): Item => ({
    id: act(one.id),
    label: one.label(),
    icon: one.icon ?? icon.keyboard,
    keys: key_caps(one.keys).join(' '),
  }));
  return { name: m.desk_search_acts(), items };
}
