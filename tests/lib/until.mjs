// SPDX-License-Identifier: GPL-3.0-or-later

/** After so many milliseconds nobody would still call it an effect; sanitizers and two busy cores are allowed for. */
export const PATIENCE = 60_000;

export const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/**
 * Waits until `holds()` (which may be async) returns something true, and returns that.
 * `what` says what was waited for; it may be a function, asked only when time is up.
 */
export async function until(holds, what, patience = PATIENCE) {
  const end = performance.now() + patience;
  for (;;) {
    const value = await holds();
    if (value) return value;
    if (performance.now() > end) throw new Error(`waited ${patience} ms in vain for: ${typeof what === 'function' ? what() : what}`);
    await pause(5);
  }
}
