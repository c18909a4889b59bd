// SPDX-License-Identifier: GPL-3.0-or-later
// What is marked in messages is shown as it is meant, in both directions, and nothing else is touched.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noViolations } from '../lib/axe.mjs';
import { Stage, bubbles, openPanel, until, write } from '../lib/stage.mjs';

const RICH = [
  'You need **two** things, *really*:',
  '- a `kettle`',
  '- [our tea](https://tea.example/green)',
  '',
  '1. Heat',
  '2. Pour',
  '```sh',
  'brew --minutes 3 --for "2*3*4" --and-a-very-long-option-that-does-not-fit',
  '```',
  'Questions? help@tea.example or +351 912 345 678',
].join('\n');

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const fetched = (page) => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /\/rich-/.test(name)));

test('plain messages are as they were typed, and fetch nothing', async (t) => {
  const { page, daemon } = await stage.scene(t);
  await openPanel(page);
  await write(page, 'Is 2 x 3 the same as snake_case? <b>no</b>');
  await until(() => daemon.texts().length === 1);
  daemon.says('It is 6');
  await page.locator('.bubble', { hasText: 'It is 6' }).waitFor();
  assert.equal(await fetched(page), false);
  await write(page, 'And 2*3*4?');
  await page.locator('.bubble', { hasText: '2*3*4' }).waitFor();
  await until(() => fetched(page), 'what might be a mark is looked at');
  assert.deepEqual((await bubbles(page)).slice(-1), ['And 2*3*4?']);
});

for (const [what, options] of [['light', {}], ['dark', { colorScheme: 'dark' }], ['rtl', { path: '/arabic' }], ['phone', { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true }]])
  test(`marks are shown: ${what}`, async (t) => {
    const { page, daemon, errors, shot } = await stage.scene(t, options);
    await openPanel(page);
    await write(page, '**Hello**, do you have `green` tea?');
    await until(() => daemon.texts().length === 1);
    assert.deepEqual(daemon.texts(), ['**Hello**, do you have `green` tea?'], 'sent as it was typed');
    daemon.says(RICH);
    const theirs = page.locator('.theirs .bubble').last();
    await theirs.locator('pre').waitFor();
    assert.equal(await page.locator('.mine strong').innerText(), 'Hello');
    assert.equal(await theirs.locator('strong').innerText(), 'two');
    assert.equal(await theirs.locator('em').innerText(), 'really');
    assert.deepEqual(await theirs.locator('ul > li').allInnerTexts(), ['a kettle', 'our tea']);
    assert.deepEqual(await theirs.locator('ol > li').evaluateAll((all) => all.map((li) => [li.value, li.textContent])), [[1, 'Heat'], [2, 'Pour']]);
    assert.equal(await theirs.locator('pre').textContent(), 'brew --minutes 3 --for "2*3*4" --and-a-very-long-option-that-does-not-fit');
    assert.deepEqual(await theirs.locator('a').evaluateAll((all) => all.map((a) => [a.textContent, a.getAttribute('href'), a.rel])), [
      ['our tea', 'https://tea.example/green', 'noopener noreferrer nofollow'],
      ['help@tea.example', 'mailto:help@tea.example', ''],
      ['+351 912 345 678', 'tel:+351912345678', ''],
    ]);
    const { wide, end } = await page.locator('.scroller').evaluate((box) => ({ wide: box.scrollWidth > box.clientWidth, end: box.scrollHeight - box.scrollTop - box.clientHeight }));
    assert.equal(wide, false, 'nothing is cut off at the side');
    assert.ok(end < 2, 'the end stays in sight');
    await noViolations(page);
    await shot(`rich-${what}`);
    assert.deepEqual(errors, []);
  });
