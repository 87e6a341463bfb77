// By which ways something calls me. A beat and quiet hours silence all of it; what is in front of me makes no sound; a
// notification is for whoever looks elsewhere.
import { is_quiet } from './quiet_hours.ts';

export interface Wishes {
  readonly sounds: boolean;
  readonly notifications: boolean;
  readonly quiet_from: string | null;
  readonly quiet_until: string | null;
}

export interface Circumstances {
  readonly on_beat: boolean;
  readonly looks: boolean; // at the desk
  readonly sees: boolean; // what it is about, when the desk is looked at
  readonly now: Date;
}

export interface Ways {
  readonly sound: boolean;
  readonly notification: boolean;
}

export function ways_to_call(wishes: Wishes | null, { on_beat, looks, sees, now }: Circumstances): Ways {
  if (!wishes || on_beat || is_quiet(wishes.quiet_from, wishes.quiet_until, now)) return { sound: false, notification: false };
  return { sound: wishes.sounds && !(looks && sees), notification: wishes.notifications && !looks };
}

// Whose words call me: those who know me, and those who are new to all of us. Others have somebody already.
export function who_is_it(row: { readonly knows_me: boolean; readonly is_new_to_all: boolean } | undefined): 'known' | 'new' | 'others' {
  if (row?.knows_me) return 'known';
  return !row || row.is_new_to_all ? 'new' : 'others';
}
