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

// The same for things without a seq: the last word holds.
export function placed<T extends { readonly id: Id }>(list: readonly T[], thing: T): readonly T[] {
  const at = list.findIndex((each) => each.id === thing.id);
  return at < 0 ? [...list, thing] : list.with(at, thing);
}
