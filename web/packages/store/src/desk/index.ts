export { DeskHouse } from './desk_house.svelte.ts';
export type { Call, CallListener } from './calls.ts';
export type { DeskOptions, DraftNow, Mention, PendingFile, Preferences, Row, Rows, Search, Talk } from './desk_house.svelte.ts';
