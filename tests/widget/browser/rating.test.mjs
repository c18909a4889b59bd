// SPDX-License-Identifier: GPL-3.0-or-later
// Who was served is asked how it was, once, and may change it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noViolations } from '../lib/axe.mjs';
import { Stage, openPanel, until, write } from '../lib/stage.mjs';

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const rates = (daemon) => daemon.heard.filter(({ method }) => method === 'conversation.rate').map(({ params }) => params);
const star = (page, value) => page.getByRole('radio', { name: `${value} of 5 stars` });

async function over(t, options) {
  const scene = await stage.scene(t, options);
  await openPanel(scene.page);
  await write(scene.page, 'Hello');
  await scene.page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  scene.daemon.assign();
  scene.daemon.says('Hi!');
  assert.equal(await scene.page.locator('.rating').count(), 0, 'nobody is asked while it goes on');
  scene.daemon.closeConversation();
  await star(scene.page, 1).waitFor({ state: 'attached' });
  return scene;
}

test('stars, a comment, thanks; changed later; not asked again', async (t) => {
  const { page, daemon, shot, errors } = await over(t);
  await noViolations(page);
  await shot('rating-ask');
  assert.equal(await page.locator('.rating textarea').count(), 0);
  await page.locator('.star').nth(3).click();
  await until(() => rates(daemon).length === 1, 'the stars alone count');
  assert.deepEqual([rates(daemon)[0].rating, rates(daemon)[0].id], [4, daemon.conversation().id]);
  assert.equal(await page.locator('.star.on').count(), 4);
  await page.locator('.rating textarea').fill('Very kind.\nThank you!');
  await noViolations(page);
  await shot('rating-comment');
  await page.getByRole('button', { name: 'Send' }).first().click();
  await page.getByText('Thank you for your rating!').waitFor();
  await until(() => daemon.conversation().rating_comment === 'Very kind.\nThank you!', 'the comment');
  assert.equal(await page.getByRole('img', { name: '4 of 5 stars' }).innerText(), '★★★★☆');
  await noViolations(page);
  await shot('rating-thanks');
  await page.reload();
  await openPanel(page);
  await page.getByText('Thank you for your rating!').waitFor();
  assert.equal(await page.locator('.star').count(), 0, 'not asked again');
  await page.getByRole('button', { name: 'Change' }).click();
  assert.equal(await page.locator('.rating textarea').inputValue(), 'Very kind.\nThank you!');
  assert.equal(await star(page, 4).isChecked(), true);
  await page.locator('.star').nth(4).click();
  await page.locator('.rating textarea').fill('');
  await page.getByRole('button', { name: 'Send' }).first().click();
  await until(() => daemon.conversation().rating === 5 && !daemon.conversation().rating_comment, 'the change');
  await page.getByRole('img', { name: '5 of 5 stars' }).waitFor();
  await write(page, 'One more thing');
  await page.locator('.rating').waitFor({ state: 'detached' });
  assert.deepEqual(errors, []);
});

test('with the keyboard alone', async (t) => {
  const { page, daemon } = await over(t);
  await page.evaluate(() => ChatFlow('on', 'survey', (survey) => (window.survey = survey)));
  await page.locator('textarea').focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  assert.equal(await star(page, 5).isChecked(), true);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await star(page, 4).isChecked(), true);
  await until(() => rates(daemon).length > 0, 'it is sent');
  assert.equal(daemon.conversation().rating, 4);
  await page.keyboard.press('Tab');
  await page.keyboard.type('Good');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await until(() => daemon.conversation().rating_comment === 'Good', 'the comment');
  await page.waitForFunction(() => window.survey?.comment === 'Good');
  assert.deepEqual(await page.evaluate(() => window.survey), { conversation_id: daemon.conversation().id, rating: 4, comment: 'Good' }, 'the page is told');
  assert.notEqual(await page.evaluate(() => document.querySelector('chatflow-widget').shadowRoot.activeElement), null, 'the focus stays inside');
});

test('without a connection it waits, also over a reload', async (t) => {
  const { page, daemon, context, shot } = await over(t);
  await context.setOffline(true);
  daemon.drop();
  await page.locator('.star').nth(1).click();
  await page.locator('.rating textarea').fill('Slow');
  await page.getByRole('button', { name: 'Send' }).first().click();
  await page.getByText('It will be sent when you’re back online.').waitFor();
  await shot('rating-offline');
  assert.equal(rates(daemon).length, 0);
  await context.setOffline(false);
  daemon.refuse('conversation.rate', 'unavailable', { retryAfter: 300 });
  await page.reload();
  await until(() => daemon.conversation().rating === 2, 'it has arrived');
  assert.equal(daemon.conversation().rating_comment, 'Slow');
  assert.equal(rates(daemon).length, 2, 'the server was left alone for as long as it wanted');
  await until(() => page.evaluate(() => localStorage.getItem('chatflow:demo:rating') === null), 'and is not kept any longer');
});

test('what the server refuses is said, and can be tried again', async (t) => {
  const { page, daemon } = await over(t);
  daemon.refuse('conversation.rate', 'forbidden');
  await page.locator('.star').nth(2).click();
  await page.locator('.rating [role=alert]', { hasText: 'Not sent.' }).waitFor();
  await noViolations(page);
  await page.locator('.star').nth(0).click();
  await until(() => daemon.conversation().rating === 1, 'the second attempt');
  await page.locator('.rating textarea').fill('Not meant for anybody yet');
  await page.locator('textarea').last().focus();
  await page.locator('.star').nth(1).click();
  await until(() => daemon.conversation().rating === 2, 'the stars');
  assert.equal(daemon.conversation().rating_comment, undefined, 'words wait until they are sent');
  assert.equal(await page.locator('.rating textarea').inputValue(), 'Not meant for anybody yet');
  daemon.refuse('conversation.rate', 'invalid');
  await page.getByRole('button', { name: 'Send' }).first().click();
  await page.locator('.rating [role=alert]', { hasText: 'Not sent.' }).waitFor();
});

const SURVEYS = [
  ['thumbs', 'Bad', { rating: 1, survey: { kind: 'thumbs', score: 0 } }, '👎', 'Good', { rating: 5, survey: { kind: 'thumbs', score: 1 } }],
  ['scale', '0 / 10', { rating: 1, survey: { kind: 'scale', score: 0 } }, '0 / 10', '7 / 10', { rating: 4, survey: { kind: 'scale', score: 7 } }],
];
for (const [kind, first, sent, shown, then, changed] of SURVEYS)
  for (const colorScheme of ['light', 'dark'])
    test(`asked otherwise than for stars: ${kind}, ${colorScheme}`, async (t) => {
      const scene = await stage.scene(t, { site: { survey: { kind } }, colorScheme });
      const { page, daemon, shot, errors } = scene;
      await openPanel(page);
      await write(page, 'Hello');
      await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
      daemon.says('Hi!');
      daemon.closeConversation();
      const choice = (name) => page.getByRole('radio', { name, exact: true });
      await choice(first).waitFor({ state: 'attached' });
      await noViolations(page);
      const small = await page.locator('.star').evaluateAll((all) => all.filter((one) => one.offsetWidth < 24 || one.offsetHeight < 24).length);
      assert.equal(small, 0, 'each can be hit');
      await shot(`rating-${kind}-${colorScheme}`);
      await choice(first).check({ force: true });
      await until(() => rates(daemon).length === 1, 'the choice alone counts');
      assert.deepEqual({ rating: rates(daemon)[0].rating, survey: rates(daemon)[0].survey }, sent);
      await noViolations(page);
      await page.getByRole('button', { name: 'Send' }).first().click();
      await page.getByRole('img', { name: first, exact: true }).waitFor();
      assert.equal(await page.locator('.given').innerText(), shown);
      await shot(`rating-${kind}-given-${colorScheme}`);
      await page.getByRole('button', { name: 'Change' }).click();
      assert.equal(await choice(first).isChecked(), true);
      await choice(then).check({ force: true });
      await page.getByRole('button', { name: 'Send' }).first().click();
      await until(() => daemon.conversation().rating === changed.rating, 'the change');
      assert.deepEqual(daemon.conversation().survey, changed.survey);
      assert.deepEqual(errors, []);
    });

test('a site that wants no ratings asks for none', async (t) => {
  const { page, daemon } = await stage.scene(t, { site: { survey: { off: true, kind: 'stars' } } });
  await openPanel(page);
  await write(page, 'Hello');
  await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  daemon.says('Hi!');
  daemon.closeConversation();
  await page.locator('.event', { hasText: 'Conversation closed' }).waitFor();
  await until(() => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /\/rating-/.test(name))), 'what would ask is here');
  assert.equal(await page.locator('.rating').count(), 0);
});
