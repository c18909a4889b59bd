// SPDX-License-Identifier: GPL-3.0-or-later

/** A subtest that the ones after it build upon: when it fails, so does the whole, at once. */
export async function must(t, name, body) {
  let passed = false;
  await t.test(name, async (inner) => {
    await body(inner);
    passed = true;
  });
  if (!passed) throw new Error(`what follows "${name}" was left out`);
}
