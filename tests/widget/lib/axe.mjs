// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { axeFile } from './packages.mjs';

/** Axe looks into open shadow roots too; the page around is not ours. What is still coming up is paler than it will be, so that is waited for. */
export async function noViolations(page) {
  await page.evaluate(() => {
    const moving = document.querySelector('chatflow-widget')?.shadowRoot?.querySelector('.frame')?.getAnimations({ subtree: true }) ?? [];
    return Promise.all(moving.filter((one) => one.effect.getTiming().iterations === 1).map((one) => one.finished.then(() => {}, () => {})));
  });
  await page.evaluate(readFileSync(axeFile(), 'utf8'));
  const { violations } = await page.evaluate(() => window.axe.run('chatflow-widget'));
  assert.deepEqual(violations.map((one) => [one.id, one.nodes.map((node) => node.html)]), []);
}
