// Where she writes comes a few breaths after the human (Meet.svelte).
import { breathe } from '@kith/store/shared/breathe';

const most_breaths = 9;

export async function pen_of(inside: HTMLElement): Promise<HTMLTextAreaElement | null> {
  for (let breaths = 0; breaths < most_breaths; breaths++) {
    const pen = inside.querySelector('textarea');
    if (pen) return pen;
    await breathe();
  }
  return inside.querySelector('textarea');
}
