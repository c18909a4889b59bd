// SPDX-License-Identifier: GPL-3.0-or-later
// The package as a bundler takes it: what npm packs is bundled into a page of its own, which has no other snippet.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build, widgetFolder } from '../lib/packages.mjs';
import { FakeDaemon } from '../lib/fake-daemon.mjs';
import { startHostPages } from '../lib/host-pages.mjs';
import { Stage, until } from '../lib/stage.mjs';

const PAGE = `
import ChatFlow, { load, type ChatFlowMessage } from '@chatflow/widget';
const seen: ChatFlowMessage[] = [];
ChatFlow('on', 'ready', () => document.body.dataset['ready'] = '1');
ChatFlow('on', 'message', (message) => seen.push(message));
ChatFlow('identify', { name: 'Mia', email: 'mia@mail.example' });
ChatFlow('open');
export const start = (server: string): void => {
  load({ server, site: 'demo' });
  load({ server, site: 'demo' });
};
`;

let stage, folder;
before(async () => {
  stage = await Stage.raise();
  folder = mkdtempSync(join(tmpdir(), 'chatflow-package-'));
  const place = join(folder, 'node_modules', '@chatflow', 'widget');
  mkdirSync(place, { recursive: true });
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--offline', '--ignore-scripts', '--pack-destination', folder], { cwd: widgetFolder, encoding: 'utf8' }));
  execFileSync('tar', ['-xzf', join(folder, filename.replace(/^@/, '').replace('/', '-')), '-C', place, '--strip-components=1']);
  writeFileSync(join(folder, 'page.ts'), PAGE);
});
after(async () => {
  await stage.stop();
  rmSync(folder, { recursive: true });
});

test('it brings what is named, and needs nothing', () => {
  assert.deepEqual(readdirSync(join(folder, 'node_modules', '@chatflow', 'widget')).sort(), ['LICENSE', 'chatflow.d.ts', 'npm', 'package.json']);
});

test('its types hold', () => {
  const tsc = join(widgetFolder, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '--strict', '--noEmit', '--lib', 'ES2022,DOM', '--types', '', '--module', 'esnext', '--moduleResolution', 'bundler', join(folder, 'page.ts')],
    { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
});

test('where there is no page, nothing happens', async () => {
  const { default: ChatFlow, load } = await import(join(widgetFolder, 'npm', 'index.js'));
  assert.equal(ChatFlow('open'), undefined);
  assert.equal(load({ server: 'https://chat.example', site: 'demo' }), undefined);
});

test('a bundled page loads the widget from the server, once, and what it has said before is done', async (t) => {
  const daemon = await new FakeDaemon(stage.folder).start();
  const pages = await startHostPages(daemon);
  const context = await stage.browser.newContext();
  t.after(async () => {
    await context.close();
    pages.stop();
    daemon.stop();
  });
  const outfile = join(folder, 'page.js');
  await build({ entryPoints: [join(folder, 'page.ts')], outfile, bundle: true, format: 'iife', globalName: 'page' });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(pages.address('/bare'));
  await page.addScriptTag({ path: outfile });
  assert.equal(await page.locator('chatflow-widget').count(), 0, 'not before it is wanted');
  await page.evaluate((server) => window.page.start(server), daemon.address.replace(/\/$/, ''));
  await page.locator('#panel').waitFor();
  assert.equal(await page.locator('script[data-site]').count(), 1);
  assert.equal(await page.locator('chatflow-widget').count(), 1);
  assert.equal(await page.evaluate(() => document.body.dataset.ready), '1');
  await until(() => daemon.heard.some(({ method, params }) => method === 'visitor.identify' && params.name === 'Mia'), 'who it is');
  assert.deepEqual(errors, []);
});
