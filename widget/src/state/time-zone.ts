// SPDX-License-Identifier: MIT

/**
 * Where the visitor's clock stands, by its IANA name, such as "Europe/Lisbon"; empty in a browser that does not tell. The first question to `Intl` takes a
 * browser more than all else that we do on a page: only the panel asks, which somebody uses.
 */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
}

/** How far the visitor's clock is ahead of UTC just now, such as "+05:45" or "-03:00". */
export function timeOffset(): string {
  const ahead = -new Date().getTimezoneOffset();
  const digits = (number: number): string => String(Math.trunc(Math.abs(number))).padStart(2, '0');
  return `${ahead < 0 ? '-' : '+'}${digits(ahead / 60)}:${digits(ahead % 60)}`;
}
