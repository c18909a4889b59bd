// SPDX-License-Identifier: GPL-3.0-or-later
//
// What visitors are told (how soon somebody replies, when a closed site is back), what their page says of them, and whether agents can be called:
// real pages in Chromium, the real daemon.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { Shop } from './shop.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? '.';
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

test('what visitors are told, and what is said of them', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const { key } = daemon.demo.site;
  const shop = await Shop.open(daemon.url, key);
  t.after(() => shop.close());
  const origin = shop.address().slice(0, -1);
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const [admin, agent] = daemon.demo.agents;
  const { token } = await daemon.login(admin.email, admin.password);
  const staff = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  t.after(() => staff.close());
  await staff.ready();
  const site = (await staff.call('site.list')).records.find((one) => one.key === key);
  const configure = async (changes) => {
    const { version } = await staff.call('site.settings', { id: site.id });
    await staff.call('site.configure', { id: site.id, version, ...changes });
  };
  /** Somebody new on a page of the shop. */
  const arrive = async (t2, options = {}) => {
    const context = await browser.newContext(options);
    t2.after(() => context.close());
    const page = await context.newPage();
    page.errors = [];
    page.warned = [];
    page.on('pageerror', (error) => page.errors.push(String(error)));
    page.on('console', (message) => message.type() === 'warning' && page.warned.push(message.text()));
    await page.goto(shop.address());
    return page;
  };
  const line = (page) => page.locator('chatflow-widget .expect');
  const open = async (page) => {
    await page.locator('chatflow-widget .launcher').click();
    await page.locator('chatflow-widget textarea').waitFor();
  };

  await t.test('how soon somebody usually replies follows from what was said', async (t2) => {
    for (let n = 0; n < 5; n++) {
      const id = newId();
      const start = await daemon.rest('POST', '/api/v1/conversations', { site: key, token: newVisitorToken(), origin, body: { id, message_id: newId(), text: `Question ${n}` } });
      assert.equal(start.status, 200, JSON.stringify(start.body));
      await staff.call('message.send', { id: newId(), conversation_id: id, text: 'An answer' });
    }
    const page = await arrive(t2);
    await open(page);
    await line(page).waitFor();
    assert.equal(await line(page).innerText(), 'Usual reply time: 5 minutes');
    await page.screenshot({ path: path.join(SHOTS, 'reply-time.png') });
    assert.equal((await staff.call('site.settings', { id: site.id })).now.reply_minutes, 5);
    await configure({ reply_time_off: true });
    const other = await arrive(t2);
    await open(other);
    await other.locator('chatflow-widget .header', { hasText: daemon.demo.site.name ?? '' }).waitFor();
    const opening = await daemon.rest('GET', '/api/v1/opening', { site: key, token: newVisitorToken(), origin });
    assert.equal(opening.body.reply_minutes, 0);
    assert.equal(await line(other).count(), 0);
    assert.deepEqual([...page.errors, ...other.errors], []);
  });

  await t.test('a closed site says when it is back, by the visitor’s clock', async (t2) => {
    // Open for an hour a day, eleven hours from now: today or tomorrow, and never while this runs.
    const hour = (new Date().getUTCHours() + 11) % 24;
    const from = `${String(hour).padStart(2, '0')}:00`;
    const to = `${String(hour + 1).padStart(2, '0')}:00`;
    await configure({ hours: { limited: true, time_zone: 'UTC', ranges: DAYS.map((day) => ({ day, from, to })) } });
    t2.after(() => configure({ hours: {} }));
    const page = await arrive(t2, { timezoneId: 'Asia/Kolkata', locale: 'de-DE' });
    await page.evaluate(() => window.ChatFlow('locale', 'de'));
    await open(page);
    await line(page).waitFor();
    const there = `${String((hour + 5) % 24).padStart(2, '0')}:30`;
    const words = (await line(page).innerText()).replaceAll(/[\u00a0\u202f]/g, ' ');
    assert.match(words, /^Wir sind wieder da: (heute|morgen|Morgen)/);
    assert.ok(words.endsWith(there), `${words}, expected ${there}`);
    await page.screenshot({ path: path.join(SHOTS, 'reply-closed.png') });
    await page.locator('chatflow-widget textarea').fill('Ein Paket fehlt.');
    await page.locator('chatflow-widget textarea').press('Enter');
    await page.locator('chatflow-widget .delivery', { hasText: 'Gesendet' }).waitFor();
    assert.equal(await line(page).count(), 1, 'what happens next');
    assert.deepEqual(page.errors, []);
  });

  await t.test('what a page knows of its visitor fills attributes, and makes none', async (t2) => {
    const [plan, seats] = [newId(), newId()];
    await staff.call('attribute.put', { id: plan, name: 'plan', kind: 'choice', choices: ['free', 'pro'] });
    await staff.call('attribute.put', { id: seats, name: 'seats', kind: 'number' });
    const known = async () => (await staff.call('attribute.list')).records.filter(({ type }) => type === 'attribute').length;
    const before = await known();
    const page = await arrive(t2);
    await page.evaluate(() => window.ChatFlow('identify', { name: 'Mia', customData: { plan: 'pro', seats: 4, vip: true } }));
    await open(page);
    const mia = await until(() => staff.records.all('visitor').find(({ name }) => name === 'Mia'), 'the visitor');
    assert.deepEqual([...mia.attributes].sort(), [`${plan}=pro`, `${seats}=4`].sort());
    await until(() => page.warned.some((text) => text.includes('no attribute takes vip')), 'the word to the page’s author');
    await page.evaluate(() => window.WebsiteChat.identify({ name: 'Mia', customData: { plan: 'golden', seats: null } }));
    await until(() => staff.records.all('visitor').find(({ name }) => name === 'Mia').attributes.length === 1, 'one was taken away');
    await until(() => page.warned.some((text) => text.includes('no attribute takes plan')), 'the second word');
    assert.equal(await known(), before);
    const told = await daemon.rest('POST', '/api/v1/visitors/identify', { site: key, token: newVisitorToken(), origin,
      body: { attributes: Array.from({ length: 51 }, (_, n) => ({ name: `a${n}`, value: 'x' })) } });
    assert.equal(told.status, 413, JSON.stringify(told.body));
    assert.deepEqual(page.errors, []);
  });

  await t.test('an agent has the server call them, on their devices and nobody else’s', async (t2) => {
    const mine = await daemon.login(agent.email, agent.password);
    const devices = [1, 2].map(() => new Client({ url: daemon.socketUrl, credentials: { token: mine.token } }).start());
    t2.after(() => Promise.all(devices.map((one) => one.close())));
    await Promise.all(devices.map((one) => one.ready()));
    const tests = (client) => client.signals.filter(({ kind }) => kind === 'test').length;
    const { status, body } = await daemon.rest('POST', '/api/v1/notifications/test', { token: mine.token });
    assert.deepEqual([status, body], [200, { devices: 2 }]);
    await until(() => devices.every((one) => tests(one) === 1), 'both devices');
    assert.deepEqual(await devices[0].call('notification.test'), { devices: 2 });
    await until(() => devices.every((one) => tests(one) === 2), 'both again');
    // What is said to all comes after it, so who was to hear it has.
    await devices[0].call('presence.set', { state: 'away' });
    await until(() => staff.signals.some(({ kind, actor_id, state }) => kind === 'presence' && actor_id === mine.agent.id && state === 'away'), 'the presence');
    assert.equal(tests(staff), 0);
    const visitor = await daemon.rest('POST', '/api/v1/notifications/test', { site: key, token: newVisitorToken(), origin });
    assert.equal(visitor.status, 403);
    const { key: secret } = await staff.call('site.add_key', { id: newId(), site_id: site.id, name: 'Shop', scopes: ['visitors:read', 'visitors:write'] });
    const server = await daemon.rest('POST', '/api/v1/notifications/test', { token: secret });
    assert.equal(server.status, 403);
    assert.equal((await daemon.rest('POST', '/api/v1/notifications/test', {})).status, 401);
  });
});
