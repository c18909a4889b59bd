// SPDX-License-Identifier: MIT
import type { Storage } from '../state/storage';

/** A tab that is seen goes first; one that reads what has come says so at once. */
const WAIT = { visible: 120, hidden: 360 };
/** What one tab has stored, the others see after this time. */
const SPREAD = 120;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, milliseconds));

/**
 * Of all tabs of the visitor one calls for a message. Each waits a little, then the first to hold the lock writes down the message under `key`; where
 * browsers have no locks, who comes first by the clock.
 */
export async function inTurn(storage: Storage, key: string, id: string, call: () => void): Promise<void> {
  const turn = async (): Promise<void> => {
    if (storage.get(key) === id) return;
    storage.set(key, id);
    call();
    await pause(SPREAD);
  };
  await pause(WAIT[document.visibilityState]);
  if (!navigator.locks) return turn();
  await navigator.locks.request(`chatflow:${key}`, turn).catch(() => {});
}
