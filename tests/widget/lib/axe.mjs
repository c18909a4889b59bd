// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { axeFile } from './packages.mjs';

/** Axe looks into open shadow roots too; the page around is not ours. */
export async function noViolations(page) {
  await page.evaluate(readFileSync(axeFile(), 'utf8'));
  const { violations } = await page.evaluate(() => window.axe.run('chatflow-widget'));
  assert.deepEqual(violations.map((one) => [one.id, one.nodes.map((node) => node.html)]), []);
}
