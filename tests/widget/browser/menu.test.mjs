// SPDX-License-Identifier: GPL-3.0-or-later
// What a visitor does with their conversation: ends it, begins another, has it sent to them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noViolations } from '../lib/axe.mjs';
import { Stage, openPanel, until, write } from '../lib/stage.mjs';

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const calls = (daemon, wanted) => daemon.heard.filter(({ method }) => method === wanted).map(({ params }) => params);
const button = (page, name) => page.getByRole('button', { name, exact: true });

async function talk(t, options) {
  const scene = await stage.scene(t, options);
  scene.daemon.mail = true;
  await openPanel(scene.page);
  await write(scene.page, 'Hello');
  await scene.page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  scene.daemon.assign();
  scene.daemon.says('Hi!');
  await button(scene.page, 'Options').click();
  await button(scene.page, 'End the conversation').waitFor();
  return scene;
}

test('a conversation is ended, and the next message begins another; the first one can still be read', async (t) => {
  const { page, daemon, shot, errors } = await talk(t);
  const first = daemon.conversation();
  await noViolations(page);
  await shot('menu');
  await button(page, 'End the conversation').click();
  await until(() => daemon.records.get(`conversation ${first.id}`).status === 'closed', 'the end');
  await button(page, 'Start a new conversation').click();
  await page.getByText('Your next message starts a new conversation.').waitFor();
  await noViolations(page);
  await shot('menu-anew');
  await page.keyboard.press('Escape');
  await write(page, 'Something else');
  await until(() => calls(daemon, 'conversation.start').length === 2, 'another one');
  assert.notEqual(calls(daemon, 'conversation.start')[1].id, first.id);
  const bubble = (text) => page.locator('.bubble', { hasText: text });
  await bubble('Something else').waitFor();
  assert.equal(await bubble('Hello').count(), 1, 'what was said before is there');
  assert.deepEqual(errors, []);
});

test('a conversation goes by email to the address that is given', async (t) => {
  const { page, daemon, shot, errors } = await talk(t);
  await button(page, 'Email me the conversation').click();
  const address = page.getByRole('textbox', { name: 'Email address' });
  await until(() => page.evaluate(() => document.querySelector('chatflow-widget').shadowRoot.activeElement?.id === 'to'), 'the focus');
  await address.fill('no address');
  await page.keyboard.press('Enter');
  assert.deepEqual(calls(daemon, 'conversation.transcript'), [], 'the browser says what is wrong');
  await address.fill('ana@example.com');
  await noViolations(page);
  await shot('menu-address');
  await page.keyboard.press('Enter');
  await page.getByText('On its way to ana@example.com').waitFor();
  const [sent] = calls(daemon, 'conversation.transcript');
  assert.deepEqual([sent.id, sent.address], [daemon.conversation().id, 'ana@example.com']);
  await noViolations(page);
  assert.deepEqual(errors, []);
});

test('what is refused is said, and can be tried again', async (t) => {
  const { page, daemon } = await talk(t);
  daemon.refuse('conversation.transcript', 'rate_limited');
  await button(page, 'Email me the conversation').click();
  await page.getByRole('textbox', { name: 'Email address' }).fill('ana@example.com');
  await page.keyboard.press('Enter');
  await page.getByText('Please try again later.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('On its way to ana@example.com').waitFor();
});

test('a server without mail offers none', async (t) => {
  const { page, daemon } = await stage.scene(t);
  await openPanel(page);
  await write(page, 'Hello');
  await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  await button(page, 'Options').click();
  await button(page, 'End the conversation').waitFor();
  await until(() => calls(daemon, 'server.info').length > 0, 'the question');
  assert.equal(await button(page, 'Email me the conversation').count(), 0);
});

for (const [name, options] of Object.entries({
  dark: { colorScheme: 'dark' },
  phone: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  rtl: { path: '/arabic' },
})) {
  test(`the options can be read and used: ${name}`, async (t) => {
    const { page, daemon, shot } = await stage.scene(t, options);
    daemon.mail = true;
    await openPanel(page);
    await write(page, 'Hello');
    await page.locator('.row.sent').waitFor();
    await page.locator('.menu .icon-button').click();
    await page.locator('.deeds button').nth(1).click();
    await page.locator('.deeds input').waitFor();
    await noViolations(page);
    await shot(`menu-${name}`);
  });
}
