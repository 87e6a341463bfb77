// Calling a colleague by name in what is only for us: "@Mira it's under the counter".
import type { Colleague, Id } from '@kith/wire';
import { first_name } from '../kit/names.ts';

export interface Asked {
  readonly from: number; // where the @ stands
  readonly words: string; // what follows it, up to the caret
}

// The name that is being typed at the caret, or null.
export function asked_at(text: string, caret: number): Asked | null {
  const found = /(?:^|[\s(])@([\p{L}\p{M}'’-]{0,40})$/u.exec(text.slice(0, caret));
  return found ? { from: caret - (found[1]?.length ?? 0) - 1, words: found[1] ?? '' } : null;
}

// Whose name begins so; who is in stands first.
export function named(words: string, team: readonly Colleague[], is_in: (id: Id) => boolean): Colleague[] {
  const wanted = words.toLocaleLowerCase();
  const found = team.filter((one) =>
    one.called
      .toLocaleLowerCase()
      .split(/\s+/)
      .some((part) => part.startsWith(wanted)),
  );
  return found.toSorted((a, b) => Number(is_in(b.id)) - Number(is_in(a.id)));
}

// Everybody whose name stands behind an @. Who shares a first name is meant by the whole name.
export function mentioned(text: string, team: readonly Colleague[]): Id[] {
  const said = text.toLocaleLowerCase();
  const whole = team.filter((one) => stands_in(said, one.called));
  const first = team.filter(
    (one) => stands_in(said, first_name(one.called)) && !whole.some((other) => first_name(other.called) === first_name(one.called)),
  );
  return [...new Set([...whole, ...first].map((one) => one.id))].slice(0, 20);
}

function stands_in(said: string, name: string): boolean {
  const wanted = `@${name.toLocaleLowerCase()}`;
  for (let at = said.indexOf(wanted); at >= 0; at = said.indexOf(wanted, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(said.charAt(at + wanted.length))) return true;
  }
  return false;
}
