// Whether it is quiet now, by the clock on the wall: from "18:00" until "08:00" goes over midnight.
export function is_quiet(from: string | null, until: string | null, now: Date): boolean {
  if (!from || !until || from === until) return false;
  const at = minutes_of(`${now.getHours()}:${now.getMinutes()}`);
  const begins = minutes_of(from);
  const ends = minutes_of(until);
  return begins < ends ? at >= begins && at < ends : at >= begins || at < ends;
}

function minutes_of(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
