// SPDX-License-Identifier: MIT

/** The longest message that the server takes, in characters (code points). */
export const TEXT_MAX = 8000;
const PEEK_MAX = 1000;

/** How the server counts characters. */
export function textLength(text: string): number {
  let length = 0;
  for (const _character of text) length++;
  return length;
}

/** What was typed as it may be sent: no control characters, no halves of characters, no empty space around. */
export function cleanText(text: string): string {
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\p{Cs}]/gu, '').trim();
}

/** What the team may see of a message that is being written. */
export function peek(text: string): string {
  return [...cleanText(text)].slice(0, PEEK_MAX).join('');
}
