// SPDX-License-Identifier: MIT

const HOUR = 60;
const DAY = 24 * HOUR;

/** A day and a time of day, by the visitor's clock and in their language: `tomorrow at 9:00 AM`, `Monday 09:00`, and with the date what is farther away. */
export function dayAndTime(at: number, tag: string, farAway: Intl.DateTimeFormat, now = Date.now()): string {
  const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  // Days in which the clocks are changed are shorter or longer than others.
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days < 0 || days > 6) return farAway.format(at);
  const parts = new Intl.DateTimeFormat(tag, { weekday: 'long', hour: 'numeric', minute: '2-digit' }).formatToParts(at);
  const near = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  return parts.map(({ type, value }) => (type === 'weekday' && days < 2 ? near.format(days, 'day') : value)).join('');
}

/** How long something takes, in the largest unit that is whole: `15 minutes`, `2 hours`. */
export function duration(minutes: number, tag: string): string {
  const [unit, size] = minutes >= DAY ? ['day', DAY] : minutes >= HOUR ? ['hour', HOUR] : ['minute', 1];
  return new Intl.NumberFormat(tag, { style: 'unit', unit: unit as string, unitDisplay: 'long' }).format(Math.ceil(minutes / (size as number)));
}
