// Calls me: by a sound, by a notification, by both or not at all, as I wished and as things are right now.
import type { Desk } from '../shell/context.ts';
import { show_notification, type Notice } from './notification.ts';
import { play, type Sound } from './sounds.ts';
import { ways_to_call } from './ways_to_call.ts';

const a_while_ms = 1500;
let last_sound = 0;

export interface CallMe {
  readonly sound: Sound;
  readonly conversation: string; // what is in front of me needs no sound
  readonly notice: Notice | null;
}

export function call_me({ house, router }: Pick<Desk, 'house' | 'router'>, { sound, conversation, notice }: CallMe): void {
  const wishes = house.preferences;
  const ways = ways_to_call(wishes, {
    on_beat: house.my_presence?.level === 'beat',
    looks: document.visibilityState === 'visible' && document.hasFocus(),
    sees: router.conversation === conversation,
    now: new Date(),
  });
  if (ways.sound && wishes && Date.now() - last_sound > a_while_ms) {
    last_sound = Date.now();
    play(sound, wishes.volume);
  }
  if (ways.notification && notice) void show_notification(notice, (path) => router.go(path));
}
