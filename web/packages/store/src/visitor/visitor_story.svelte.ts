// What is known of one visitor: her conversation, and who is there. Fed by pages and by live events; of two states the newer
// holds.
import type {
  Attachment,
  Conversation,
  Id,
  LiveEvent,
  MyConversationPage,
  Person,
  Promised,
  PublicColleague,
  Schemas,
  Seq,
  Site,
  Topic,
} from '@kith/wire';
import { newer, placed } from '../shared/newer.ts';
import { Shelf } from '../shared/shelf.ts';
import type { KeptStory } from './memory.ts';

const kept_entries = 200;

// What somebody else has to find out, because an event does not carry it.
export interface Wishes {
  conversation?: boolean;
  site?: boolean;
  files?: Id[];
}

export class VisitorStory {
  site = $state.raw<Site | null>(null);
  team = $state.raw<readonly PublicColleague[]>([]);
  me = $state.raw<Person | null>(null);
  conversation = $state.raw<Conversation | null>(null);
  topics = $state.raw<readonly Topic[]>([]);
  promises = $state.raw<readonly Promised[]>([]);
  companions = $state.raw<readonly Id[]>([]);
  read_seq = $state.raw<Seq>(0);
  read_by_team = $state.raw<Seq>(0);
  people = $state.raw(new Map<Id, { called: string; face: string | null }>());
  readonly shelf = new Shelf();
  readonly attachments = new Map<Id, Attachment>();
  cursor: Seq | null = null; // everything up to here is applied

  take_site(site: Site): void {
    this.site = site;
    this.team = site.team;
  }

  take_conversation(page: MyConversationPage): void {
    this.me = page.person;
    this.conversation = page.conversation;
    this.topics = page.topics;
    this.promises = page.promises;
    this.companions = page.companions;
    this.read_seq = Math.max(this.read_seq, page.read_seq);
    this.read_by_team = Math.max(this.read_by_team, page.read_by_team);
  }

  take_page(page: Schemas['EntryPage']): void {
    for (const attachment of page.attachments) this.attachments.set(attachment.id, attachment);
    const people = new Map(this.people);
    for (const person of page.people) people.set(person.id, person);
    this.people = people;
  }

  // Whether her conversation consists of other strands than we knew: then its older entries were never heard here.
  is_other_thread(thread: Conversation): boolean {
    const known = this.conversation?.strands;
    return known !== undefined && (known.length !== thread.strands.length || !known.every((each) => thread.strands.includes(each)));
  }

  apply(event: LiveEvent): Wishes {
    switch (event.event) {
      case 'entry_added':
      case 'entry_changed':
        this.shelf.absorb(event.entry);
        return { files: event.entry.attachments.filter((id) => !this.attachments.has(id)) };
      case 'conversation_changed': {
        const is_other = this.is_other_thread(event.thread);
        this.conversation = event.thread;
        return { conversation: is_other };
      }
      case 'person_changed':
        if (event.person.id === this.me?.id) this.me = event.person;
        return {};
      case 'topic_changed':
        this.topics = newer(this.topics, event.topic);
        return {};
      case 'promise_changed':
        this.promises = newer(this.promises, event.promise);
        return {};
      case 'companions_changed':
        this.companions = event.companions;
        return {};
      case 'read_mark_changed':
        if (event.by.kind === 'customer') this.read_seq = Math.max(this.read_seq, event.seq_read);
        else this.read_by_team = Math.max(this.read_by_team, event.seq_read);
        return {};
      case 'colleague_changed':
        this.take_colleague(event.colleague);
        return {};
      case 'settings_changed':
        return { site: true };
      default:
        return {};
    }
  }

  take_presence(present: { person: Id; level: PublicColleague['level']; back_at: string | null }): void {
    this.team = this.team.map((each) => (each.id === present.person ? { ...each, level: present.level, back_at: present.back_at } : each));
  }

  // All who are there; everybody else is not.
  take_all_present(present: readonly { person: Id; level: PublicColleague['level']; back_at: string | null }[]): void {
    const here = new Map(present.map((each) => [each.person, each]));
    this.team = this.team.map((each) => {
      const { level, back_at } = here.get(each.id) ?? { level: 'away' as const, back_at: null };
      return { ...each, level, back_at };
    });
  }

  private take_colleague(colleague: Schemas['Colleague']): void {
    const { id, called, hello_line, face, is_in_team } = colleague;
    const known = this.team.find((each) => each.id === id);
    this.people = new Map(this.people).set(id, { called, face });
    if (!is_in_team) this.team = this.team.filter((each) => each.id !== id);
    else this.team = placed(this.team, { level: 'away', back_at: null, ...known, id, called, hello_line, face });
  }

  bring_back(story: KeptStory): void {
    this.me = story.person;
    this.conversation = story.conversation;
    this.topics = story.topics;
    this.promises = story.promises;
    this.companions = story.companions;
    this.read_seq = story.read_seq;
    this.read_by_team = story.read_by_team;
    this.people = new Map(story.people.map((person) => [person.id, person]));
    for (const attachment of story.attachments) this.attachments.set(attachment.id, attachment);
    this.cursor = story.cursor;
    if (story.cursor !== null) this.shelf.bring_back(story.shelf);
  }

  // Null as long as there is nothing worth keeping.
  keep(draft_files: readonly Id[]): KeptStory | null {
    if (!this.me || !this.conversation) return null;
    const shelf = this.shelf.keep(kept_entries);
    const files = new Set([...shelf.entries.flatMap((entry) => entry.attachments), ...draft_files]);
    return {
      person: this.me,
      conversation: this.conversation,
      shelf,
      topics: [...this.topics],
      promises: [...this.promises],
      companions: [...this.companions],
      people: [...this.people].map(([id, { called, face }]) => ({ id, called, face })),
      attachments: [...this.attachments.values()].filter((each) => files.has(each.id)),
      read_seq: this.read_seq,
      read_by_team: this.read_by_team,
      cursor: this.shelf.is_loaded ? this.cursor : null,
    };
  }

  forget(): void {
    this.me = this.conversation = null;
    this.topics = this.promises = this.companions = [];
    this.read_seq = this.read_by_team = 0;
    this.cursor = null;
    this.attachments.clear();
    this.shelf.clear();
  }
}
