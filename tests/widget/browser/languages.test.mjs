// SPDX-License-Identifier: GPL-3.0-or-later
// The visitor's language in a browser: on the launcher before anything was opened, and in a panel where every word has room.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { languages } from '../../../widget/build.mjs';
import { noViolations } from '../lib/axe.mjs';
import { source } from '../lib/sources.mjs';
import { Stage, openPanel, settled, until, write } from '../lib/stage.mjs';

const { loadLocale } = await source('locales/index.ts');
let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const label = (page) => page.locator('.launcher').getAttribute('aria-label');
const fetched = (page) => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => /\/widget\/(.*)-[^-]*\.js$/.exec(name)?.[1]).filter(Boolean));
const speaks = (page, tag) => until(async () => (await page.locator('.frame').getAttribute('lang')) === tag, `it speaks ${tag}`);

/** What is cut off, or stands out of what it is in. */
const cutOff = (page) => page.locator('.frame').evaluate((frame) => {
  const panel = frame.querySelector('#panel').getBoundingClientRect();
  return [...frame.querySelectorAll('#panel p:not(.hidden), #panel button, #panel h2, #panel textarea, #panel legend, #panel label')]
    .filter((one) => one.getClientRects().length && !one.closest('.scroller [hidden]'))
    .filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      return left < panel.left || right > panel.right || one.scrollWidth > one.clientWidth + 1 || (one.tagName !== 'TEXTAREA' && one.scrollHeight > one.clientHeight + 2);
    })
    .map((one) => `${one.className || one.tagName}: ${one.innerText}`);
});

/** A page in a language, or without one, with all that a panel can have to say. */
async function busyScene(t, options) {
  const scene = await stage.scene(t, { site: { greeting: undefined }, ...options });
  const { page, daemon } = scene;
  await openPanel(page);
  await write(page, '42?');
  await page.locator('.delivery').waitFor();
  daemon.assign();
  daemon.says('7 · 42 · 100');
  await page.locator('.theirs').last().waitFor();
  daemon.refuse('message.send', 'forbidden');
  await write(page, '43?');
  await page.locator('.failure').waitFor();
  daemon.types();
  await page.locator('.typing').waitFor();
  return scene;
}

test('the launcher says what it is in the language of the page, before anybody has come near it', async (t) => {
  for (const [lang, word] of [['ja', 'チャット'], ['pt-PT', 'Chat'], ['zh-TW', '聊天'], ['tr', 'Sohbet'], ['tlh', 'Chat']]) {
    const { page } = await stage.scene(t, { path: `/?lang=${lang}` });
    await until(async () => (await fetched(page)).length > 0, 'the tracker has come');
    await until(async () => (await label(page)) === word, word);
    await speaks(page, lang === 'tlh' ? 'en' : lang);
    assert.deepEqual(await fetched(page), ['tracker'], 'nothing is asked for it');
  }
});

test('who does not want to be followed hears a word that all know, and their own once the focus is there', async (t) => {
  const { page, context, visit } = await stage.scene(t);
  await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  const greek = await visit('/?lang=el');
  await page.close();
  await greek.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  assert.equal(await label(greek), 'Chat');
  await greek.locator('.launcher').focus();
  await until(async () => (await label(greek)) === 'Συνομιλία');
  assert.deepEqual((await fetched(greek)).sort(), ['el', 'languages', 'panel']);
});

test('where the page says no language the browser’s list counts, and English asks for nothing', async (t) => {
  const german = await stage.scene(t, { path: '/?lang=', locale: 'de-CH' });
  await openPanel(german.page);
  await german.page.getByPlaceholder('Nachricht schreiben…').waitFor();
  await until(async () => (await fetched(german.page)).includes('tracker'), 'all is there');
  assert.deepEqual((await fetched(german.page)).sort(), ['de', 'languages', 'panel', 'tracker']);
  const english = await stage.scene(t, { path: '/?lang=en-GB' });
  await openPanel(english.page);
  await speaks(english.page, 'en-GB');
  await until(async () => (await fetched(english.page)).includes('tracker'), 'all is there');
  assert.deepEqual((await fetched(english.page)).sort(), ['panel', 'tracker']);
});

test('a language that can’t be had leaves the panel in English', async (t) => {
  const { context, visit, errors } = await stage.scene(t);
  await context.route(/\/widget\/fr-/, (route) => route.abort());
  const page = await visit('/?lang=fr');
  await openPanel(page);
  await page.getByPlaceholder('Write a message…').waitFor();
  assert.deepEqual(errors, []);
});

test('the invitation can be closed in the visitor’s words', async (t) => {
  const { page } = await stage.scene(t, { path: '/?lang=he', site: { appearance: { bubble_text: 'שאלות?' } } });
  await page.locator('.word .shut').waitFor();
  assert.equal(await page.locator('.word .shut').getAttribute('aria-label'), 'סגירת הצ׳אט');
  assert.deepEqual((await fetched(page)).filter((name) => name !== 'look').sort(), ['bubble', 'tracker']);
});

test('nothing is cut off in any language, in a panel that has much to say', async (t) => {
  const { page, daemon } = await busyScene(t);
  const failures = [];
  const look = async (state) => {
    for (const name of await languages()) {
      const [wanted] = Intl.getCanonicalLocales(name === 'pt' ? 'pt-PT' : name);
      await page.evaluate((tag) => window.ChatFlow('locale', tag), wanted);
      await speaks(page, wanted);
      const { strings } = await loadLocale(wanted);
      assert.equal(await page.locator('textarea').first().getAttribute('placeholder') ?? strings.write, strings.write);
      for (const text of await cutOff(page)) failures.push(`${name}, ${state}: ${text}`);
    }
  };
  await look('talking');
  await page.locator('.menu .icon-button').click();
  await page.locator('.choices').waitFor();
  await look('choices');
  await page.locator('.emojis .icon-button').click();
  await page.locator('.picker').waitFor();
  await look('emoji');
  await page.locator('.emojis .icon-button').click();
  daemon.closeConversation();
  await page.locator('.star').nth(3).click();
  await page.locator('.rating textarea').waitFor();
  await look('rating');
  assert.deepEqual(failures, []);
});

for (const tag of ['ar', 'he', 'ja', 'th', 'ta', 'de', 'fi', 'el'])
  test(`pictures: ${tag}`, async (t) => {
    const phone = { viewport: { width: 360, height: 760 } };
    const { page, daemon, shot } = await busyScene(t, { path: `/?lang=${tag}`, ...phone });
    await speaks(page, tag);
    await shot(`language-${tag}`);
    await page.locator('.menu .icon-button').click();
    await page.locator('.choices').waitFor();
    await shot(`language-${tag}-choices`);
    await page.keyboard.press('Escape');
    daemon.closeConversation();
    await page.locator('.star').nth(3).click();
    await page.locator('.rating textarea').waitFor();
    await noViolations(page);
    daemon.stop();
    await page.locator('.notice p').waitFor();
    await settled(page);
    await shot(`language-${tag}-rating`);
  });
