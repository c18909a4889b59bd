// SPDX-License-Identifier: MIT
const FIRST = 500;
const LONGEST = 30_000;

/**
 * Milliseconds to wait before reconnecting for the `attempt`-th time (from 0): doubling from half a second to half a
 * minute, and of that a random 50-100 %, so that many pages don't return in the same instant.
 */
export function backoff(attempt: number, random = Math.random): number {
  return Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 16)) * (0.5 + 0.5 * random());
}

/** Milliseconds to wait after a close frame that says that the server restarts. */
export function restartDelay(random = Math.random): number {
  return 1000 + 2000 * random();
}
