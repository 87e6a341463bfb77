// Brings an act into the house: over the line while there is one, else by HTTP. Both say the same with the same id.
import { must } from '@kith/wire';
import type { Api, Entry, Id, Line } from '@kith/wire';
import { body_of, frame_of } from './act.ts';
import type { Act } from './act.ts';
import type { Carried } from './outbox.ts';

interface Paths {
  write: (act: Act) => Promise<Entry>;
  edit: (act: Act) => Promise<Entry>;
  take_back: (act: Act) => Promise<Entry>;
}

export function visitor_paths(api: Api): Paths {
  const about = (act: Act) => ({ path: { id: act.entry } });
  return {
    write: (act) => must(api.POST('/api/visitor/entries', { body: body_of(act) })),
    edit: (act) => must(api.PATCH('/api/visitor/entries/{id}', { params: about(act), body: { act: act.id, text: act.text } })),
    take_back: (act) => must(api.DELETE('/api/visitor/entries/{id}', { params: { ...about(act), query: { act: act.id } } })),
  };
}

export function desk_paths(api: Api): Paths {
  const about = (act: Act) => ({ path: { id: act.entry } });
  return {
    write: (act) => must(api.POST('/api/desk/conversations/{id}/entries', { params: { path: { id: act.lane } }, body: body_of(act) })),
    edit: (act) => must(api.PATCH('/api/desk/entries/{id}', { params: about(act), body: { act: act.id, text: act.text } })),
    take_back: (act) => must(api.DELETE('/api/desk/entries/{id}', { params: { ...about(act), query: { act: act.id } } })),
  };
}

export async function carry(act: Act, line: Line | null, conversation: Id | null, paths: Paths): Promise<Carried> {
  if (line?.can_carry(act.text)) return { ...(await line.act(frame_of(act, conversation))), entry: null };
  const entry = await paths[act.type](act);
  return { seq: entry.changed_seq, entry };
}

// For a page that goes away: the request outlives it. Nobody hears the answer; the next page says it again and is told that
// the house has it.
export function carry_last(act: Act, api: Api, path: string, path_of: (act: Act) => string): void {
  const quietly = (asked: Promise<unknown>) => void asked.catch(() => {});
  const headers = { 'content-type': 'application/json' };
  const last = { keepalive: true, headers };
  if (act.type === 'write') return quietly(api.raw(path, { ...last, method: 'POST', body: JSON.stringify(body_of(act)) }));
  if (act.type === 'edit')
    return quietly(api.raw(path_of(act), { ...last, method: 'PATCH', body: JSON.stringify({ act: act.id, text: act.text }) }));
  quietly(api.raw(`${path_of(act)}?act=${act.id}`, { ...last, method: 'DELETE' }));
}
