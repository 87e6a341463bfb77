// What comes in live and may call somebody: words of somebody else, a handover to me, a note that names me.
import type { Entry, Handover, Id, LiveEvent, Note } from '@kith/wire';

export type Call =
  | { readonly what: 'words'; readonly conversation: Id; readonly entry: Entry }
  | { readonly what: 'handover'; readonly conversation: Id; readonly handover: Handover }
  | { readonly what: 'mention'; readonly conversation: Id; readonly note: Note };
export type CallListener = (call: Call) => void;

export function call_in(event: LiveEvent, me: Id | null): Call | null {
  const { conversation } = event;
  if (event.event === 'handover_changed') {
    const { handover } = event;
    const is_offered = handover.state === 'offered' && handover.to === me;
    return is_offered ? { what: 'handover', conversation: handover.conversation, handover } : null;
  }
  if (conversation === null) return null;
  if (event.event === 'note_changed') {
    const { note } = event;
    const is_new = note.version === 1 && !note.taken_back && note.author !== me;
    return is_new && note.mentions.includes(me ?? '') ? { what: 'mention', conversation, note } : null;
  }
  if (event.event !== 'entry_added') return null;
  const { author } = event.entry;
  return author.kind === 'colleague' && author.person === me ? null : { what: 'words', conversation, entry: event.entry };
}

export class Calls {
  private readonly listeners = new Set<CallListener>();

  // Returns how to stop.
  on(listener: CallListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // One that cannot tell (a browser without notifications, a device without sound) keeps nothing else from arriving.
  tell(event: LiveEvent, me: Id | null): void {
    const call = this.listeners.size > 0 ? call_in(event, me) : null;
    if (!call) return;
    for (const listener of this.listeners) {
      try {
        listener(call);
      } catch (error) {
        globalThis.reportError?.(error);
      }
    }
  }
}
