// SPDX-License-Identifier: MIT
import type { Storage } from '../state/storage';
import { COLUMNS, GROUPS } from './groups';

const KEY = 'emoji';
const known = new Set<string>(Object.values(GROUPS).flat());

/** What the visitor used last, the newest first: a row of it. */
export function recent(storage: Storage): string[] {
  return [...new Set((storage.get(KEY) ?? '').split(' '))].filter((one) => known.has(one)).slice(0, COLUMNS);
}

/** One was used. */
export function used(storage: Storage, emoji: string): void {
  storage.set(KEY, [...new Set([emoji, ...recent(storage)])].slice(0, COLUMNS).join(' '));
}
