// What the door and the panel say to each other through the glass. Both sides check the window and its exact origin before they
// read a word, and the shape before they believe it.
import { levels } from '@kith/store/shared/who_greets';
import type { PresenceLevel } from '@kith/wire';

export type Level = PresenceLevel;

/** From the panel: it is ready; it wants to be closed; how things stand behind the door. */
export type FromPanel =
  { kith: 'knock' } | { kith: 'close' } | { kith: 'tell'; unread: number; called: string; face: string | null; level: Level };

/** To the panel: who the website says she is, and whether somebody looks. */
export type ToPanel = { kith: 'come_in'; identity_token: string | null; is_open: boolean } | { kith: 'opened' } | { kith: 'closed' };

export function heard(data: unknown): FromPanel | null {
  const said = data as Partial<Record<string, unknown>> | null;
  const kith = said?.['kith'];
  if (kith === 'knock' || kith === 'close') return { kith };
  if (kith !== 'tell') return null;
  const { unread, called, face, level } = said as Record<string, unknown>;
  const fits =
    Number.isSafeInteger(unread) &&
    typeof called === 'string' &&
    levels.includes(level as Level) &&
    (face === null || /^\/api\/faces\//.test(`${face}`));
  return fits ? (said as FromPanel) : null;
}
