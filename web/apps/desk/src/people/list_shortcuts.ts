// The next person and the one before, without looking for the mouse.
import type { Row, Rows } from '@kith/store/desk';
import * as icon from '@kith/ui/icons';
import { m } from '@kith/words';
import type { Desk } from '../shell/context.ts';
import { people_path, person_path } from '../shell/routes.ts';
import type { Shortcut } from '../shell/shortcuts.svelte.ts';

export function list_shortcuts({ house, router, layout }: Desk): Shortcut[] {
  const lists = (): Rows[] => (layout.everyone ? [house.people] : [house.line.known, house.line.anyone, house.line.later]);
  const step = (by: 1 | -1) => {
    const next = neighbour(lists(), house.row(router.conversation), by);
    if (next) router.go(person_path(next.id));
  };
  return [
    { id: 'next', keys: 'j', label: m.desk_key_next, group: 'people', icon: icon.down, run: () => step(1) },
    { id: 'previous', keys: 'k', label: m.desk_key_previous, group: 'people', icon: icon.up, run: () => step(-1) },
    {
      id: 'everyone',
      keys: 'e',
      label: () => (layout.everyone ? m.desk_key_waiting() : m.desk_key_everyone()),
      group: 'people',
      icon: icon.people,
      run: () => (layout.everyone = !layout.everyone),
    },
    {
      id: 'leave',
      keys: 'u',
      label: m.desk_key_leave,
      group: 'people',
      icon: icon.back,
      run: () => router.go(people_path),
      when: () => router.conversation !== '',
    },
  ];
}

// Whoever stands after (or before) this row, over all lists. Without a row: the first.
export function neighbour(lists: readonly Rows[], row: Row | undefined, by: 1 | -1): Row | undefined {
  const all = lists.filter((list) => list.length > 0);
  const at = row ? all.findIndex((list) => list.index_of(row) >= 0) : -1;
  if (!row || at < 0) return all[0]?.at(0);
  const here = all[at];
  const index = (here?.index_of(row) ?? 0) + by;
  if (here && index >= 0 && index < here.length) return here.at(index);
  const other = all[at + by];
  return other?.at(by === 1 ? 0 : other.length - 1);
}
