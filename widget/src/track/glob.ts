// SPDX-License-Identifier: MIT

const small = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/**
 * Whether a text is as the pattern has it, in which `*` stands for any characters. It goes back to the last `*` only, so no pattern takes long.
 * The server has the same (`automation/glob.c`).
 */
export function globMatches(pattern: string, text: string): boolean {
  const wanted = small(pattern);
  const given = small(text);
  let p = 0;
  let t = 0;
  let star = -1;
  let from = 0;
  while (t < given.length) {
    if (wanted[p] === '*') {
      star = p++;
      from = t;
    } else if (p < wanted.length && wanted[p] === given[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++from;
    } else return false;
  }
  while (wanted[p] === '*') p++;
  return p === wanted.length;
}

/** A pattern that begins with `/` is about what follows the host. */
export function globMatchesUrl(pattern: string, url: string): boolean {
  if (pattern[0] !== '/') return globMatches(pattern, url);
  const path = url.replace(/^.*?:\/\/[^/?]*/, '');
  return globMatches(pattern, path[0] === '/' ? path : `/${path}`);
}
