// What can be done with one thing that was said: its menu in the conversation is made of these. The conversation brings its
// own (edit, take back, copy the link); other parts of the desk add theirs.
import type { ShownEntry } from '@kith/store/types';
import type { Talk } from '@kith/store/desk';

export interface EntryAct {
  readonly id: string;
  readonly label: (entry: ShownEntry, talk: Talk) => string;
  readonly icon: string;
  readonly danger?: boolean;
  readonly key?: string; // while the entry is chosen with the arrow keys
  readonly when: (entry: ShownEntry, talk: Talk) => boolean;
  readonly run: (entry: ShownEntry, talk: Talk) => void;
}

export class EntryActs {
  private groups = $state.raw<readonly (readonly EntryAct[])[]>([]);

  add(acts: readonly EntryAct[]): () => void {
    this.groups = [...this.groups, acts];
    return () => (this.groups = this.groups.filter((group) => group !== acts));
  }

  for(entry: ShownEntry, talk: Talk): readonly EntryAct[] {
    return this.groups.flat().filter((act) => act.when(entry, talk));
  }
}
