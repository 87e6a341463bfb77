// By which way somebody writes, in words.
import type { Entry } from '@kith/wire';
import { m } from '@kith/words';

export function channel_words(channel: Entry['channel']): string {
  switch (channel) {
    case 'email':
      return m.desk_channel_email();
    case 'phone':
      return m.desk_channel_phone();
    case 'web':
    case 'portal':
      return m.desk_channel_chat();
    case 'forum':
      return m.desk_channel_forum();
    case 'counter':
      return m.desk_channel_counter();
    case 'none':
      return '';
  }
}
