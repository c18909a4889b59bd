// SPDX-License-Identifier: GPL-3.0-or-later
// What a visitor may expect: how soon somebody replies, and when a closed site is back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noViolations } from '../lib/axe.mjs';
import { FORM } from '../lib/forms.mjs';
import { Stage, openPanel, until, write } from '../lib/stage.mjs';

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const HOUR = 3_600_000;
const line = (page) => page.locator('.expect');

/** The panel of a site of which the server says that. */
async function opened(t, opening, { site, ...options } = {}) {
  const scene = await stage.scene(t, { ...(site && { site }), ...options });
  scene.daemon.opening = opening;
  if (opening.closed) scene.daemon.online = false;
  await openPanel(scene.page);
  return scene;
}

test('the usual reply time stands there until somebody has answered', async (t) => {
  const { page, daemon, shot, errors } = await opened(t, { reply_minutes: 15 });
  await line(page).waitFor();
  assert.equal(await line(page).innerText(), 'Usual reply time: 15 minutes');
  await noViolations(page);
  await shot('expect-reply');
  await write(page, 'Where is my order?');
  await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  assert.equal(await line(page).count(), 1, 'somebody waits now');
  await shot('expect-waiting');
  daemon.says('On its way!');
  await page.getByText('On its way!').waitFor();
  await until(async () => (await line(page).count()) === 0, 'the line is gone');
  await write(page, 'Thank you!');
  await until(() => daemon.texts().length === 3, 'the second');
  assert.equal(await line(page).count(), 0, 'they are talking');
  assert.deepEqual(errors, []);
});

test('where nothing is known nothing is said', async (t) => {
  const { page } = await opened(t, { until: Date.now() + HOUR });
  await write(page, 'Hello?');
  await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  assert.equal(await line(page).count(), 0);
});

test('a closed site says when it is back, by the visitor’s clock and in their language', async (t) => {
  const tomorrow = new Date(Date.now() + 24 * HOUR);
  // In the middle of the day, so that no time zone makes another day of it while the test runs.
  tomorrow.setUTCHours(12, 0, 0, 0);
  const { page, shot, daemon } = await opened(t, { closed: true, until: tomorrow.getTime(), reply_minutes: 15 }, { timezoneId: 'UTC', site: { offline: { text: 'We are asleep.' } } });
  await line(page).waitFor();
  assert.match(await line(page).innerText(), /^We’ll be back: tomorrow.* 12:00\sPM$/);
  await noViolations(page);
  await shot('expect-closed');
  await write(page, 'A parcel is missing.');
  await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  assert.equal(await line(page).count(), 1, 'what happens next');
  await page.evaluate(() => window.ChatFlow('locale', 'de'));
  await page.getByText(/^Wir sind wieder da: morgen.* 12:00$/).waitFor();
  daemon.says('Good morning!');
  await page.getByText('Good morning!').waitFor();
  await until(async () => (await line(page).count()) === 0, 'it was answered');
});

test('from right to left, and in a form', async (t) => {
  const { page, shot } = await opened(t, { closed: true, until: Date.now() + 3 * 24 * HOUR }, { site: { form: FORM } });
  await page.locator('.form .expect').waitFor();
  await noViolations(page);
  await shot('expect-form');
  await page.evaluate(() => window.ChatFlow('locale', 'ar'));
  await page.getByText(/^سنعود/).waitFor();
  await shot('expect-form-ar');
});

test('what a page knows of its visitor is told with the names of attributes; what none takes is said to its author', async (t) => {
  const { page, daemon } = await opened(t, {});
  const warned = [];
  page.on('console', (message) => message.type() === 'warning' && warned.push(message.text()));
  daemon.ignored = ['seats'];
  await page.evaluate(() => window.ChatFlow('identify', { name: 'Mia', customData: { plan: 'pro', seats: 4, vip: true, list: [] } }));
  await until(() => daemon.heard.some(({ method }) => method === 'visitor.identify'), 'who it is');
  const { params } = daemon.heard.find(({ method }) => method === 'visitor.identify');
  assert.deepEqual(params, { name: 'Mia', attributes: [{ name: 'plan', value: 'pro' }, { name: 'seats', value: '4' }, { name: 'vip', value: 'yes' }] });
  await until(() => warned.some((text) => text.includes('no attribute takes seats')), 'the word of the server');
  assert.ok(warned.some((text) => text.includes('list')));
});
