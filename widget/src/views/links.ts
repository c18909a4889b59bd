// SPDX-License-Identifier: MIT

/** A stretch of a message: plain, or an address that can be followed. */
export interface Stretch {
  text: string;
  href?: string;
}

/** As the client of the staff finds them (`text-markup.c`). */
const ADDRESS = /\bhttps?:\/\/[^\s<>"`{}|\\^]+/gi;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?'*_~»”’)\]]+$/;

function trim(address: string): string {
  let end = address.replace(TRAILING, '');
  // A bracket that the address itself opened belongs to it, as in https://en.wikipedia.org/wiki/Bread_(food).
  for (const [open, close] of [['(', ')'], ['[', ']']] as const)
    while (address[end.length] === close && end.split(open).length > end.split(close).length) end += close;
  return end;
}

function valid(address: string): boolean {
  try {
    return /^https?:$/.test(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** Finds the web addresses in a text. Joined together the stretches are the text. */
export function stretches(text: string): Stretch[] {
  const out: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trim(match[0]);
    if (!valid(address)) continue;
    if (match.index > from) out.push({ text: text.slice(from, match.index) });
    out.push({ text: address, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) out.push({ text: text.slice(from) });
  return out;
}
