// What the panel takes from here.
export { VisitorHouse } from './visitor_house.svelte.ts';
export type { VisitorOptions } from './visitor_house.svelte.ts';
export type * from '../types.ts';
