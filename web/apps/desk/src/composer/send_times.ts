// When something may go out later, as people say it.
import { m } from '@kith/words';

export interface SendTime {
  readonly id: string;
  readonly label: string;
  readonly at: Date;
}

const at_hour = (day: Date, hour: number): Date => new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour);

export function send_times(now: Date): SendTime[] {
  const day_after = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  const to_monday = (8 - now.getDay()) % 7 || 7;
  const all: SendTime[] = [];
  if (now.getHours() < 8) all.push({ id: 'morning', label: m.desk_send_this_morning(), at: at_hour(now, 9) });
  if (now.getHours() < 12) all.push({ id: 'afternoon', label: m.desk_send_afternoon(), at: at_hour(now, 14) });
  if (now.getHours() < 17) all.push({ id: 'evening', label: m.desk_send_evening(), at: at_hour(now, 18) });
  all.push({ id: 'tomorrow', label: m.desk_send_tomorrow(), at: at_hour(day_after(1), 9) });
  // On a Sunday, Monday morning is tomorrow morning.
  if (to_monday > 1) all.push({ id: 'monday', label: m.desk_send_monday(), at: at_hour(day_after(to_monday), 9) });
  return all;
}

// For <input type="datetime-local">, which knows no time zone but that of the wall.
export function wall_time(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
