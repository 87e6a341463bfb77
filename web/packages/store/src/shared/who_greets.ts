// Who looks at you from the door, before and after you know each other. The loader and the panel ask here, so that both show
// the same face.
import type { Id, PresenceLevel, PublicColleague } from '@kith/wire';

/** Nearest first. */
export const levels: readonly PresenceLevel[] = ['open', 'gentle', 'with_someone', 'beat', 'away'];

export function nearest(team: readonly PublicColleague[]): PublicColleague | undefined {
  return team.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))[0];
}

// The one who knows you comes first unless she is away: whoever told her story should not have to look for somebody else.
export function who_greets(team: readonly PublicColleague[], companions: readonly Id[]): PublicColleague | null {
  const known = companions.flatMap((id) => team.filter((each) => each.id === id));
  const first = nearest(team);
  return known.find((each) => each.level !== 'away') ?? (first?.level === 'away' ? known[0] : undefined) ?? first ?? null;
}
