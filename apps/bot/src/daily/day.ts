/** Days of the daily owl. They begin at the server's hour, UTC, and are counted from 1970. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The day it is, where days begin at an hour; a time in ms since 1970. */
export function dayOf(now: number, hour: number): number {
  return Math.floor((now - hour * HOUR) / DAY);
}

/** When a day begins, ms since 1970. */
export function startOf(day: number, hour: number): number {
  return day * DAY + hour * HOUR;
}

/** A day's seed, readable as its date: 20261124. All servers have the same owl on a day. */
export function seedOf(day: number): number {
  return Number(new Date(day * DAY).toISOString().slice(0, 10).replaceAll('-', ''));
}

/** A day's date in UTC, for people. */
export function dateOf(day: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(day * DAY);
}
