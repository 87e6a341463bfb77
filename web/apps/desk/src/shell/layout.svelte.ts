// How much room there is, and what stands in it: a phone shows one thing at a time, a small screen lays the story over the
// conversation, a wide one shows people, conversation and story side by side. Quiet mode leaves the conversation alone.
import { MediaQuery } from 'svelte/reactivity';

export class Layout {
  private readonly small = new MediaQuery('(max-width: 51.9375rem)', false);
  private readonly medium = new MediaQuery('(max-width: 79.9375rem)', false);
  quiet = $state(false);
  story_asked = $state(false); // the story over the conversation, where there is no room beside it
  everyone = $state(false); // the list shows everybody instead of those who wait

  get is_phone(): boolean {
    return this.small.current;
  }

  // There is room for the story beside the conversation.
  get has_story_column(): boolean {
    return !this.medium.current && !this.quiet;
  }

  get has_rail(): boolean {
    return !this.is_phone && !this.quiet;
  }
}
