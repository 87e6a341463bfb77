// How long a voice note is and how it looks, heard once and remembered while the page lives. Large sounds stay flat lines.
import type { DeskHouse } from '@kith/store/desk';
import type { Attachment, Id } from '@kith/wire';
import { SvelteMap } from 'svelte/reactivity';

export interface SoundShape {
  readonly seconds: number;
  readonly peaks: readonly number[];
}

const most_bytes = 4_000_000;
const known = new SvelteMap<Id, SoundShape>();
const asked = new Set<Id>();

export function sound_shape(id: Id): SoundShape | undefined {
  return known.get(id);
}

export async function listen_to(house: DeskHouse, file: Attachment): Promise<void> {
  if (!file.media_type.startsWith('audio/') || file.size_bytes > most_bytes || asked.has(file.id)) return;
  asked.add(file.id);
  try {
    const [{ read_peaks }, response] = await Promise.all([import('@kith/voice'), house.api.raw(house.content_url(file.id))]);
    known.set(file.id, await read_peaks(await response.blob()));
  } catch {
    asked.delete(file.id); // another look may succeed; it can be heard all the same
  }
}
