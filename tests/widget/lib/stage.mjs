// SPDX-License-Identifier: GPL-3.0-or-later
// What a browser test stands on: a daemon, a page on another origin, a browser.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeDaemon } from './fake-daemon.mjs';
import { startHostPages } from './host-pages.mjs';
import { playwright, widgetFolder } from './packages.mjs';

const CHROMIUM = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The built widget: the build's own in CHATFLOW_WIDGET, or else one made now. */
export function builtWidget(folder) {
  if (process.env.CHATFLOW_WIDGET) return process.env.CHATFLOW_WIDGET;
  execFileSync(process.execPath, [join(widgetFolder, 'build.mjs'), folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  return folder;
}

/** Where the screenshots go. */
export function shotsFolder(temporary) {
  const folder = process.env.CHATFLOW_SHOTS ?? join(temporary, 'shots');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A browser of the name, without a window; `executablePath`: what starts Chromium. */
export async function launch(name = 'chromium', executablePath = '/usr/bin/chromium') {
  if (name === 'firefox') return playwright().firefox.launch({ channel: 'moz-firefox', executablePath: '/usr/bin/firefox-esr', headless: true });
  return playwright().chromium.launch({ executablePath, headless: true, args: CHROMIUM });
}

/** Everything for one test file; `stop` ends it. */
export class Stage {
  static async raise(browserName = 'chromium') {
    const stage = new Stage();
    stage.temporary = mkdtempSync(join(tmpdir(), 'chatflow-widget-'));
    stage.folder = builtWidget(stage.temporary);
    stage.shots = shotsFolder(stage.temporary);
    stage.browser = await launch(browserName);
    return stage;
  }

  async stop() {
    await this.browser.close();
    rmSync(this.temporary, { recursive: true, force: true });
  }

  /** A fresh daemon, pages and visitor for one test, with everything that went wrong on the page in `errors`. */
  async scene(t, { site, path = '/', ...contextOptions } = {}) {
    const daemon = await new FakeDaemon(this.folder, site).start();
    const pages = await startHostPages(daemon);
    const context = await this.browser.newContext({ viewport: { width: 1100, height: 760 }, ...contextOptions });
    context.setDefaultTimeout(8000);
    const scene = { daemon, pages, context, errors: [] };
    t.after(async () => {
      await context.close();
      pages.stop();
      daemon.stop();
    });
    scene.visit = async (where = path) => {
      const page = await context.newPage();
      page.on('pageerror', (error) => scene.errors.push(error.message));
      await page.goto(pages.address(where));
      await page.locator('.launcher').waitFor({ state: 'attached' });
      return page;
    };
    scene.page = await scene.visit();
    scene.shot = async (name, page = scene.page) => {
      await settled(page);
      await page.screenshot({ path: join(this.shots, `widget-${name}.png`) });
    };
    return scene;
  }
}

/** Opens the panel by its button. */
export async function openPanel(page) {
  await page.locator('.launcher').click();
  await page.locator('#panel').waitFor();
  await settled(page);
}

/** Waits until nothing moves that will come to an end. */
export function settled(page) {
  return page.locator('.frame').evaluate((frame) => Promise.all(
    frame.getAnimations({ subtree: true }).filter((one) => one.effect.getTiming().iterations === 1).map((one) => one.finished.catch(() => {})),
  ));
}

/** Writes into the composer and sends with Enter. */
export async function write(page, text) {
  await page.locator('textarea').fill(text);
  await page.locator('textarea').press('Enter');
}

/** The texts of the bubbles, without the greeting. */
export function bubbles(page) {
  return page.locator('[role=log] .bubble').evaluateAll((all) => all.map((one) => [...one.childNodes].slice(1).map((node) => node.textContent).join('')));
}

/** Waits until `look` gives something true. */
export async function until(look, what = String(look)) {
  const end = Date.now() + 15_000;
  for (;;) {
    const result = await look();
    if (result) return result;
    if (Date.now() > end) throw new Error(`timed out: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
