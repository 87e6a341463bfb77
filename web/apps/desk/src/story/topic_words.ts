// What stands below a topic: when it was, and with whom.
import type { DeskHouse } from '@kith/store/desk';
import type { Topic } from '@kith/wire';
import { clock, list_words, m, relative_day, since_words, when_words } from '@kith/words';
import { first_name } from '../kit/names.ts';
import type { TopicTime } from './topic_past.svelte.ts';

const long_ago = (at: string): boolean => clock.now - Date.parse(at) > 6 * 86_400_000;

// `name` is that of the person whom it is about.
export function topic_detail(topic: Topic, time: TopicTime | null, house: DeskHouse, name: string): string | undefined {
  if (topic.state !== 'settled') return state_words(topic, name);
  if (!time) return undefined;
  const when = long_ago(time.last) ? since_words(time.last) : relative_day(time.last);
  const names = time.with.map((id) => (id === house.me?.person ? m.desk_you_with() : first_name(house.name_of(id)))).filter(Boolean);
  return names.length > 0 ? m.desk_past_with({ when, names: list_words(names) }) : when;
}

export function state_words({ state, until }: Pick<Topic, 'state' | 'until'>, name: string): string {
  switch (state) {
    case 'open':
      return m.ui_story_now();
    case 'waiting_for_us':
      return m.desk_topic_waits_us();
    case 'waiting_for_you':
      return m.desk_topic_waits_her({ name });
    case 'waiting_for_date':
      return until ? m.desk_topic_waits_until({ when: when_words(until) }) : m.desk_topic_waits_date();
    case 'answered':
      return m.desk_topic_answered();
    case 'settled':
      return m.desk_topic_settled();
  }
}
