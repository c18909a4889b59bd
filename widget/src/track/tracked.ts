// SPDX-License-Identifier: MIT
import type { Storage } from '../state/storage';

/** What the pages of this visit have tracked: the last value by the name of the event, in hundredths. */
export function tracked(storage: Storage, visit: string): Record<string, number> {
  try {
    const kept = JSON.parse(storage.get('tracked') ?? 'null') as { visit: string; events: Record<string, number> } | null;
    return kept?.visit === visit ? kept.events : {};
  } catch {
    return {};
  }
}

export function keepTracked(storage: Storage, visit: string, name: string, value: number): void {
  storage.put('tracked', { visit, events: { ...tracked(storage, visit), [name]: value } });
}
