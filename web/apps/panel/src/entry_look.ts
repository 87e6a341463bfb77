// What kind of thing an entry is to the eye.
import * as icon from '@kith/ui/icons';
import type { ShownEntry } from '@kith/store/types';
import { m } from '@kith/words';

export type EntryLook =
  | { kind: 'happened'; icon: string; title: string; heading?: undefined }
  | { kind: 'said'; icon?: string | undefined; heading?: string | undefined };

export function entry_look(entry: ShownEntry): EntryLook {
  if (entry.kind === 'call') return { kind: 'happened', icon: icon.call, title: m.panel_phone() };
  if (entry.kind === 'visit') return { kind: 'happened', icon: icon.shop, title: m.panel_visit() };
  if (entry.kind === 'notice' || entry.author.kind === 'notice') return { kind: 'said', icon: icon.info, heading: m.panel_notice() };
  if (entry.channel === 'email') return { kind: 'said', icon: icon.email, heading: m.panel_email() };
  return { kind: 'said' };
}
