// What is looked at, chapter by chapter. Each has a house of its own, so that what happens in one is not seen in another.
import type { OpenHouse } from '@kith/check/house';
import { desk } from './chapters/desk.ts';
import { doors } from './chapters/doors.ts';
import { panel } from './chapters/panel.ts';
import type { Stage, Width } from './stage.ts';

export interface Chapter {
  readonly name: string;
  readonly widths?: readonly Width[];
  readonly house?: OpenHouse;
  readonly tell: (stage: Stage) => Promise<void>;
}

export const chapters: readonly Chapter[] = [...panel, ...doors, ...desk];
