// What a composer is asked for, and what the keys mean in it.
import type { VoiceNote } from '@kith/voice';
import type { Snippet } from 'svelte';
import type { ComposerFile } from './ComposerFiles.svelte';
import type { Mark } from './writing.ts';

export type ComposerProps = {
  value?: string;
  label: string;
  placeholder?: string | undefined;
  send_label?: string | undefined;
  round_send?: boolean;
  big_send?: boolean;
  files?: readonly ComposerFile[];
  on_files?: ((files: File[]) => void) | undefined;
  on_remove_file?: ((id: string) => void) | undefined;
  on_retry_file?: ((id: string) => void) | undefined;
  on_describe_file?: ((id: string, words: string) => void) | undefined;
  on_voice?: ((note: VoiceNote) => void) | undefined;
  on_send: () => void;
  on_typing?: (() => void) | undefined;
  onkeydown?: ((event: KeyboardEvent) => void) | undefined;
  emoji?: boolean;
  styles?: boolean;
  enter_sends?: boolean;
  ours_only?: boolean;
  status?: string | undefined;
  waits?: boolean;
  rows?: number;
  above?: Snippet | undefined;
  tools?: Snippet | undefined;
  beside_send?: Snippet | undefined;
};

export type Meaning = { does: 'send' } | { does: 'mark'; mark: Mark } | { does: 'nothing' };

const marks: Record<string, Mark> = { b: 'bold', i: 'italic' };

// On a phone the Enter key makes a line; there is a button for sending right beside it.
const types_on_glass = () => matchMedia('(pointer: coarse)').matches;

export function meaning_of(event: KeyboardEvent, wishes: { enter_sends: boolean; styles: boolean }): Meaning {
  if (event.defaultPrevented || event.isComposing) return { does: 'nothing' };
  const command = event.ctrlKey || event.metaKey;
  if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
    return command || (wishes.enter_sends && !types_on_glass()) ? { does: 'send' } : { does: 'nothing' };
  }
  const mark = marks[event.key.toLowerCase()];
  return wishes.styles && command && mark ? { does: 'mark', mark } : { does: 'nothing' };
}
