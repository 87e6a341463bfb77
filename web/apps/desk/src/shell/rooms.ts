// The rooms of the desk: the rail, the tabs of a phone and the palette are made of this list. A room is loaded when somebody
// goes there; the conversation is always there.
import { m } from '@kith/words';
import * as icon from '@kith/ui/icons';
import type { Component } from 'svelte';
import { base, path_to } from './routes.ts';

export interface Room {
  readonly id: string; // the first part of its address
  readonly label: () => string;
  readonly icon: string;
  readonly icon_on: string;
  readonly path: string;
  readonly keys: string;
  readonly at_end?: boolean; // stands below, beside the beat
  readonly load?: () => Promise<{ default: Component }>; // the people room has none: it is the page itself
}

export const rooms: readonly Room[] = [
  { id: 'people', label: m.desk_room_people, icon: icon.people, icon_on: icon.people_fill, path: base, keys: 'g p' },
  {
    id: 'today',
    label: m.desk_room_today,
    icon: icon.today,
    icon_on: icon.today,
    path: path_to('today'),
    keys: 'g d',
    load: () => import('../today/Today.svelte'),
  },
  {
    id: 'team',
    label: m.desk_room_team,
    icon: icon.team,
    icon_on: icon.team,
    path: path_to('team'),
    keys: 'g t',
    load: () => import('../team/Team.svelte'),
  },
  {
    id: 'settings',
    label: m.desk_room_settings,
    icon: icon.settings,
    icon_on: icon.settings,
    path: path_to('settings'),
    keys: 'g s',
    at_end: true,
    load: () => import('../settings/Settings.svelte'),
  },
];

export const room = (id: string): Room | undefined => rooms.find((one) => one.id === id);
