// "Make this a topic": in the menu of everything that was said.
import * as icon from '@kith/ui/icons';
import { m } from '@kith/words';
import type { EntryAct } from '../shell/entry_acts.svelte.ts';
import type { Openings } from '../shell/openings.svelte.ts';

export const topic_act = (open: Openings): EntryAct => ({
  id: 'topic',
  label: () => m.desk_topic_from_entry(),
  icon: icon.topic,
  key: 't',
  when: (entry) => entry.seq !== null && !entry.taken_back,
  run: (entry, talk) => (open.topic = { talk, entry: entry.id }),
});
