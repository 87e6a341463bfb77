import type { Id, Seq } from '@kith/wire';

interface Thing {
  readonly id: Id;
  readonly changed_seq: Seq;
}

// The list with this state of one thing in it, unless it holds a newer one.
export function newer<T extends Thing>(list: readonly T[], thing: T): readonly T[] {
  const at = list.findIndex((each) => each.id === thing.id);
  if (at < 0) return [...list, thing];
  return list[at]!.changed_seq > thing.changed_seq ? list : list.with(at, thing);
}

// The list as the house told it, by an answer that is not older than `as_of`: what it does not name is gone, unless it was
// heard of since; of what it names the newer state holds.
export function told_anew<T extends Thing>(known: readonly T[], told: readonly T[], as_of: Seq): readonly T[] {
  const named = new Set(told.map((each) => each.id));
  const stays = known.filter((each) => named.has(each.id) || each.changed_seq > as_of);
  return told.reduce<readonly T[]>(newer, stays);
}

// `newer` for things without a seq: the last word holds.
export function placed<T extends { readonly id: Id }>(list: readonly T[], thing: T): readonly T[] {
  const at = list.findIndex((each) => each.id === thing.id);
  return at < 0 ? [...list, thing] : list.with(at, thing);
}
