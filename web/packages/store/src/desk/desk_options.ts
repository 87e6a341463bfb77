// What the desk can be told when it is opened: all of it for tests and the gallery.
import type { Api, Line, LineOptions } from '@kith/wire';

export interface DeskOptions {
  undo_ms?: number; // how long a message is held for undo
  api?: Api;
  make_line?: (options: LineOptions) => Line;
}
