// SPDX-License-Identifier: GPL-3.0-or-later

/** Whether all of it was asked for (`scripts/test --torture`), not the part that fits into every run. */
export const FULL = process.env.CHATFLOW_TORTURE === 'full';

/** The seed of everything random in this run; SEED=… repeats one. */
export const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/**
 * Every number from 1 to `count`, but not more than `most`, and in the short run `sample` of them: the first, the last, and random
 * ones between; a single one is random.
 */
export function numbers(count, sample, random, most = Infinity) {
  const all = Array.from({ length: count }, (_, i) => i + 1);
  const wanted = FULL ? most : sample;
  if (count <= wanted) return all;
  const chosen = new Set(wanted > 1 ? [1, count] : []);
  while (chosen.size < wanted) chosen.add(random.between(1, count));
  return all.filter((number) => chosen.has(number));
}
