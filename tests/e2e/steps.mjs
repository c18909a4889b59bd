// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * The steps of one long test: each has a name and a result of its own; when one fails, `photograph` is
 * called and the others, which stand on it, are skipped.
 */
export function stepsOf(t, photograph) {
  let failed = null;
  return (name, run) => t.test(name, { skip: failed !== null && `after "${failed}" failed` }, async () => {
    try {
      await run();
    } catch (error) {
      failed = name;
      await photograph().catch(() => {});
      throw error;
    }
  });
}
