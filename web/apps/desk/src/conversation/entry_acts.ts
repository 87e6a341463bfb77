// What the conversation itself can do with something that was said. Own words can be put differently or taken back for a
// quarter of an hour, on both sides alike; what was there before stays readable.
import type { DeskHouse, Talk } from '@kith/store/desk';
import type { ShownEntry } from '@kith/store/types';
import * as icon from '@kith/ui/icons';
import { plain_words } from '@kith/ui/markdown';
import { toast } from '@kith/ui/toast';
import { m } from '@kith/words';
import { copy } from '../kit/copy.ts';
import type { EntryAct } from '../shell/entry_acts.svelte.ts';
import { entry_path } from '../shell/routes.ts';
import type { TalkView } from './talk_view.svelte.ts';

const time_to_edit_ms = 15 * 60_000;

export function own_acts(house: DeskHouse, view: TalkView): EntryAct[] {
  const is_mine = (entry: ShownEntry) => entry.author.kind === 'colleague' && entry.author.person === house.me?.person;
  const is_fresh = (entry: ShownEntry) =>
    entry.state === 'kept' && !entry.taken_back && Date.now() - Date.parse(entry.at) < time_to_edit_ms;
  const is_said = (entry: ShownEntry) => !entry.taken_back && entry.text !== '';
  return [
    {
      id: 'edit',
      label: () => m.desk_act_edit(),
      icon: icon.edit,
      key: 'e',
      when: (entry) => is_mine(entry) && is_fresh(entry) && entry.kind === 'message',
      run: (entry) => (view.editing = entry.id),
    },
    {
      id: 'copy',
      label: () => m.desk_act_copy(),
      icon: icon.copy,
      key: 'c',
      when: is_said,
      run: (entry) => void told(copy(plain_words(entry.text))),
    },
    {
      id: 'link',
      label: () => m.desk_act_link(),
      icon: icon.link,
      key: 'l',
      when: (entry) => entry.seq !== null,
      run: (entry, talk) => void told(copy(new URL(entry_path(talk.id, entry.id), location.href).href)),
    },
    {
      id: 'versions',
      label: () => m.desk_act_versions(),
      icon: icon.clock,
      key: 'v',
      when: (entry) => entry.version > 1,
      run: (entry) => (view.versions = entry.id),
    },
    {
      id: 'take_back',
      label: () => m.desk_act_take_back(),
      icon: icon.take_back,
      danger: true,
      when: (entry) => is_mine(entry) && is_fresh(entry),
      run: (entry, talk) => take_back(entry, talk),
    },
  ];
}

function take_back(entry: ShownEntry, talk: Talk): void {
  talk.take_back(entry.id);
  const again = () => talk.put_back(entry.text);
  toast.say(m.desk_taken_back(), entry.text ? { undo: again, undo_words: m.desk_words_back() } : {});
}

async function told(copied: Promise<boolean>): Promise<void> {
  toast.say((await copied) ? m.desk_copied() : m.desk_copy_failed());
}
