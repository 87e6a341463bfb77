// Everything the house keeps of one person, as a file to read or to give to her. The browser fetches it, however large.
import type { Id } from '@kith/wire';

export const story_url = (person: Id): string => `/api/desk/people/${person}/export`;

export function take_story(person: Id): void {
  const link = document.createElement('a');
  link.href = story_url(person);
  link.download = '';
  link.click();
}
