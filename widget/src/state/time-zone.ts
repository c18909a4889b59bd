// SPDX-License-Identifier: MIT

/** Where the visitor's clock stands, by its IANA name, such as "Europe/Lisbon"; empty in a browser that does not tell. */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
}
