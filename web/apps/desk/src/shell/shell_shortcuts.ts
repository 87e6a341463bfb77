// The keys that work wherever one is in the desk.
import * as icon from '@kith/ui/icons';
import { m } from '@kith/words';
import { toggle_beat } from '../presence/presence_acts.ts';
import type { Desk } from './context.ts';
import { rooms } from './rooms.ts';
import type { Shortcut } from './shortcuts.svelte.ts';

export function shell_shortcuts({ house, router, layout, open }: Desk): Shortcut[] {
  const look = () => (open.search = true);
  return [
    { id: 'search', keys: '$mod+k', label: m.desk_key_search, group: 'everywhere', icon: icon.search, run: look, while_writing: true },
    { id: 'search_slash', keys: '/', label: m.desk_key_search, group: 'everywhere', run: look, hidden: true },
    { id: 'keys', keys: '[Shift]+?', label: m.desk_key_keys, group: 'everywhere', icon: icon.keyboard, run: () => (open.keys = true) },
    {
      id: 'beat',
      keys: 'b',
      label: () => (house.my_presence?.level === 'beat' ? m.desk_beat_back() : m.desk_beat_take()),
      group: 'everywhere',
      icon: icon.cup,
      run: () => toggle_beat(house, open),
    },
    {
      id: 'presence',
      keys: 'Shift+B',
      label: m.desk_presence_title,
      group: 'everywhere',
      icon: icon.person,
      run: () => (open.presence = true),
    },
    {
      id: 'quiet',
      keys: 'q',
      label: () => (layout.quiet ? m.desk_key_quiet_off() : m.desk_key_quiet()),
      group: 'everywhere',
      icon: icon.eye,
      run: () => (layout.quiet = !layout.quiet),
      when: () => router.conversation !== '',
    },
    ...rooms.map((room) => ({
      id: `go_${room.id}`,
      keys: room.keys,
      label: () => m.desk_key_go({ room: room.label() }),
      group: 'everywhere' as const,
      icon: room.icon,
      run: () => router.go(room.path),
    })),
  ];
}
