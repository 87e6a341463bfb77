// What the house knows of itself comes with the page, as data; a page of a development server has none.
import type { Site } from '@kith/wire';

export function site_in(page: Document): Site | null {
  const words = page.getElementById('site')?.textContent;
  return words ? (JSON.parse(words) as Site) : null;
}
