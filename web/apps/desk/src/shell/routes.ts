// Where somebody is in the desk, as an address. Every address can be opened, kept and shared; none holds a secret for longer
// than it takes to read it.
import type { Id } from '@kith/wire';

export const base = '/desk/';

export interface Place {
  readonly room: string; // 'people', 'team', 'settings', ... one of rooms.ts, or a door: 'join', 'first-run'
  readonly parts: readonly string[]; // what stands behind it
  readonly secret: string; // what stood behind #: an invitation, the key of the house, the sample's sign-in
}

export function place_of(path: string, hash = ''): Place {
  const inside = path.startsWith(base) ? path.slice(base.length) : '';
  const [room = '', ...parts] = inside.split('/').filter(Boolean).map(decode);
  return { room: room || 'people', parts, secret: decode(hash.replace(/^#/, '')) };
}

// What somebody typed into the address may be broken; then it is taken as it is.
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function path_to(room: string, ...parts: readonly string[]): string {
  return base + [room, ...parts].map(encodeURIComponent).join('/');
}

export const people_path = base;
export const person_path = (conversation: Id): string => path_to('people', conversation);
export const entry_path = (conversation: Id, entry: Id): string => path_to('people', conversation, 'entry', entry);
// Opens the person; her notes stand beside the story.
export const note_path = (conversation: Id, note: Id): string => path_to('people', conversation, 'note', note);
export const settings_path = (page?: string): string => (page ? path_to('settings', page) : path_to('settings'));
