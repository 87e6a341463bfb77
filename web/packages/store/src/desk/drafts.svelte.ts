// What I am about to write, in every conversation and on every device of mine: on this one with each keystroke, in the
// house a moment later. A draft from elsewhere never overwrites words that are being typed here.
import { SvelteMap } from 'svelte/reactivity';
import { must, new_id } from '@kith/wire';
import type { Api, Draft, Id, Seq } from '@kith/wire';
import type { Device } from '../shared/device.ts';
import { once_in } from '../shared/soon.ts';
import type { Soon } from '../shared/soon.ts';

export interface DraftNow {
  readonly conversation: Id;
  readonly text: string;
  readonly only_for_us: boolean;
  readonly attachments: readonly Id[];
  readonly changed_seq: Seq; // of the newest state in the house that we know
  readonly is_dirty: boolean; // the house does not have this yet
  readonly going?: Going | undefined;
}

// Words of a draft that are on their way as something else. They stay in the draft until the house has them, and a repeat,
// even after a crash, says the same id.
interface Going {
  readonly id: Id;
  readonly as: 'note' | 'later';
  readonly text: string;
  readonly attachments: readonly Id[];
}

const still_typing_ms = 4000;

export class Drafts {
  private readonly by_conversation = new SvelteMap<Id, DraftNow>();
  private readonly soon = new Map<Id, Soon>();
  private readonly typed_at = new Map<Id, number>();
  private readonly saving = new Set<Id>();
  private readonly waiting = new Map<Id, Draft>(); // from elsewhere, heard while somebody typed here
  private readonly api: Api;
  private readonly device: Device;
  private readonly on_heard: (draft: DraftNow) => void;

  constructor(api: Api, device: Device, on_heard: (draft: DraftNow) => void) {
    this.api = api;
    this.device = device;
    this.on_heard = on_heard;
  }

  async open(): Promise<void> {
    for (const draft of await this.device.all<DraftNow>('drafts')) {
      this.by_conversation.set(draft.conversation, draft);
      this.on_heard(draft);
    }
  }

  of(conversation: Id): DraftNow {
    return this.by_conversation.get(conversation) ?? empty(conversation);
  }
  // Those with words in them.
  get all(): DraftNow[] {
    return [...this.by_conversation.values()].filter((draft) => !is_empty(draft));
  }

  write(conversation: Id, change: Partial<Pick<DraftNow, 'text' | 'only_for_us' | 'attachments' | 'going'>>): void {
    this.typed_at.set(conversation, Date.now());
    this.waiting.delete(conversation);
    this.set({ ...this.of(conversation), ...change, is_dirty: true });
    const soon = this.soon.get(conversation) ?? once_in(800, () => void this.save(conversation));
    this.soon.set(conversation, soon);
    soon.run();
  }

  // Under which id these words are said.
  going_as(as: Going['as'], conversation: Id, text: string, attachments: readonly Id[]): Id {
    const { going } = this.of(conversation);
    if (going?.as === as && going.text === text && going.attachments.join() === attachments.join()) return going.id;
    const id = new_id();
    this.set({ ...this.of(conversation), going: { id, as, text, attachments } });
    return id;
  }
  find_going(id: Id): DraftNow | undefined {
    for (const draft of this.by_conversation.values()) if (draft.going?.id === id) return draft;
    return undefined;
  }
  // The house does not want it said like this; another attempt is another thing.
  is_refused(id: Id): void {
    const draft = this.find_going(id);
    if (draft) this.set({ ...draft, going: undefined });
  }
  // The house has them: they leave the draft, and what was typed since stays. Says which files went along.
  arrived(id: Id): readonly Id[] {
    const draft = this.find_going(id);
    if (!draft?.going) return [];
    const { text: said, attachments: gone } = draft.going;
    const text = text_since(draft.text, said);
    const attachments = draft.attachments.filter((each) => !gone.includes(each));
    // What follows a note is as private as the note, until she says otherwise.
    this.write(draft.conversation, { text, attachments, going: undefined, ...(text === '' ? { only_for_us: false } : {}) });
    return gone;
  }

  // What the house says, from another device or from this one.
  heard(draft: Draft): void {
    const now = this.of(draft.conversation);
    if (draft.changed_seq <= now.changed_seq) return;
    const is_typing = this.typed_ago(draft.conversation) < still_typing_ms;
    if (now.is_dirty || this.saving.has(draft.conversation) || (is_typing && now.text !== draft.text)) {
      this.set({ ...now, changed_seq: draft.changed_seq });
      return this.take_when_quiet(draft);
    }
    this.take(draft);
  }

  private take(draft: Draft): void {
    // What is on its way keeps its id for as long as its words stand there.
    const { going } = this.of(draft.conversation);
    const still = going && text_since(draft.text, going.text) !== draft.text ? going : undefined;
    const next: DraftNow = { ...draft, is_dirty: false, going: still };
    this.set(next);
    this.on_heard(next);
  }

  // She went on elsewhere: those words come as soon as nothing is written here any more.
  private take_when_quiet(draft: Draft): void {
    const { conversation } = draft;
    this.waiting.set(conversation, draft);
    const look = () => {
      if (this.waiting.get(conversation) !== draft) return;
      this.waiting.delete(conversation);
      const now = this.of(conversation);
      if (!now.is_dirty && now.changed_seq <= draft.changed_seq) this.take(draft);
    };
    setTimeout(look, Math.max(0, still_typing_ms - this.typed_ago(conversation)));
  }

  private typed_ago(conversation: Id): number {
    return Date.now() - (this.typed_at.get(conversation) ?? 0);
  }

  // All there are in the house; what is not among them is gone, unless it was written here.
  heard_all(drafts: readonly Draft[], as_of: Seq): void {
    const told = new Set(drafts.map((draft) => draft.conversation));
    for (const draft of drafts) this.heard(draft);
    for (const now of [...this.by_conversation.values()])
      if (!told.has(now.conversation) && !now.is_dirty && now.changed_seq <= as_of)
        this.set({ ...empty(now.conversation), changed_seq: now.changed_seq });
  }

  // There is a line again.
  wake(): void {
    for (const draft of this.by_conversation.values()) if (draft.is_dirty) void this.save(draft.conversation);
  }

  // The page goes away; the requests outlive it.
  leave(): void {
    for (const draft of this.by_conversation.values()) if (draft.is_dirty) void this.save(draft.conversation, true);
  }

  private async save(conversation: Id, keepalive = false): Promise<void> {
    const sent = this.of(conversation);
    if (!sent.is_dirty || (this.saving.has(conversation) && !keepalive)) return;
    this.saving.add(conversation);
    try {
      const { text, only_for_us, attachments } = sent;
      const body = { text, only_for_us, attachments: [...attachments] };
      const params = { path: { id: conversation } };
      const kept = await must(this.api.PUT('/api/desk/conversations/{id}/draft', { params, body, keepalive }));
      const now = this.of(conversation);
      const is_same = now.text === text && now.only_for_us === only_for_us && now.attachments.join() === attachments.join();
      this.set({ ...now, changed_seq: Math.max(now.changed_seq, kept.changed_seq), is_dirty: !is_same });
      if (!is_same) this.soon.get(conversation)?.run();
    } catch {
      // It stays on this device and is dirty; `wake` tries again.
    } finally {
      this.saving.delete(conversation);
    }
  }

  private set(draft: DraftNow): void {
    this.by_conversation.set(draft.conversation, draft);
    const is_over = is_empty(draft) && !draft.is_dirty;
    void this.device.put('drafts', draft.conversation, is_over ? undefined : draft);
  }
}

function empty(conversation: Id): DraftNow {
  return { conversation, text: '', only_for_us: false, attachments: [], changed_seq: 0, is_dirty: false };
}

function text_since(text: string, said: string): string {
  const now = text.trimStart();
  return now.startsWith(said) ? now.slice(said.length).trimStart() : text;
}

function is_empty(draft: DraftNow): boolean {
  return draft.text === '' && draft.attachments.length === 0;
}
