// The few words on the host page, straight from the messages: the machinery of the apps would be larger than the loader.
import {
  loader_away as away_de,
  loader_beat as beat_de,
  loader_gentle as gentle_de,
  loader_open as open_de,
  loader_present as present_de,
  loader_title as title_de,
  loader_with_someone as with_someone_de,
  loader_write_to as write_to_de,
  loader_written as written_de,
} from '../../../packages/words/messages/de.json';
import {
  loader_away,
  loader_beat,
  loader_gentle,
  loader_open,
  loader_present,
  loader_title,
  loader_with_someone,
  loader_write_to,
  loader_written,
} from '../../../packages/words/messages/en.json';

const en = {
  open: loader_open,
  write_to: loader_write_to,
  written: loader_written,
  title: loader_title,
  levels: { open: loader_present, gentle: loader_gentle, with_someone: loader_with_someone, beat: loader_beat, away: loader_away },
};
const de: typeof en = {
  open: open_de,
  write_to: write_to_de,
  written: written_de,
  title: title_de,
  levels: { open: present_de, gentle: gentle_de, with_someone: with_someone_de, beat: beat_de, away: away_de },
};

/** In the language of the host page, else of the browser. */
export const words = /^de/i.test(document.documentElement.lang || navigator.language) ? de : en;

export const filled = (message: string, name: string) => message.replace('{name}', () => name);
