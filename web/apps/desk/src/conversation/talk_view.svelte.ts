// What is being looked at or done in one conversation. Gone when it is left.
import type { Id } from '@kith/wire';

export class TalkView {
  editing = $state<Id | ''>(''); // the entry or note that is being put differently
  versions = $state<Id | ''>(''); // the entry whose earlier words are shown
  picture = $state<Id | ''>(''); // the attachment that is shown large
  is_at_end = $state(true);
  // Filled by the parts that can do it.
  focus_composer: () => void = () => {};
  to_end: () => void = () => {};
  to_news: () => void = () => {};
}
