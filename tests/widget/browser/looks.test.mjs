// SPDX-License-Identifier: GPL-3.0-or-later
// What an admin chooses for a site is what its pages show: at once, and from the first moment of the next page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noViolations } from '../lib/axe.mjs';
import { Stage, openPanel, settled, until, write } from '../lib/stage.mjs';

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const EVERYTHING = {
  scheme: 'dark', side: 'left', offset_x: 40, offset_y: 60, launcher_text: 'Ask about tea', title: 'Tea desk', photos_off: true, branding_off: true,
};

const box = (page, selector) => page.locator(selector).boundingBox();
const style = (page, selector, name) => page.locator(selector).first().evaluate((element, wanted) => getComputedStyle(element)[wanted], name);
const fetched = (page, part) => page.evaluate((name) => performance.getEntriesByType('resource').filter((entry) => entry.name.includes(name)).length, part);

/** Says what the launcher looked like when it came into the page. */
const recordFirstLook = (context) => context.addInitScript(() => {
  new MutationObserver((_changes, observer) => {
    const launcher = document.querySelector('chatflow-widget')?.shadowRoot.querySelector('.launcher');
    if (!launcher) return;
    observer.disconnect();
    const { left, bottom, width } = launcher.getBoundingClientRect();
    window.firstLook = { left, above: innerHeight - bottom, wide: width > 56, text: launcher.textContent };
  }).observe(document, { childList: true, subtree: true });
});

/** Keeps what is done to the widget after it was put into the page, whether it makes a difference or not. What it is called costs nothing where it stays the same. */
const recordChanges = (context) => context.addInitScript(() => {
  window.changes = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    let made = false;
    const note = (records) => {
      const other = ({ target, attributeName, oldValue }) => attributeName !== 'aria-label' || target.getAttribute(attributeName) !== oldValue;
      if (made) window.changes.push(...records.filter(other).map(({ type, attributeName }) => attributeName ?? type));
      made ||= this.isConnected;
    };
    new MutationObserver(note).observe(root, { subtree: true, childList: true, attributes: true, attributeOldValue: true });
    return root;
  };
});

test('a site with the usual looks fetches nothing for them', async (t) => {
  const { page } = await stage.scene(t);
  await openPanel(page);
  await page.getByText('Ask us anything about tea.').waitFor();
  await write(page, 'Hello');
  await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  for (const part of ['look', 'rating']) assert.equal(await fetched(page, `/widget/${part}-`), 0, part);
  assert.equal(await style(page, '.launcher', 'width'), '56px');
});

test('all that was chosen is shown, and the next page has it from its first moment without asking', async (t) => {
  const { page, context, daemon, visit, shot, errors } = await stage.scene(t, { site: { appearance: EVERYTHING } });
  await page.locator('.launcher', { hasText: 'Ask about tea' }).waitFor();
  const launcher = await box(page, '.launcher');
  assert.deepEqual([launcher.x, launcher.height, 760 - launcher.y - launcher.height], [60, 56, 80]);
  assert.ok(launcher.width > 120);
  assert.equal(await page.locator('.launcher').getAttribute('aria-label'), 'Ask about tea, Chat');
  await shot('look-launcher');
  await openPanel(page);
  const panel = await box(page, '#panel');
  assert.deepEqual([panel.x, panel.width, 760 - panel.y - panel.height], [60, 384, 150]);
  assert.ok(panel.y >= 0);
  assert.equal(await page.locator('h2').innerText(), 'Tea desk');
  assert.equal(await page.locator('#panel').getAttribute('aria-label'), 'Chat, Tea desk');
  assert.equal(await style(page, '#panel', 'backgroundColor'), 'rgb(23, 25, 31)');
  assert.equal(await page.locator('.brand').isVisible(), false);
  assert.equal(await page.locator('.avatar').first().isVisible(), false);
  await write(page, 'Good evening');
  daemon.assign();
  daemon.says('Good evening! See https://tea.example/night');
  await page.locator('.bubble a').waitFor();
  await noViolations(page);
  await shot('look-everything');
  await recordFirstLook(context);
  const next = await visit();
  assert.deepEqual(await next.evaluate(() => window.firstLook), { left: 60, above: 80, wide: true, text: 'Ask about tea' });
  await openPanel(next);
  await next.getByText('Good evening! See').waitFor();
  assert.equal(await fetched(next, '/widget/look-'), 0);
  assert.deepEqual(errors, []);
});

test('looks that are worn already are not put on again', async (t) => {
  const { page, context, daemon, visit } = await stage.scene(t);
  const told = (times) => until(() => daemon.heard.filter(({ method }) => method === 'visit.page').length >= times, `${times} pages were told of`);
  await told(1);
  assert.equal(await style(page, '.launcher', 'backgroundColor'), 'rgb(11, 110, 79)');
  await recordChanges(context);
  const next = await visit('/');
  await told(2);
  assert.deepEqual(await next.evaluate(() => window.changes), [], 'the site and the language were known');
  daemon.configure({ color: '#aa0000' });
  await until(async () => (await next.evaluate(() => window.changes)).includes('style'), 'what is new is put on');
});

test('pages that are open follow, and go back to what is usual', async (t) => {
  const { page, daemon } = await stage.scene(t);
  await until(() => daemon.peers.size === 1, 'the page listens');
  daemon.configure({ color: '#b3261e', appearance: { side: 'left', launcher_text: 'Hi' } });
  await page.locator('.launcher', { hasText: 'Hi' }).waitFor();
  assert.equal(await style(page, '.launcher', 'backgroundColor'), 'rgb(179, 38, 30)');
  assert.ok((await box(page, '.launcher')).x < 100);
  await openPanel(page);
  daemon.configure({ appearance: { scheme: 'dark', title: 'Tea desk' } });
  await page.locator('h2', { hasText: 'Tea desk' }).waitFor();
  await until(async () => (await style(page, '#panel', 'backgroundColor')) === 'rgb(23, 25, 31)', 'dark');
  assert.ok((await box(page, '#panel')).x > 500);
  daemon.configure({ appearance: {} });
  await page.locator('h2', { hasText: 'Tea & Leaf' }).waitFor();
  await until(async () => (await style(page, '#panel', 'backgroundColor')) === 'rgb(255, 255, 255)', 'light');
  assert.equal(await style(page, '.launcher', 'width'), '56px');
});

test('light stays light where the system is dark, and both can be read', async (t) => {
  for (const scheme of ['light', 'dark']) {
    const system = scheme === 'light' ? 'dark' : 'light';
    const { page, daemon, shot } = await stage.scene(t, { colorScheme: system, site: { appearance: { scheme } } });
    await openPanel(page);
    await write(page, 'Hello');
    daemon.refuse('message.send', 'forbidden');
    await write(page, 'And another');
    daemon.assign();
    daemon.says('Hi! What can I do for you?');
    await page.locator('.failure').waitFor();
    await until(async () => (await style(page, '#panel', 'backgroundColor')) === (scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(23, 25, 31)'), scheme);
    daemon.closeConversation();
    await page.locator('.rating .star').nth(4).click();
    await until(async () => (await style(page, '.star.on', 'color')) === (scheme === 'light' ? 'rgb(156, 96, 0)' : 'rgb(245, 183, 59)'), 'stars that can be seen');
    await page.getByRole('button', { name: 'Send' }).first().click();
    await page.locator('.given').waitFor();
    await noViolations(page);
    await shot(`look-${scheme}`);
  }
});

test('what the page’s own line says about the side goes first', async (t) => {
  const { page, daemon } = await stage.scene(t, { path: '/left', site: { appearance: { launcher_text: 'Hi' } } });
  await page.locator('.launcher', { hasText: 'Hi' }).waitFor();
  assert.ok((await box(page, '.launcher')).x < 100);
  assert.equal(daemon.sockets, 1);
});

test('on a phone: long words in the button, far from the corner, the panel is the whole screen', async (t) => {
  const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
  const appearance = { launcher_text: 'Wir beraten Sie sehr gern heute', offset_x: 60, offset_y: 200, bubble_text: 'W'.repeat(140) };
  const { page, shot } = await stage.scene(t, { ...phone, site: { appearance } });
  await page.locator('.word').waitFor();
  for (const selector of ['.launcher', '.word']) {
    const { x, width } = await box(page, selector);
    assert.ok(x >= 0 && x + width <= 360, selector);
  }
  assert.equal(await page.evaluate(() => document.body.scrollWidth <= innerWidth), true);
  await shot('look-phone');
  await page.locator('.launcher').tap();
  await page.locator('#panel').waitFor();
  await settled(page);
  assert.deepEqual(await box(page, '#panel'), { x: 0, y: 0, width: 360, height: 640 });
  assert.equal(await page.locator('.word').count(), 0);
});

test('right to left', async (t) => {
  const { page, daemon, shot } = await stage.scene(t, { path: '/arabic', site: { appearance: { launcher_text: 'اسألنا عن الشاي', side: 'left', bubble_text: 'هل لديك سؤال؟' } } });
  await page.locator('.word').waitFor();
  const [picture, words] = [await box(page, '.launcher svg'), await box(page, '.launcher span')];
  assert.ok(picture.x > words.x, 'the picture stands where the text begins');
  await shot('look-arabic-launcher');
  await openPanel(page);
  await write(page, 'مرحبا');
  daemon.closeConversation();
  await page.locator('.rating .star').nth(3).click();
  await page.locator('.rating textarea').waitFor();
  await noViolations(page);
  await shot('look-arabic');
});

test('a strict content security policy does not stop it', async (t) => {
  const { page, context, errors, visit } = await stage.scene(t, { path: '/strict', site: { appearance: EVERYTHING } });
  const said = [];
  context.on('console', (message) => said.push(message.text()));
  await page.locator('.launcher', { hasText: 'Ask about tea' }).waitFor();
  const next = await visit();
  assert.equal((await box(next, '.launcher')).x, 60);
  await openPanel(next);
  await write(next, 'Hello');
  await next.locator('.delivery', { hasText: 'Sent' }).waitFor();
  assert.deepEqual(said.filter((text) => text.includes('Content Security Policy')), []);
  assert.deepEqual(errors, []);
});

test('the invitation comes once in a visit, and not again once it was closed', async (t) => {
  const { page, daemon, context, visit, shot } = await stage.scene(t, { site: { appearance: { bubble_text: 'Questions about tea? Ask us.', title: 'Tea desk' } } });
  await page.locator('.word', { hasText: 'Questions about tea?' }).waitFor();
  assert.equal(await page.locator('.word b').innerText(), 'Tea desk');
  await noViolations(page);
  await shot('invitation');
  const again = await visit();
  await until(() => daemon.heard.filter(({ method }) => method === 'visit.page').length >= 2, 'the second page was told');
  assert.equal(await again.locator('.word').count(), 0);
  // Another visit: the first one was long ago.
  const forget = () => {
    const key = 'chatflow:demo:visit';
    localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), seen: 0 }));
  };
  for (const old of context.pages()) await old.close();
  await (await visit('/wrong-site')).evaluate(forget);
  for (const old of context.pages()) await old.close();
  const later = await visit();
  await later.locator('.word .shut').click();
  await later.close();
  await (await visit('/wrong-site')).evaluate(forget);
  const last = await visit();
  await until(() => daemon.heard.filter(({ method }) => method === 'visit.page').length >= 4, 'the last page was told');
  assert.equal(await last.locator('.word').count(), 0);
});

test('an invitation that is still on its way stays away from who has opened the panel', async (t) => {
  const { page, context, daemon, visit } = await stage.scene(t);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  let asked = false;
  await context.route(/\/widget\/bubble-/, async (route) => {
    asked = true;
    await held;
    await route.continue();
  });
  await page.close();
  daemon.configure({ appearance: { bubble_text: 'Questions?' } });
  const invited = await visit();
  await until(() => asked, 'what draws it is fetched');
  await openPanel(invited);
  const [response] = await Promise.all([invited.waitForResponse(/\/widget\/bubble-/), release()]);
  await response.finished();
  await invited.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  assert.equal(await invited.locator('.word').count(), 0);
});

test('the invitation opens the panel, and nobody is invited who came by themselves', async (t) => {
  const { page } = await stage.scene(t, { site: { appearance: { bubble_text: 'Questions?' } } });
  await page.locator('.word .say').click();
  await page.locator('#panel').waitFor();
  assert.equal(await page.locator('.word').count(), 0);
  const slow = await stage.scene(t, { site: { appearance: { bubble_text: 'Questions?', bubble_delay: 1 } } });
  await openPanel(slow.page);
  await slow.page.locator('textarea').press('Escape');
  await slow.page.evaluate(() => new Promise((done) => setTimeout(done, 1500)));
  assert.equal(await slow.page.locator('.word').count(), 0);
});
