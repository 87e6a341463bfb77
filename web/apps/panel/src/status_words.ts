// The line under her name: what she does right now, as far as anybody may know it.
import { m, when_words } from '@kith/words';
import { back_words } from './hero_words.ts';
import type { PanelView } from './view.svelte.ts';

export function status_words(view: PanelView): string {
  const { house, who, standing } = view;
  if (house.typing.some((each) => each.person === who?.id)) return m.panel_is_writing();
  if (standing === 'unreachable' || standing === 'looking' || !who) return view.organisation;
  if (standing === 'beat') return [m.panel_beat(), back_words(who.back_at)].filter(Boolean).join(' · ');
  if (standing === 'nobody') return house.site?.opens_at ? m.panel_back_when({ when: when_words(house.site.opens_at) }) : m.panel_away();
  if (who.level === 'open') return m.panel_free();
  return who.level === 'with_someone' ? m.panel_with_someone() : m.panel_gentle();
}
