// Every key there is, wherever one is in the desk. What is bound right now is asked of `shortcuts`; this is for reading.
import type { Talk } from '@kith/store/desk';
import { own_acts } from '../conversation/entry_acts.ts';
import { talk_shortcuts } from '../conversation/talk_shortcuts.ts';
import { TalkView } from '../conversation/talk_view.svelte.ts';
import { list_shortcuts } from '../people/list_shortcuts.ts';
import type { Desk } from '../shell/context.ts';
import { shell_shortcuts } from '../shell/shell_shortcuts.ts';
import type { Shortcut, ShortcutGroup } from '../shell/shortcuts.svelte.ts';
import { act_shortcuts, talk_acts } from '../story/talk_acts.ts';
import { topic_act } from '../story/topic_act.ts';

export interface ReadableKey {
  readonly id: string;
  readonly keys: string;
  readonly label: () => string;
  readonly group: ShortcutGroup;
}

// Nobody is there: the keys are read, and none is pressed.
const nobody = {} as Talk;

export function every_key(desk: Desk): readonly ReadableKey[] {
  const all: readonly Shortcut[] = [
    ...shell_shortcuts(desk),
    ...list_shortcuts(desk),
    ...talk_shortcuts(desk, nobody, new TalkView()),
    ...act_shortcuts(talk_acts(desk, nobody)),
  ];
  return all.filter((one) => !one.hidden);
}

// With an entry that is chosen by the arrow keys.
export function entry_keys({ house, open }: Desk): readonly { id: string; keys: string; label: () => string }[] {
  return [...own_acts(house, new TalkView()), topic_act(open)].flatMap(({ id, key, label }) =>
    key ? [{ id, keys: key, label: () => label(undefined as never, nobody) }] : [],
  );
}
