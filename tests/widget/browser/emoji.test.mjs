// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing emoji, with a pointer and by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noViolations } from '../lib/axe.mjs';
import { source } from '../lib/sources.mjs';
import { Stage, openPanel, until, write } from '../lib/stage.mjs';

const { GROUPS, COLUMNS } = await source('emoji/groups.ts');
let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const opener = (page) => page.locator('.emojis .icon-button');
const field = (page) => page.locator('.composer textarea');
const focused = (page) => page.evaluate(() => document.querySelector('chatflow-widget').shadowRoot.activeElement?.textContent);
const fetched = (page) => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/widget/picker-')));

async function picking(t, given) {
  const scene = await stage.scene(t, given);
  await openPanel(scene.page);
  await opener(scene.page).waitFor();
  assert.equal(await fetched(scene.page), false, 'nothing is fetched before it is wanted');
  await opener(scene.page).click();
  await scene.page.locator('.picker').waitFor();
  return scene;
}

test('there are enough of them, each once, and each is drawn as one', async (t) => {
  const all = Object.values(GROUPS).flat();
  assert.ok(all.length >= 150 && all.length <= 300, `got ${all.length}`);
  assert.equal(new Set(all).size, all.length);
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const one of all) {
    assert.equal([...graphemes.segment(one)].length, 1, one);
    assert.match(one, /^(\p{Emoji_Presentation}|\p{Emoji}\ufe0f)$/u, one);
  }
  const { page } = await picking(t);
  assert.equal(await page.locator('.picker button').count(), all.length);
});

test('one is written where the visitor was, and goes with the message', async (t) => {
  const { page, daemon, errors, shot } = await picking(t);
  await noViolations(page);
  await shot('emoji');
  await field(page).fill('Thank you!');
  await field(page).evaluate((area) => area.setSelectionRange(5, 5));
  await page.locator('.picker').waitFor({ state: 'detached' });
  await opener(page).click();
  await page.locator('.picker button', { hasText: '🎉' }).click();
  await page.locator('.picker button', { hasText: '🍵' }).click();
  assert.equal(await field(page).inputValue(), 'Thank🎉🍵 you!');
  await field(page).press('Enter');
  await until(() => daemon.texts().length === 1, 'the message');
  assert.deepEqual(daemon.texts(), ['Thank🎉🍵 you!']);
  assert.deepEqual(errors, []);
});

test('what was used last comes first, also on the next page', async (t) => {
  const { page } = await picking(t);
  for (const one of ['🍵', '🎉', '🍵']) await page.locator('.picker button', { hasText: one }).first().click();
  await page.evaluate(() => localStorage.setItem('chatflow:demo:emoji', `${localStorage.getItem('chatflow:demo:emoji')} <b> 🍵 nonsense`));
  await page.reload();
  await openPanel(page);
  await opener(page).click();
  await page.locator('.picker').waitFor();
  assert.deepEqual(await page.getByRole('group', { name: 'Recently used' }).getByRole('button').allInnerTexts(), ['🍵', '🎉']);
  for (const one of GROUPS.food.slice(0, 12)) await page.locator('.picker button', { hasText: one }).first().click();
  assert.equal((await page.evaluate(() => localStorage.getItem('chatflow:demo:emoji'))).split(' ').length, COLUMNS);
});

test('by keyboard alone', async (t) => {
  const { page } = await stage.scene(t);
  const [first] = Object.values(GROUPS);
  await openPanel(page);
  await opener(page).waitFor();
  await page.getByRole('button', { name: 'Attach files' }).waitFor();
  for (const key of ['Tab', 'Tab', 'Enter']) await page.keyboard.press(key);
  await page.locator('.picker').waitFor();
  assert.equal(await focused(page), first[0]);
  for (const [key, at] of [['ArrowRight', 1], ['ArrowDown', 1 + COLUMNS], ['End', 2 * COLUMNS - 1], ['ArrowRight', 2 * COLUMNS], ['ArrowLeft', 2 * COLUMNS - 1], ['Home', COLUMNS], ['ArrowUp', 0], ['ArrowUp', 0], ['ArrowLeft', 0]]) {
    await page.keyboard.press(key);
    await until(async () => (await focused(page)) === first[at], `${key} goes to ${first[at]}`);
  }
  await page.keyboard.press('Enter');
  assert.equal(await field(page).inputValue(), first[0]);
  for (let row = 0; row < Math.ceil(first.length / COLUMNS); row++) await page.keyboard.press('ArrowDown');
  await until(async () => (await focused(page)) === GROUPS.people[0], 'the next group');
  await page.keyboard.press('Escape');
  await page.locator('.picker').waitFor({ state: 'detached' });
  assert.equal(await page.locator('#panel').isVisible(), true);
  assert.equal(await opener(page).evaluate((button) => button === button.getRootNode().activeElement), true);
  await page.keyboard.press('Escape');
  await page.locator('#panel').waitFor({ state: 'hidden' });
});

test('a click elsewhere puts them away; nothing of what is being read moves', async (t) => {
  const { page, daemon } = await picking(t);
  await field(page).click();
  await page.locator('.picker').waitFor({ state: 'detached' });
  await write(page, 'Hello');
  await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  for (let line = 1; line < 30; line++) daemon.says(`Line ${line}`);
  await page.locator('.bubble', { hasText: 'Line 29' }).waitFor();
  const last = page.locator('.bubble', { hasText: 'Line 29' });
  const place = await last.boundingBox();
  await opener(page).click();
  await page.locator('.picker').waitFor();
  assert.deepEqual(await last.boundingBox(), place);
  await opener(page).click();
  await page.locator('.picker').waitFor({ state: 'detached' });
  assert.deepEqual(await last.boundingBox(), place);
});

test('without a network the button does nothing, and later it works', async (t) => {
  const { page, context, errors } = await stage.scene(t);
  await context.route(/\/widget\/picker-/, (route) => route.abort());
  await openPanel(page);
  await opener(page).click();
  await until(() => fetched(page), 'it was asked for');
  assert.equal(await page.locator('.picker').count(), 0);
  await context.unroute(/\/widget\/picker-/);
  await opener(page).click();
  await page.locator('.picker').waitFor();
  assert.deepEqual(errors, []);
});

for (const [what, given] of [
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true }],
  ['narrow', { viewport: { width: 320, height: 480 } }],
  ['forced', { forcedColors: 'active' }],
  ['rtl', { path: '/arabic' }],
])
  test(`they can be seen and reached: ${what}`, async (t) => {
    const { page, shot } = await picking(t, given);
    await noViolations(page);
    await shot(`emoji-${what}`);
    assert.equal(await page.locator('.picker').evaluate((box) => box.scrollWidth > box.clientWidth), false);
    const first = GROUPS.faces;
    await page.keyboard.press(what === 'rtl' ? 'ArrowLeft' : 'ArrowRight');
    await until(async () => (await focused(page)) === first[1], 'the next is where it is seen');
  });
