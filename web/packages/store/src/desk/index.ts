export { DeskHouse } from './desk_house.svelte.ts';
export type {
  DeskOptions,
  DraftNow,
  Mention,
  PendingFile,
  Preferences,
  Row,
  Rows,
  Search,
  Talk,
  WordListener,
} from './desk_house.svelte.ts';
