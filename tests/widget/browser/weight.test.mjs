// SPDX-License-Identifier: GPL-3.0-or-later
// What an open panel weighs: every file that the page was really sent for it, added up.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Stage, openPanel, settled, until, write } from '../lib/stage.mjs';

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

/** A scene with all that came from the daemon since its page was asked for, but what is said in other languages. */
async function weighed(t, options) {
  const scene = await stage.scene(t, options);
  const files = new Map();
  const note = async (response) => {
    const { pathname } = new URL(response.url());
    if (/^\/widget(\.js|\/.*)$/.test(pathname)) files.set(basename(pathname).replace(/-[^-]*\.js$/, '.js'), gzipSync(await response.body(), { level: 9 }).length);
  };
  scene.context.on('response', (response) => void note(response));
  await scene.page.reload();
  await scene.page.locator('.launcher').waitFor();
  return { ...scene, files };
}

/** Until nothing more comes. */
async function quiet(page, files) {
  await page.waitForLoadState('networkidle');
  await until(() => page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(true)))), 'the page has nothing to do');
  await page.waitForLoadState('networkidle');
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1));
}

test('an open panel is 22 KB, whatever it says', async (t) => {
  const { sizes, limits } = JSON.parse(readFileSync(join(stage.folder, 'sizes.json'), 'utf8'));
  const { page, daemon, files, errors } = await weighed(t);
  await until(() => files.has('tracker.js'), 'the page is idle');
  daemon.opening = { reply_minutes: 15 };
  await openPanel(page);
  await page.locator('.expect').waitFor();
  for (const part of ['.menu button', '.emojis button', 'input[type=file]', '.send']) assert.equal(await page.locator(part).count(), 1, `${part} is there`);
  await settled(page);
  const came = await quiet(page, files);
  assert.deepEqual(came.map(([name]) => name), ['panel.js', 'tracker.js', 'widget.js']);
  const sum = came.reduce((all, [, size]) => all + size, 0);
  console.log(`an open panel: ${came.map(([name, size]) => `${name} ${size}`).join(', ')}: ${sum} bytes gzip`);
  assert.equal(sum, sizes['all of an open panel'], 'the build names them all');
  assert.equal(limits['all of an open panel'], 22 * 1024);
  assert.ok(sum <= 22 * 1024, `got ${sum} bytes`);
  // What is more is for what is done then.
  await write(page, 'Hello');
  await until(() => daemon.texts().includes('Hello'), 'the message');
  const more = (await quiet(page, files)).map(([name]) => name).filter((name) => !came.some(([one]) => one === name));
  assert.deepEqual(more, ['chunk.js', 'typing.js'], 'with what it shares');
  assert.deepEqual(errors, []);
});
