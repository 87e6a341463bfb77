// How I am here. One key takes a beat: no reason, no limit; a time only if one wants to say it.
import type { DeskHouse } from '@kith/store/desk';
import type { PresenceLevel } from '@kith/wire';
import { toast } from '@kith/ui/toast';
import { m } from '@kith/words';
import type { Openings } from '../shell/openings.svelte.ts';

export const levels: readonly PresenceLevel[] = ['open', 'gentle', 'with_someone', 'beat', 'away'];

export function level_label(level: PresenceLevel): string {
  const labels: Record<PresenceLevel, () => string> = {
    open: m.desk_presence_open,
    gentle: m.desk_presence_gentle,
    with_someone: m.desk_presence_with_someone,
    beat: m.desk_beat_take,
    away: m.desk_presence_away,
  };
  return labels[level]();
}

export function level_detail(level: PresenceLevel): string {
  const details: Record<PresenceLevel, () => string> = {
    open: m.desk_presence_open_detail,
    gentle: m.desk_presence_gentle_detail,
    with_someone: m.desk_presence_with_someone_detail,
    beat: m.desk_presence_beat_detail,
    away: m.desk_presence_away_detail,
  };
  return details[level]();
}

// Says how I am here, and remembers it for the rest of the day on this device.
export function say(house: DeskHouse, level: PresenceLevel, back_at: string | null = null): void {
  house.be({ level, back_at });
  const today: Today = { day: new Date().toDateString(), level, back_at };
  try {
    localStorage.setItem(key_of(house), JSON.stringify(today));
  } catch {
    // A browser that keeps nothing: she says it again next time.
  }
}

function said_today(house: DeskHouse): Today | null {
  try {
    const today = JSON.parse(localStorage.getItem(key_of(house)) ?? 'null') as Today | null;
    return today?.day === new Date().toDateString() ? today : null;
  } catch {
    return null;
  }
}

// Opening the desk is coming in. Whoever said something else today, or is here on another device, stays as she is.
export function come_in(house: DeskHouse): void {
  const now = house.my_presence;
  if (now && now.level !== 'away') return;
  const today = said_today(house);
  if (today) house.be({ level: today.level, back_at: today.back_at });
  else house.be({ level: 'open', back_at: null });
}

interface Today {
  readonly day: string;
  readonly level: PresenceLevel;
  readonly back_at: string | null;
}

const key_of = (house: DeskHouse): string => `kith-desk-presence-${house.me?.person ?? ''}`;

// Away for a moment, at once; the sheet then offers to say until when. Pressed again: back.
export function toggle_beat(house: DeskHouse, open: Openings): void {
  if (house.my_presence?.level === 'beat') return come_back(house, open);
  say(house, 'beat');
  open.presence = true;
}

export function come_back(house: DeskHouse, open: Openings): void {
  say(house, 'open');
  open.presence = false;
  toast.say(m.desk_beat_over());
}
