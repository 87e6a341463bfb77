// The sentences under the face. Each says only what the house knows.
import type { Site } from '@kith/wire';
import { clock, m, relative_day, short_time, when_words } from '@kith/words';
import type { PanelView } from './view.svelte.ts';

export function title_words(view: PanelView): string {
  if (view.standing === 'here') return view.name;
  if (view.standing === 'beat') return m.panel_beat_title({ name: view.name });
  if (view.standing === 'nobody') return m.panel_nobody();
  if (view.standing === 'unreachable') return m.panel_unreachable();
  return view.organisation || m.panel_title_plain();
}

/** What a person says, to be set in quotation marks. */
export function hello_line(view: PanelView): string {
  const { site } = view.house;
  if (view.standing === 'here') return view.who?.hello_line.trim() || site?.hello_line.trim() || '';
  if (view.standing === 'nobody') return site?.nobody_there_line.trim() ?? '';
  return view.standing === 'looking' ? (site?.hello_line.trim() ?? '') : '';
}

export function when_words_of(view: PanelView): string {
  const { site } = view.house;
  if (view.standing === 'beat') return back_words(view.who?.back_at ?? null);
  if (view.standing === 'nobody') return answer_words(site);
  if (view.standing === 'unreachable') return view.forgets ? m.panel_unreachable_open() : m.panel_unreachable_words();
  return '';
}

// When somebody answers although nobody is here. During opening hours nobody can know the minute, but how long they go on.
function answer_words(site: Site | null): string {
  if (site?.opens_at) return m.panel_back_when({ when: when_words(site.opens_at) });
  if (!site?.is_open) return '';
  return site.closes_at ? m.panel_open_until({ time: until_words(site.closes_at) }) : m.panel_open_always();
}

/** After "until": "18:00" today, "tomorrow, 2:00". */
const until_words = (at: string) => (relative_day(at) === relative_day(clock.now) ? short_time(at) : when_words(at));

/** Only the time she gave, and only while it lies ahead. */
export function back_words(back_at: string | null): string {
  if (!back_at || Date.parse(back_at) <= clock.now) return '';
  const today = relative_day(back_at) === relative_day(clock.now);
  return today ? m.panel_back_about({ time: short_time(back_at) }) : m.panel_back_when({ when: when_words(back_at) });
}
