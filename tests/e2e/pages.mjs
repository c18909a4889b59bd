// SPDX-License-Identifier: GPL-3.0-or-later
//
// The chat on pages that are hard to live on: it looks and works there as anywhere, and the pages do not notice it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { PATIENCE, until } from '../lib/until.mjs';
import { noViolations } from '../widget/lib/axe.mjs';
import { launch, settled, shotsFolder } from '../widget/lib/stage.mjs';
import { WebKit } from '../widget/lib/webkit.mjs';
import { Visitor } from './visitor.mjs';
import { Zoo } from './zoo.mjs';

const ENTER = '\uE007';
const shots = shotsFolder('/tmp');

/** In the page, from its first moment: how far things of its own have moved, and what went wrong unheard. */
function observe() {
  window.moved = 0;
  // Messages move up as one more comes; what is in a shadow tree is not named.
  const own = ({ hadRecentInput, sources }) => !hadRecentInput && sources.some(({ node }) => node && !node.shadowRoot);
  try {
    new PerformanceObserver((list) => list.getEntries().filter(own).forEach(({ value }) => { window.moved += value; })).observe({ type: 'layout-shift', buffered: true });
  } catch {
    // Only Chromium measures it.
  }
  addEventListener('unhandledrejection', (event) => { window.unheard = String(event.reason); });
}

/** A daemon, an agent and the pages; one for all browsers. */
async function open(t) {
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const [admin] = daemon.demo.agents;
  const { token } = await daemon.login(admin.email, admin.password);
  const agent = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  t.after(() => agent.close());
  await agent.ready();
  const zoo = await Zoo.open(daemon.url, daemon.demo.site.key);
  t.after(() => zoo.close());
  const heard = (text) => until(() => agent.records.all('message').find((one) => one.text === text), `the agent reads ${text}`);
  const answer = async (to, text) => agent.call('message.send', { id: newId(), conversation_id: (await heard(to)).conversation_id, text });
  return { zoo, heard, answer };
}

/** A visitor on a page of the zoo, and the frame in which the widget is. */
async function arrive(t, browser, { zoo }, name, { host, frame, ...given } = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, locale: 'en-GB', ...given });
  t.after(() => context.close());
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript(observe);
  const page = await context.newPage();
  const visitor = new Visitor(page);
  await page.goto(zoo.address(name, host));
  const inside = frame ? page.frameLocator('iframe') : page;
  await inside.locator('.launcher').waitFor({ state: 'attached' });
  const scope = frame ? page.frames().find((one) => one !== page.mainFrame()) : page;
  return { context, page, visitor, inside, scope };
}

/** Everything that a visitor does, in every state looked at by axe, unless `quick`. */
async function talk(place, { answer }, name, { quick = false } = {}) {
  const { page, inside, scope } = place;
  const look = async (state) => {
    await settled(inside);
    if (!quick) await noViolations(scope);
    // In Firefox a picture needs styles of its own, of which a strict page would complain.
    if (name.startsWith('chromium')) await page.screenshot({ path: join(shots, `page-${name}-${state}.png`) });
  };
  const unique = `${name} ${newId().slice(-6)}`;
  await page.mouse.move(0, 0);
  await settled(inside);
  const launcher = await inside.locator('.launcher').boundingBox();
  assert.deepEqual([launcher.width, launcher.height], [56, 56]);
  await look('closed');
  await inside.locator('.launcher').click();
  await inside.locator('#panel').waitFor();
  assert.equal((await inside.locator('#panel').boundingBox()).width, 384);
  await inside.locator('.emojis .icon-button').click();
  await inside.locator('.picker button', { hasText: '🎉' }).first().click();
  await look('emoji');
  await inside.locator('textarea').press('End');
  await inside.locator('textarea').pressSequentially(` Hello from ${unique}`);
  await inside.locator('textarea').press('Enter');
  await inside.locator('.row.sent, .row.seen').first().waitFor();
  await answer(`🎉 Hello from ${unique}`, `Hi! See https://tea.example/${unique.split(' ')[1]}.`);
  await inside.locator('.bubble a').last().waitFor();
  await look('talk');
  await inside.locator('.menu .icon-button').click();
  await inside.locator('.choices').waitFor();
  await look('choices');
  await inside.locator('.launcher').click();
  await answer(`🎉 Hello from ${unique}`, 'Are you still there?');
  await inside.locator('.badge[data-count="1"]').waitFor();
  await until(async () => /^\(1\) /.test(await scope.evaluate(() => document.title)), 'the title says so');
  await look('unread');
  await inside.locator('.launcher').click();
  await inside.locator('.bubble', { hasText: 'Are you still there?' }).last().waitFor();
  await until(async () => !/^\(/.test(await scope.evaluate(() => document.title)), 'the title is the page’s');
  await inside.locator('textarea').press('Escape');
  await inside.locator('#panel').waitFor({ state: 'hidden' });
}

/** Nothing has moved, nothing was thrown. */
async function unnoticed({ visitor, scope }) {
  assert.equal(await scope.evaluate(() => window.moved), 0, 'nothing has moved on the page');
  assert.equal(await scope.evaluate(() => window.unheard), undefined);
  visitor.wasUntroubled();
}

for (const name of ['chromium', 'firefox']) {
  test(`pages in ${name}`, async (t) => {
    const world = await open(t);
    const browser = await launch(name);
    t.after(() => browser.close());
    const chromium = name === 'chromium';

    for (const page of ['plain', 'hostile', 'old-libraries', 'no-storage', 'right-to-left', ...(chromium ? ['print', 'large'] : [])])
      await t.test(page, async (t) => {
        const place = await arrive(t, browser, world, page);
        // Axe itself is at a loss among old libraries, and reads all of a large page.
        await talk(place, world, `${name}-${page}`, { quick: ['old-libraries', 'large'].includes(page) });
        await unnoticed(place);
      });

    if (chromium)
      await t.test('what moves on the page is noticed', async (t) => {
        const { page } = await arrive(t, browser, world, 'plain');
        await until(() => page.evaluate(() => {
          document.body.style.paddingTop = document.body.style.paddingTop ? '' : '150px';
          return window.moved > 0;
        }), 'a shift');
      });

    await t.test('strict-policy', async (t) => {
      const place = await arrive(t, browser, world, 'strict-policy');
      await talk(place, world, `${name}-strict-policy`);
      assert.deepEqual(await place.page.evaluate(() => window.complaints), []);
      await unnoticed(place);
    });

    await t.test('a policy without pictures is tried once, and never again', async (t) => {
      const place = await arrive(t, browser, world, 'strict-policy?pictures=none');
      const { page, context } = place;
      await talk(place, world, `${name}-no-pictures`, { quick: true });
      await until(() => page.evaluate(() => JSON.parse(localStorage.getItem(Object.keys(localStorage).find((key) => key.endsWith(':alerts')))).icon === false), 'it is remembered');
      assert.equal(await page.locator('link[rel=icon]').getAttribute('href'), '/icon.png');
      await context.addInitScript(() => {
        window.pictures = 0;
        window.Image = class extends Image {
          constructor() {
            super();
            window.pictures++;
          }
        };
      });
      await page.reload();
      await place.inside.locator('.launcher').waitFor();
      await talk(place, world, `${name}-no-pictures`, { quick: true });
      assert.equal(await page.evaluate(() => window.pictures), 0);
    });

    await t.test('application', async (t) => {
      const place = await arrive(t, browser, world, 'application');
      const { page, inside } = place;
      await inside.locator('.launcher').click();
      await inside.locator('textarea').fill('A draft that must not be lost');
      await page.evaluate(() => window.go('Basket', false));
      assert.equal(await inside.locator('textarea').inputValue(), 'A draft that must not be lost');
      await page.evaluate(() => window.go('Checkout', true));
      await inside.locator('.launcher').waitFor();
      assert.equal(await inside.locator('textarea').inputValue(), 'A draft that must not be lost');
      assert.equal(await page.locator('chatflow-widget').count(), 1);
      await inside.locator('textarea').fill('');
      await inside.locator('textarea').press('Escape');
      await talk(place, world, `${name}-application`);
      assert.equal(await page.title(), 'Checkout — Application');
      await page.goBack();
      assert.equal(await page.title(), 'Basket — Application');
      await unnoticed(place);
    });

    await t.test('frame', async (t) => {
      // Firefox under test clicks into no frame of another origin.
      const place = await arrive(t, browser, world, 'frame', { host: chromium ? 'localhost' : '127.0.0.1', frame: true });
      await talk(place, world, `${name}-frame`, { quick: true });
      assert.equal(await place.page.title(), 'A page around a page', 'the page around keeps its title');
      await unnoticed(place);
    });
  });
}

test('a printed page is the page alone', async (t) => {
  const world = await open(t);
  const browser = await launch();
  t.after(() => browser.close());
  const { page, inside } = await arrive(t, browser, world, 'print');
  const sheets = async () => (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  await inside.locator('.launcher').click();
  await inside.locator('#panel').waitFor();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await inside.locator('.launcher').isVisible(), false);
  assert.equal(await inside.locator('#panel').isVisible(), false);
  assert.equal(await sheets(), 1);
  await page.emulateMedia({ media: 'screen' });
  assert.equal(await inside.locator('#panel').isVisible(), true);
});

test('WebKit lives there too, and finds a page as it was by going back', async (t) => {
  const world = await open(t);
  const browser = await WebKit.launch();
  t.after(() => browser.close());
  const has = (selector) => until(() => browser.evaluate('return !!root?.querySelector(arguments[0])', selector), `${selector} is there`);
  const click = (selector) => browser.evaluate('root.querySelector(arguments[0]).click()', selector);
  for (const page of ['hostile', 'old-libraries', 'no-storage', 'right-to-left', 'strict-policy'])
    await t.test(page, async () => {
      const text = `Hello from WebKit, ${page}`;
      await browser.visit(world.zoo.address(page));
      await has('.launcher');
      assert.equal(await browser.evaluate("const { width, height } = root.querySelector('.launcher').getBoundingClientRect(); return `${width} ${height}`"), '56 56');
      await browser.evaluate("window.wrong = []; addEventListener('error', (event) => window.wrong.push(event.message)); addEventListener('unhandledrejection', (event) => window.wrong.push(String(event.reason)))");
      await click('.launcher');
      await has('#panel:not([hidden])');
      await until(() => browser.evaluate("return root.activeElement?.tagName === 'TEXTAREA'"), 'the field has the focus');
      await browser.type(`${text}${ENTER}`);
      await world.answer(text, 'Hi! See https://tea.example/.');
      await has('.bubble a');
      await has('.menu .icon-button');
      await click('.menu .icon-button');
      await has('.choices');
      writeFileSync(join(shots, `page-webkit-${page}.png`), await browser.screenshot());
      await click('.launcher');
      await has('#panel[hidden]');
      assert.equal(await browser.evaluate("return window.wrong.join('; ')"), '');
    });

  await t.test('back', async () => {
    const title = () => browser.evaluate('return document.title');
    await browser.visit(world.zoo.address('plain'));
    await has('.launcher');
    await browser.evaluate("addEventListener('pageshow', ({ persisted }) => { window.restored = persisted; })");
    await click('.launcher');
    await until(() => browser.evaluate("return root.activeElement?.tagName === 'TEXTAREA'"), 'the field has the focus');
    await browser.type(`Before I go${ENTER}`);
    await world.heard('Before I go');
    await browser.type('A draft');
    await click('.launcher');
    await world.answer('Before I go', 'Come back soon!');
    await until(async () => (await title()).startsWith('(1) '), 'the title');
    await browser.evaluate("document.querySelector('a').click()");
    await until(async () => (await title()) === 'Away', 'elsewhere');
    await world.answer('Before I go', 'Hello?');
    await browser.evaluate('history.back()');
    await has('.badge[data-count="2"]');
    assert.equal(await browser.evaluate('return window.restored'), true, 'it was kept');
    await click('.launcher');
    await until(() => browser.evaluate("return [...root.querySelectorAll('.bubble')].some((one) => one.textContent.includes('Hello?'))"), 'what was said meanwhile');
    assert.equal(await browser.evaluate("return root.querySelector('textarea').value"), 'A draft');
    await until(async () => (await title()) === 'A plain page', 'the title is the page’s');
  });
});
