// SPDX-License-Identifier: MIT
import type { Storage } from '../state/storage';

/** Whether the visitor may be followed: what the page has said last (`consent`), and otherwise what the site wants, once that is known. */
export function mayFollow(storage: Storage): boolean {
  const consent = storage.get('consent');
  return consent ? true : consent === undefined && storage.get('ask') === '';
}
