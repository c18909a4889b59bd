// SPDX-License-Identifier: GPL-3.0-or-later
// How the visitor is called when something was said that they don't see; and how they choose that.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { noViolations } from '../lib/axe.mjs';
import { build, widgetFolder } from '../lib/packages.mjs';
import { Stage, openPanel, settled, until, write } from '../lib/stage.mjs';

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

/** Counts what can be heard, and who looks where: a browser without a window has the focus in all its tabs. */
function ears() {
  window.notes = 0;
  window.looks = true;
  document.hasFocus = () => window.looks;
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (...when) {
    window.notes++;
    return start.apply(this, when);
  };
}

const fetched = (page) => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => /\/widget\/(.*)-[^-]*\.js$/.exec(name)?.[1]).filter(Boolean));
const notes = (page) => page.evaluate(() => window.notes);
const looks = (page, there) => page.evaluate((value) => { window.looks = value; }, there);
const titled = (page, title) => until(async () => (await page.title()) === title, `the title is ${title}`);
const icons = (page) => page.evaluate(() => [...document.querySelectorAll('link[rel~=icon]')].map((link) => link.getAttribute('href').slice(0, 22)));
const called = (page) => page.evaluate(() => localStorage.getItem('chatflow:demo:called'));
const options = (page) => page.getByRole('button', { name: 'Options' });

/** A visitor who has written and closed the panel. */
async function away(t, { init, ...given } = {}) {
  const scene = await stage.scene(t, given);
  const { context, daemon } = scene;
  await context.addInitScript(ears);
  if (init) await context.addInitScript(init);
  await scene.page.close();
  scene.page = await scene.visit();
  const { page } = scene;
  await openPanel(page);
  await write(page, 'Hello');
  await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  await page.locator('.launcher').click();
  scene.calls = async (text) => {
    daemon.says(text);
    await until(async () => (await called(page)) === [...daemon.records.values()].findLast(({ kind }) => kind === 'text').id, `somebody has called for ${text}`);
  };
  return scene;
}

test('a sound, the title and the icon say it, until it is read', async (t) => {
  const { page, daemon, calls, errors } = await away(t);
  assert.ok(!(await fetched(page)).includes('alerts'), 'nothing is fetched before it is needed');
  await calls('Hi!');
  await until(async () => (await notes(page)) > 1, 'two notes at least');
  await titled(page, '(1) New messages - Tea & Leaf');
  await until(async () => (await icons(page))[0] === 'data:image/png;base64,', 'the icon has a number');
  daemon.says('How can I help?');
  await titled(page, '(2) New messages - Tea & Leaf');
  await openPanel(page);
  await titled(page, 'Tea & Leaf');
  assert.deepEqual(await icons(page), ['data:,']);
  assert.deepEqual(errors, []);
});

test('nothing while the panel is open and the visitor looks at it', async (t) => {
  const { page, daemon, calls } = await away(t);
  await openPanel(page);
  await calls('Are you there?');
  daemon.says('Hello?');
  await page.locator('.bubble', { hasText: 'Hello?' }).waitFor();
  assert.equal(await notes(page), 0);
  assert.equal(await page.title(), 'Tea & Leaf');
  assert.ok(!(await fetched(page)).includes('alerts'));
  await looks(page, false);
  await calls('I am waiting.');
  await until(async () => (await notes(page)) > 0, 'it is heard where they look elsewhere');
});

test('the title blinks for those who look elsewhere, and stands still for those who want that', async (t) => {
  for (const reducedMotion of ['no-preference', 'reduce']) {
    const { page, calls } = await away(t, { reducedMotion });
    await looks(page, false);
    await page.evaluate(() => {
      window.titles = new Set();
      new MutationObserver(() => window.titles.add(document.title)).observe(document.head, { subtree: true, childList: true, characterData: true });
      const { setInterval: real } = window;
      window.setInterval = (call, after, ...rest) => real(call, after === 1000 ? 50 : after, ...rest);
    });
    await calls('Hi!');
    await titled(page, '(1) New messages - Tea & Leaf');
    if (reducedMotion === 'no-preference') await until(() => page.evaluate(() => window.titles.has('Tea & Leaf')), 'it goes out');
    await looks(page, true);
    await titled(page, '(1) New messages - Tea & Leaf');
    if (reducedMotion === 'reduce') assert.deepEqual(await page.evaluate(() => [...window.titles]), ['(1) New messages - Tea & Leaf']);
  }
});

test('a page that changes its title meanwhile has its own, exactly, in the end', async (t) => {
  const { page, daemon, calls } = await away(t);
  await page.evaluate(() => { document.querySelector('title').textContent = '\n  Basket   (2)\n'; });
  await calls('One');
  await titled(page, '(1) New messages - Basket (2)');
  await page.evaluate(() => history.pushState({}, '', '/checkout'));
  await page.evaluate(() => { document.title = 'Checkout'; });
  await titled(page, '(1) New messages - Checkout');
  await page.evaluate(() => { document.title += ' *'; });
  await titled(page, '(1) New messages - Checkout *');
  daemon.says('Two');
  await titled(page, '(2) New messages - Checkout *');
  await page.evaluate(() => { document.querySelector('title').replaceWith(Object.assign(document.createElement('title'), { textContent: ' Thank \n you ' })); });
  await titled(page, '(2) New messages - Thank you');
  await openPanel(page);
  await titled(page, 'Thank you');
  assert.equal(await page.evaluate(() => document.querySelector('title').textContent), ' Thank \n you ');
  await page.locator('.launcher').click();
  await page.evaluate(() => document.querySelector('title').remove());
  await calls('Three');
  await titled(page, '(1) New messages');
  await openPanel(page);
  await until(() => page.evaluate(() => !document.querySelector('title')), 'a page without a title has none again');
});

test('the server is told what the page calls itself, not what we say there', async (t) => {
  const { page, daemon, calls } = await away(t);
  await calls('Hi!');
  await titled(page, '(1) New messages - Tea & Leaf');
  await page.evaluate(() => history.pushState({}, '', '/left'));
  await until(() => daemon.heard.some(({ method, params }) => method === 'visit.page' && params.url.endsWith('/left')), 'the next page');
  const titles = daemon.heard.filter(({ method }) => method === 'visit.page').map(({ params }) => params.title);
  assert.deepEqual([...new Set(titles)], ['Tea & Leaf']);
});

test('of many tabs one is heard, and none where one reads it', async (t) => {
  const { page, daemon, calls, visit } = await away(t);
  const others = [await visit(), await visit()];
  const tabs = [page, ...others];
  // A click somewhere lets each of them be heard.
  for (const tab of tabs) await tab.locator('h1').click();
  await until(() => [...daemon.peers].filter(({ live }) => live).length === 3, 'all listen');
  await calls('To all of you');
  for (const tab of tabs) await titled(tab, '(1) New messages - Tea & Leaf');
  await until(async () => (await Promise.all(tabs.map(notes))).some((count) => count > 0), 'one is heard');
  const turn = () => others[0].evaluate(() => navigator.locks.request('chatflow:called', () => localStorage.getItem('chatflow:demo:called')));
  await turn();
  assert.equal((await Promise.all(tabs.map(notes))).filter((count) => count > 0).length, 1);
  const before = await Promise.all(tabs.map(notes));
  await openPanel(page);
  for (const tab of tabs) await titled(tab, 'Tea & Leaf');
  await calls('To the one who reads');
  await page.locator('.bubble', { hasText: 'To the one who reads' }).waitFor();
  await turn();
  assert.deepEqual(await Promise.all(tabs.map(notes)), before);
});

test('the icon is the page’s own with a number on it', async (t) => {
  const { page, calls, shot } = await away(t);
  await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 32 });
    const context = canvas.getContext('2d');
    context.fillStyle = '#0b6e4f';
    context.fillRect(0, 0, 32, 32);
    window.own = canvas.toDataURL();
    document.querySelector('link[rel=icon]').href = window.own;
    document.head.append(Object.assign(document.createElement('link'), { rel: 'icon', href: 'https://elsewhere.example/icon.png' }));
  });
  const corners = () => page.evaluate(async () => {
    const picture = new Image();
    picture.src = document.querySelector('link[rel=icon]').href;
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0, 64, 64);
    return [[4, 4], [26, 48]].map(([x, y]) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3));
  });
  await calls('Hi!');
  await until(() => page.evaluate(() => document.querySelector('link[rel=icon]').href !== window.own), 'the number');
  assert.deepEqual(await corners(), [[11, 110, 79], [217, 45, 32]], 'theirs above, ours below');
  await page.evaluate(() => {
    const canvas = document.querySelector('link[rel=icon]').href;
    document.body.append(Object.assign(new Image(), { src: canvas, width: 256, id: 'badge' }));
  });
  await shot('alerts-icon');
  await openPanel(page);
  await until(() => page.evaluate(() => document.querySelector('link[rel=icon]').href === window.own), 'as it was');
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('link[rel=icon]')].map(({ href }) => href === window.own || href)), [true, 'https://elsewhere.example/icon.png']);
});

test('a page without an icon has none in the end; one that is changed meanwhile is the page’s', async (t) => {
  const { page, calls } = await away(t);
  await page.evaluate(() => document.querySelector('link[rel=icon]').remove());
  await calls('Hi!');
  await until(async () => (await icons(page)).length === 1, 'the number');
  await openPanel(page);
  await until(async () => (await icons(page)).length === 0, 'gone');
  await page.locator('.launcher').click();
  await page.evaluate(() => document.head.append(Object.assign(document.createElement('link'), { rel: 'shortcut icon', href: '/one.png' })));
  await calls('Again');
  await until(async () => (await icons(page))[0].startsWith('data:image'), 'the number');
  await page.evaluate(() => document.querySelector('link[rel~=icon]').setAttribute('href', '/two.png'));
  await openPanel(page);
  await titled(page, 'Tea & Leaf');
  assert.deepEqual(await icons(page), ['/two.png']);
});

test('what the visitor chooses holds for all pages; a sound that is off is not heard', async (t) => {
  const { page, calls, visit, errors, shot } = await away(t);
  await openPanel(page);
  await options(page).click();
  const choices = page.getByRole('group', { name: 'Options' });
  await choices.waitFor();
  assert.ok((await fetched(page)).includes('alerts'));
  await settled(page);
  await noViolations(page);
  await shot('alerts-choices');
  assert.equal(await notes(page), 0);
  await choices.getByText('Bell').click();
  await until(async () => (await notes(page)) > 0, 'it is heard as it is chosen');
  await choices.getByRole('slider', { name: 'Volume' }).fill('20');
  await choices.getByRole('switch', { name: 'Sound' }).click();
  assert.equal(await choices.getByRole('slider').isDisabled(), true);
  await noViolations(page);
  await shot('alerts-muted');
  assert.deepEqual(await page.evaluate(() => JSON.parse(localStorage.getItem('chatflow:demo:alerts'))), { name: 'bell', volume: 20, sound: false }, 'what was not chosen stays the site’s');
  await page.keyboard.press('Escape');
  await choices.waitFor({ state: 'detached' });
  assert.equal(await page.locator('#panel').isVisible(), true, 'Escape closes what is on top');
  assert.equal(await page.evaluate(() => document.querySelector('chatflow-widget').shadowRoot.activeElement.ariaLabel), 'Options');
  await page.locator('.launcher').click();
  const before = await notes(page);
  await calls('Quietly');
  await titled(page, '(1) New messages - Tea & Leaf');
  assert.equal(await notes(page), before);
  const other = await visit();
  await openPanel(other);
  await options(other).click();
  assert.equal(await other.getByRole('switch', { name: 'Sound' }).isChecked(), false);
  await other.locator('.scroller').click({ position: { x: 20, y: (await other.locator('.scroller').boundingBox()).height - 20 } });
  await other.getByRole('group', { name: 'Options' }).waitFor({ state: 'detached' });
  assert.deepEqual(errors, []);
});

/** The browser's notifications, as a page sees them. */
function notifications() {
  window.shown = [];
  window.asked = 0;
  window.Notification = class {
    static permission = 'default';
    static async requestPermission() {
      window.asked++;
      this.permission = window.answer ?? 'granted';
      return this.permission;
    }
    constructor(title, { body, silent }) {
      Object.assign(this, { title, body, silent, open: true });
      window.shown.push(this);
    }
    close() { this.open = false; }
  };
}

test('the browser notifies whom has asked for it, until it is read', async (t) => {
  const { page, calls } = await away(t, { init: notifications });
  const shown = () => page.evaluate(() => window.shown.map(({ title, body, silent, open }) => [title, body, silent, open]));
  await calls('Before they asked');
  await titled(page, '(1) New messages - Tea & Leaf');
  assert.deepEqual(await shown(), []);
  await openPanel(page);
  await titled(page, 'Tea & Leaf');
  await options(page).click();
  assert.equal(await page.evaluate(() => window.asked), 0, 'the browser asks only who wants it');
  await page.getByRole('switch', { name: 'Browser notifications' }).click();
  await until(() => page.evaluate(() => JSON.parse(localStorage.getItem('chatflow:demo:alerts')).browser), 'it is kept');
  assert.equal(await page.evaluate(() => window.asked), 1);
  await page.locator('.launcher').click();
  await calls('Your parcel is here.');
  await until(async () => (await shown()).length === 1, 'one');
  assert.deepEqual(await shown(), [['Ana', 'Your parcel is here.', true, true]]);
  await page.evaluate(() => window.shown[0].onclick());
  await page.locator('#panel').waitFor();
  await until(async () => (await shown())[0][3] === false, 'it is closed');
  await page.locator('.launcher').click();
  await calls('And another.');
  await until(async () => (await shown()).length === 2, 'another');
  await openPanel(page);
  await until(async () => (await shown())[1][3] === false, 'closed when it is read');
});

test('who refuses the browser is told how to change that', async (t) => {
  const { page, calls, shot } = await away(t, { init: notifications });
  await page.evaluate(() => { window.answer = 'denied'; });
  await openPanel(page);
  await options(page).click();
  const wanted = page.getByRole('switch', { name: 'Browser notifications' });
  await wanted.click();
  await page.getByText('Your browser blocks them.').waitFor();
  assert.deepEqual([await wanted.isChecked(), await wanted.isDisabled()], [false, true]);
  await noViolations(page);
  await shot('alerts-blocked');
  await page.locator('.launcher').click();
  await calls('Hi!');
  assert.deepEqual(await page.evaluate(() => window.shown.length), 0);
});

test('each sound is short, can be heard, never clips and ends in silence', async (t) => {
  const { page } = await stage.scene(t);
  const options = { entryPoints: [join(widgetFolder, 'src', 'alerts', 'sound.ts')], bundle: true, format: 'iife', globalName: 'sounds', write: false };
  const [{ text }] = (await build(options)).outputFiles;
  const heard = await page.evaluate(async (code) => {
    const { SOUNDS, compose } = new Function(`${code}; return sounds;`)();
    const results = [];
    for (const name of SOUNDS)
      for (const volume of [1, 0.5, 0]) {
        const context = new OfflineAudioContext(1, 3 * 44_100, 44_100);
        const over = compose(context, name, volume, 0.02);
        const [samples] = [(await context.startRendering()).getChannelData(0)];
        const peak = (from, to) => samples.slice(from * 44_100, to * 44_100).reduce((most, one) => Math.max(most, Math.abs(one)), 0);
        results.push({ name, volume, over, peak: peak(0, 3), after: peak(over + 0.01, 3), before: peak(0, 0.01) });
      }
    return results;
  }, text);
  assert.equal(heard.length, 9);
  for (const { name, volume, over, peak, after: rest, before: first } of heard) {
    assert.ok(over > 0.2 && over < 2, `${name} ends at ${over}`);
    assert.ok(peak < 0.9 && (volume === 0 ? peak < 0.002 : peak > 0.1 * volume), `${name} at ${volume}: peak ${peak}`);
    assert.deepEqual([rest, first], [0, 0], name);
  }
  const [loud, soft] = heard.map(({ peak }) => peak);
  assert.ok(soft < 0.6 * loud);
});

test('before the page was touched nothing is tried to be heard', async (t) => {
  const { page, daemon, context } = await away(t);
  // What a test asks of a page counts as a touch.
  await context.addInitScript(() => Object.defineProperty(UserActivation.prototype, 'hasBeenActive', { get: () => false }));
  const said = [];
  page.on('console', (message) => said.push(message.text()));
  const opened = () => daemon.heard.filter(({ method }) => method === 'session.open').length;
  const before = opened();
  await page.reload();
  await until(() => opened() > before && [...daemon.peers].some(({ live }) => live), 'it listens');
  daemon.says('Hi!');
  await titled(page, '(1) New messages - Tea & Leaf');
  await until(async () => await called(page), 'it has called');
  assert.equal(await notes(page), 0);
  assert.deepEqual(said.filter((text) => text.includes('AudioContext')), []);
});

test('without storage, and after the visitor was forgotten', async (t) => {
  const { page } = await away(t);
  await page.evaluate(() => window.ChatFlow('logout'));
  const blocked = await away(t, {
    init: () => {
      for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });
    },
  });
  blocked.daemon.says('Hi!');
  await titled(blocked.page, '(1) New messages - Tea & Leaf');
  await until(async () => (await notes(blocked.page)) > 0, 'heard');
  await blocked.page.evaluate(() => window.ChatFlow('logout'));
  await titled(blocked.page, 'Tea & Leaf');
  assert.deepEqual(blocked.errors, []);
});

for (const [what, given] of [
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true }],
  ['small', { viewport: { width: 550, height: 380 } }],
  ['forced', { forcedColors: 'active' }],
  ['rtl', { path: '/arabic' }],
])
  test(`the choices can be read and used: ${what}`, async (t) => {
    const { page, shot } = await stage.scene(t, given);
    await openPanel(page);
    await page.locator('.menu .icon-button').click();
    await page.locator('.choices').waitFor();
    await noViolations(page);
    await shot(`alerts-${what}`);
    assert.equal(await page.locator('.choices').evaluate((box) => box.scrollWidth > box.clientWidth), false);
    const small = await page.locator('.choices label').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 44).length);
    assert.equal(small, 0);
  });
