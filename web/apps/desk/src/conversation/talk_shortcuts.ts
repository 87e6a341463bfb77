// The keys of one conversation.
import type { Talk } from '@kith/store/desk';
import * as icon from '@kith/ui/icons';
import { m } from '@kith/words';
import { tick } from 'svelte';
import type { Desk } from '../shell/context.ts';
import type { Shortcut } from '../shell/shortcuts.svelte.ts';
import type { TalkView } from './talk_view.svelte.ts';

export function talk_shortcuts({ layout }: Desk, talk: Talk, view: TalkView): Shortcut[] {
  return [
    { id: 'answer', keys: 'r', label: m.desk_key_answer, group: 'conversation', icon: icon.edit, run: () => view.focus_composer() },
    {
      id: 'note',
      keys: 'n',
      label: m.desk_key_note,
      group: 'conversation',
      icon: icon.ours_only,
      run: () => {
        talk.write_draft({ only_for_us: true });
        view.focus_composer();
      },
    },
    { id: 'end', keys: 'Shift+G', label: m.desk_key_end, group: 'conversation', icon: icon.arrow_down, run: () => view.to_end() },
    {
      id: 'news',
      keys: 'g n',
      label: m.desk_key_news,
      group: 'conversation',
      icon: icon.up,
      run: () => view.to_news(),
      when: () => talk.new_since !== null,
    },
    {
      id: 'story',
      keys: 's',
      label: m.desk_key_story,
      group: 'conversation',
      icon: icon.story,
      run: () => (layout.story_asked = true),
      when: () => !layout.has_story_column,
    },
    {
      id: 'print',
      keys: '$mod+p',
      label: m.desk_key_print,
      group: 'conversation',
      icon: icon.print,
      run: () => void print_all(talk),
      while_writing: true,
    },
    {
      id: 'leave_field',
      keys: 'Escape',
      label: m.desk_key_leave_field,
      group: 'writing',
      run: leave_field,
      while_writing: true,
      hidden: true,
    },
  ];
}

// All of it, as far back as it goes.
async function print_all(talk: Talk): Promise<void> {
  await talk.load_back_to(0).catch(() => {});
  await tick();
  print();
}

// From the words back to the keys that are single letters.
function leave_field(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
