// Changes some of what the house says of itself and leaves the rest as others have it by now. Whoever saves in the same
// moment is told that somebody was faster.
import type { DeskHouse } from '@kith/store/desk';
import { must, type Schemas, type Settings } from '@kith/wire';

export async function save_settings(house: DeskHouse, change: Partial<Schemas['SaveSettings']>): Promise<Settings> {
  const { version, ...before } = await must(house.api.GET('/api/desk/settings'));
  const params = { header: { 'If-Match': `"${version}"` } };
  return must(house.api.PUT('/api/desk/settings', { params, body: { ...before, ...change } }));
}
