// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a site asks first, and where a browser asks not to be followed, nothing of the page, the device or the person leaves the browser or stays in it,
// on real pages in Chromium.
import assert from 'node:assert/strict';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { Shop } from './shop.mjs';

/** All that a page's sockets send, as one text. */
function listen(page) {
  const frames = [];
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => frames.push(String(payload))));
  return frames;
}

const told = (frames) => frames.filter((frame) => /visit\.page|url|referrer|landing|screen|time_zone|locale|Mozilla|agent"/.test(frame));
const opened = (frames) => until(() => frames.some((frame) => frame.includes('session.open')), 'a socket');

test('consent', async (t) => {
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const { key } = daemon.demo.site;
  const shop = await Shop.open(daemon.url, key);
  t.after(() => shop.close());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const [{ email, password }] = daemon.demo.agents;
  const staff = new Client({ url: daemon.socketUrl, credentials: { token: (await daemon.login(email, password)).token } }).start();
  t.after(() => staff.close());
  await staff.ready();
  const { id } = (await staff.call('site.list')).records.find((site) => site.key === key);
  const set = async (privacy) => {
    const { version } = await staff.call('site.settings', { id });
    await staff.call('site.configure', { id, version, privacy });
  };
  const online = async () => (await staff.call('monitor.list', {})).total ?? 0;
  const arrive = async (context) => {
    const page = await context.newPage();
    const frames = listen(page);
    await page.goto(shop.address());
    await opened(frames);
    await page.waitForFunction((site) => localStorage.getItem(`chatflow:${site}:ask`) !== null, key);
    return { page, frames };
  };
  const stored = (page) => page.evaluate(() => Object.keys(localStorage).map((name) => name.split(':')[2]).sort());

  await t.test('a site that asks hears nothing before the answer, and then all of it', async () => {
    await set({ ask_first: true });
    const context = await browser.newContext();
    const { page, frames } = await arrive(context);
    await page.reload();
    await until(() => frames.filter((frame) => frame.includes('session.open')).length > 1, 'the socket of the second page');
    assert.deepEqual(told(frames), []);
    assert.deepEqual((await stored(page)).filter((name) => ['token', 'visit', 'invited'].includes(name)), []);
    assert.equal(await online(), 0);
    await page.evaluate(() => window.ChatFlow('consent', { tracking: true }));
    await until(() => told(frames).length > 0, 'the page');
    await until(async () => (await online()) === 1, 'the visitor in the list');
    const person = (await staff.call('monitor.list', {})).visitors[0];
    await until(async () => (await staff.call('visit.list', { visitor_id: person.id })).visits.length === 1, 'the visit');

    await page.evaluate(() => window.ChatFlow('consent', { tracking: false }));
    await until(async () => (await staff.call('visit.list', { visitor_id: person.id })).visits.length === 0, 'the visit is forgotten');
    await until(async () => (await online()) === 0, 'nobody in the list');
    const before = told(frames).length;
    await page.reload();
    await until(() => frames.filter((frame) => frame.includes('session.open')).length > 2, 'the socket of the third page');
    assert.equal(told(frames).length, before);
    await context.close();
  });

  await t.test('the server passes over pages of those who have not agreed', async () => {
    const client = new Client({ url: daemon.socketUrl, credentials: { site: key, token: newVisitorToken() } }).start();
    t.after(() => client.close());
    await client.ready();
    const page = { visit_id: newId(), id: newId(), url: 'https://shop.example/secret' };
    await client.call('visit.page', page);
    assert.equal(await online(), 0);
    await client.call('visit.page', { ...page, agreed: true });
    assert.equal(await online(), 1);
    await client.call('visit.forget', { id: page.visit_id });
    assert.equal(await online(), 0);
  });

  await t.test('a site that does not ask hears it at once', async () => {
    await set({});
    const context = await browser.newContext();
    const { frames } = await arrive(context);
    await until(() => told(frames).length > 0, 'the page');
    await context.close();
  });

  await t.test('Global Privacy Control and Do Not Track: no page, whatever the page says', async () => {
    for (const name of ['globalPrivacyControl', 'doNotTrack']) {
      const context = await browser.newContext();
      await context.addInitScript((property) => Object.defineProperty(Navigator.prototype, property, { get: () => (property === 'doNotTrack' ? '1' : true) }), name);
      const page = await context.newPage();
      const frames = listen(page);
      await page.goto(shop.address());
      await page.evaluate(() => window.ChatFlow('consent', { tracking: true }));
      await page.evaluate(() => new Promise((done) => { requestIdleCallback(() => requestIdleCallback(done)); }));
      await page.locator('chatflow-widget button').first().click();
      await opened(frames);
      assert.deepEqual(frames.filter((frame) => frame.includes('visit.page')), [], name);
      await context.close();
    }
  });
});
