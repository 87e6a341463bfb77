// What lies over the page. Each is opened from several places: a key, the palette, a button.
import type { Talk } from '@kith/store/desk';
import type { Id, Promised, Topic } from '@kith/wire';

export interface TopicOpening {
  readonly talk: Talk;
  readonly topic?: Topic; // look at this one
  readonly entry?: Id; // or make one out of this entry
}

export interface PromiseOpening {
  readonly talk: Talk;
  readonly promise?: Promised; // another time for this one, or owning it
  readonly own?: boolean;
}

export class Openings {
  search = $state(false); // the palette
  search_words = ''; // typed before it was there
  keys = $state(false); // the `?` sheet
  presence = $state(false); // "how are you here"
  later = $state.raw<Talk | null>(null); // "coming back later", for this conversation
  hand_over = $state.raw<Talk | null>(null);
  bring_in = $state.raw<Talk | null>(null);
  merge = $state.raw<Talk | null>(null);
  settle = $state.raw<Talk | null>(null);
  about = $state.raw<Talk | null>(null); // what she likes to be called, her languages, what she needs
  topic = $state.raw<TopicOpening | null>(null);
  promise = $state.raw<PromiseOpening | null>(null);
}
