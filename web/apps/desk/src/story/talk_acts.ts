// What can be done with a whole conversation: buttons, menu, keys and the palette are made of this one list.
import type { Talk } from '@kith/store/desk';
import * as icon from '@kith/ui/icons';
import { m } from '@kith/words';
import { short_name } from '../kit/names.ts';
import type { Desk } from '../shell/context.ts';
import type { Shortcut } from '../shell/shortcuts.svelte.ts';
import { take_story } from './take_story.ts';

export interface TalkAct {
  readonly id: string;
  readonly label: () => string;
  readonly icon: string;
  readonly keys?: string;
  readonly when?: () => boolean;
  readonly run: () => void;
}

export const open_topics = (talk: Talk) => talk.topics.filter((topic) => topic.state !== 'settled');

export function talk_acts({ house, open }: Desk, talk: Talk): TalkAct[] {
  const keeps_the_house = () => house.me?.is_leader === true || house.me?.is_admin === true;
  return [
    { id: 'later', label: m.desk_later, icon: icon.clock, keys: 'l', run: () => (open.later = talk) },
    { id: 'hand_over', label: m.desk_hand_over, icon: icon.hand_over, keys: 'h', run: () => (open.hand_over = talk) },
    {
      id: 'settle',
      label: m.desk_settled,
      icon: icon.check,
      keys: 'x',
      when: () => open_topics(talk).length > 0,
      run: () => (open.settle = talk),
    },
    { id: 'promise', label: m.desk_promise_make, icon: icon.promise, keys: 'p', run: () => (open.promise = { talk }) },
    { id: 'topic', label: m.desk_topic_make, icon: icon.topic, keys: 't', run: () => (open.topic = newest_word(talk)) },
    { id: 'bring_in', label: m.desk_bring_in, icon: icon.bring_in, keys: 'i', run: () => (open.bring_in = talk) },
    { id: 'about', label: () => m.desk_about_title({ name: short_name(talk.person) }), icon: icon.edit, run: () => (open.about = talk) },
    { id: 'merge', label: m.desk_merge, icon: icon.merge, run: () => (open.merge = talk) },
    { id: 'export', label: m.desk_story_take, icon: icon.download, when: keeps_the_house, run: () => take_story(talk.person?.id ?? '') },
  ];
}

export function act_shortcuts(acts: readonly TalkAct[]): Shortcut[] {
  return acts.flatMap((act) =>
    act.keys
      ? [
          {
            id: act.id,
            keys: act.keys,
            label: act.label,
            group: 'conversation' as const,
            icon: act.icon,
            run: act.run,
            ...(act.when ? { when: act.when } : {}),
          },
        ]
      : [],
  );
}

// By a key alone it is about what she said last.
function newest_word(talk: Talk) {
  const newest = talk.entries.findLast((entry) => entry.author.kind === 'customer' && entry.seq !== null && !entry.taken_back);
  return newest ? { talk, entry: newest.id } : { talk };
}
