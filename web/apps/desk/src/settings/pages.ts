// The pages of the settings: what is mine, and what is the house's. Each is loaded when somebody goes there.
import * as icon from '@kith/ui/icons';
import { m } from '@kith/words';
import type { DeskSession } from '@kith/wire';
import type { Component } from 'svelte';

export interface SettingsPage {
  readonly id: string;
  readonly label: () => string;
  readonly words: () => string; // what it is for, in a sentence
  readonly icon: string;
  readonly is_mine: boolean;
  readonly for_whom: (me: DeskSession) => boolean;
  readonly load: () => Promise<{ default: Component }>;
}

const everyone = () => true;
const keepers = (me: DeskSession) => me.is_admin || me.is_leader;

export const settings_pages: readonly SettingsPage[] = [
  {
    id: 'me',
    label: m.desk_set_me,
    words: m.desk_set_me_words,
    icon: icon.person,
    is_mine: true,
    for_whom: everyone,
    load: () => import('./Me.svelte'),
  },
  {
    id: 'preferences',
    label: m.desk_set_likes,
    words: m.desk_set_likes_words,
    icon: icon.settings,
    is_mine: true,
    for_whom: everyone,
    load: () => import('./Likes.svelte'),
  },
  {
    id: 'team',
    label: m.desk_set_team,
    words: m.desk_set_team_words,
    icon: icon.colleagues,
    is_mine: false,
    for_whom: keepers,
    load: () => import('./Team.svelte'),
  },
  {
    id: 'site',
    label: m.desk_set_site,
    words: m.desk_set_site_words,
    icon: icon.globe,
    is_mine: false,
    for_whom: keepers,
    load: () => import('./Site.svelte'),
  },
  {
    id: 'hours',
    label: m.desk_set_hours,
    words: m.desk_set_hours_words,
    icon: icon.clock,
    is_mine: false,
    for_whom: keepers,
    load: () => import('./Hours.svelte'),
  },
  {
    id: 'data',
    label: m.desk_set_data,
    words: m.desk_set_data_words,
    icon: icon.download,
    is_mine: false,
    for_whom: keepers,
    load: () => import('./Data.svelte'),
  },
  {
    id: 'programs',
    label: m.desk_set_programs,
    words: m.desk_set_programs_words,
    icon: icon.key,
    is_mine: false,
    for_whom: (me) => me.is_admin,
    load: () => import('./Programs.svelte'),
  },
];
