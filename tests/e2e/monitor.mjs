// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who is on which page: real pages with the widget in Chromium, and an agent who watches and speaks first.
//
//   CHATFLOW_SHOTS=FOLDER   where the screenshots go

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { CallError, Socket } from '../lib/socket.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { Shop } from './shop.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const shot = (name) => path.join(SHOTS, `${name}.png`);

const refusal = (call) => call.then(() => null, (error) => {
  if (error instanceof CallError) return error.reason;
  throw error;
});

/** What an agent who watches knows: the list, then each change of it. */
class Watcher {
  visitors = new Map();
  #client;
  #taken = 0;

  static async begin(client) {
    const watcher = new Watcher();
    watcher.#client = client;
    await client.call('monitor.watch', { scope: 'visitors' });
    let before;
    for (let more = true; more;) {
      const page = await client.call('monitor.list', { limit: 2, ...(before && { before }) });
      for (const visitor of page.visitors ?? []) watcher.visitors.set(visitor.id, visitor);
      before = page.visitors?.at(-1)?.id;
      more = page.more;
    }
    return watcher;
  }

  see() {
    for (; this.#taken < this.#client.news.length; this.#taken++) {
      const { gone = [], visitors = [] } = this.#client.news[this.#taken];
      for (const id of gone) this.visitors.delete(id);
      for (const visitor of visitors) this.visitors.set(visitor.id, visitor);
    }
    return [...this.visitors.values()];
  }

  until(matches, what) {
    return until(() => this.see().find(matches), what);
  }
}

test('the visitors who are there', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const shop = await Shop.open(daemon.url, daemon.demo.site.key);
  t.after(() => shop.close());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const [bruno] = daemon.demo.agents;
  const login = await daemon.login(bruno.email, bruno.password);
  const agent = new Client({ url: daemon.socketUrl, credentials: { token: login.token } }).start();
  t.after(() => agent.close());
  await agent.ready();
  const watcher = await Watcher.begin(agent);
  const context = await browser.newContext({ viewport: { width: 1000, height: 640 }, locale: 'de-DE', timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${shop.address()}?utm_source=spring&utm_medium=newsletter#oak`);
  let visitor;

  await t.test('somebody who comes is seen, with where from and with what', async () => {
    visitor = await watcher.until((one) => one.browser, 'a visitor with a browser');
    assert.equal(visitor.url, `${shop.address()}?utm_source=spring&utm_medium=newsletter`);
    assert.equal(visitor.title, 'Harbor Goods — things for the house');
    assert.equal(visitor.source, 'email');
    assert.equal(visitor.campaign, 'spring / newsletter');
    assert.match(visitor.browser, /Chrom/);
    assert.equal(visitor.system, 'Linux');
    assert.equal(visitor.device, 'desktop');
    assert.match(visitor.time_zone, /^\+0[12]:00$/, 'as far ahead as Berlin is in winter and in summer');
    assert.match(visitor.languages, /^de-DE/);
    assert.equal(visitor.pages, 1);
    assert.equal(visitor.conversation_id, undefined);
  });

  await t.test('a single-page application moves on without loading', async () => {
    await page.evaluate(() => {
      history.pushState({}, '', '/lamps?id=7#top');
      document.title = 'Lamps';
    });
    visitor = await watcher.until((one) => one.id === visitor.id && one.pages === 2, 'the second page');
    assert.equal(visitor.url, `${shop.address()}lamps?id=7`);
    assert.equal(visitor.title, 'Lamps');
    assert.equal(visitor.landing, `${shop.address()}?utm_source=spring&utm_medium=newsletter`);
  });

  await t.test('the list is filtered and paged', async () => {
    const found = async (params) => ((await agent.call('monitor.list', params)).visitors ?? []).map(({ id }) => id);
    assert.deepEqual(await found({ text: 'LAMPS' }), [visitor.id]);
    assert.deepEqual(await found({ page: '/lamps' }), [visitor.id]);
    assert.deepEqual(await found({ text: 'nobody of that name' }), []);
    assert.deepEqual(await found({ site_id: newId() }), []);
    assert.deepEqual(await found({ before: visitor.id }), []);
  });

  await t.test('who does not want to be followed is not', async () => {
    for (const wish of ['Object.defineProperty(navigator, "doNotTrack", { value: "1" })', 'Object.defineProperty(navigator, "globalPrivacyControl", { value: true })']) {
      const shy = await browser.newContext();
      await shy.addInitScript(wish);
      const their = await shy.newPage();
      const sockets = [];
      const scripts = [];
      their.on('websocket', (socket) => sockets.push(socket.url()));
      their.on('request', (request) => scripts.push(request.url()));
      await their.goto(shop.address());
      await their.locator('.launcher').waitFor();
      // Once the browser has been idle, nothing more than the loader was asked for.
      await their.evaluate(() => new Promise((done) => { requestIdleCallback(() => requestIdleCallback(() => done())); }));
      assert.deepEqual(sockets, []);
      assert.deepEqual(scripts.filter((url) => url.includes('/widget/')), []);
      await shy.close();
    }
  });

  const start = { id: newId(), message_id: newId(), text: 'Hello! Can I help you to choose a lamp?' };

  await t.test('an agent speaks first, and the page shows it', async () => {
    assert.equal(await refusal(agent.call('conversation.start', start)), 'invalid', 'without a visitor');
    assert.equal(await refusal(agent.call('conversation.start', { ...start, visitor_id: newId() })), 'conflict', 'to nobody');
    const first = await agent.call('conversation.start', { ...start, visitor_id: visitor.id });
    const again = await agent.call('conversation.start', { ...start, visitor_id: visitor.id });
    const made = (answer, type) => answer.records.filter((record) => record.type === type).map(({ id }) => id);
    assert.deepEqual(made(again, 'conversation'), [start.id]);
    assert.deepEqual(made(first, 'visitor'), [visitor.id]);
    assert.deepEqual(made(again, 'visitor'), [visitor.id]);
    assert.equal(await refusal(agent.call('conversation.start', { ...start, visitor_id: visitor.id, text: 'Another text' })), 'conflict');
    const bubble = page.locator('.word .say');
    await bubble.waitFor();
    assert.match(await bubble.innerText(), /Can I help you to choose a lamp\?/);
    await until(() => page.locator('.badge').getAttribute('data-count').then((text) => text === '1', () => false), 'the badge');
    await page.screenshot({ path: shot('monitor-bubble') });
    visitor = await watcher.until((one) => one.id === visitor.id && one.conversation_id === start.id, 'the conversation in the monitor');
    assert.equal(visitor.assignee_id, login.agent.id);
  });

  await t.test('they answer', async () => {
    await page.locator('.word .say').click();
    await page.locator('textarea').waitFor();
    assert.equal(await page.locator('.word').count(), 0);
    await page.locator('textarea').fill('Yes, for the kitchen.');
    await page.keyboard.press('Enter');
    await until(() => agent.records.all('message').some(({ text, conversation_id: id }) => id === start.id && text === 'Yes, for the kitchen.'), 'the answer');
  });

  await t.test('by the panel’s socket they are followed as before', async () => {
    await page.evaluate(() => {
      history.pushState({}, '', '/kitchen');
      document.title = 'Kitchen';
    });
    await watcher.until((one) => one.id === visitor.id && one.title === 'Kitchen', 'the third page');
  });

  await t.test('a visitor learns nothing of others, and moves nobody', async () => {
    const stranger = await Socket.open(daemon.socketUrl);
    t.after(() => stranger.cut());
    const token = newVisitorToken();
    await stranger.call('session.open', { site: daemon.demo.site.key, token });
    for (const [method, params] of [['monitor.list', {}], ['monitor.watch', { scope: 'visitors' }], ['visit.list', { visitor_id: visitor.id }]]) {
      assert.equal(await refusal(stranger.call(method, params)), 'forbidden', method);
    }
    assert.equal(await refusal(stranger.call('conversation.start', { id: newId(), message_id: newId(), text: 'x', visitor_id: visitor.id })), 'forbidden');
    const { visits } = await until(async () => {
      const answer = await agent.call('visit.list', { visitor_id: visitor.id });
      return answer.visits?.[0]?.n_pages === 3 && answer;
    }, 'the visit with three pages');
    // The visit of somebody else, claimed as one's own.
    await stranger.call('visit.page', { visit_id: visits[0].id, id: visits[0].pages[0].id, url: 'https://evil.example/', visible: 9000 });
    await watcher.until((one) => one.id === token.split('.')[0], 'the stranger');
    const theirs = (await agent.call('visit.list', { visitor_id: visitor.id })).visits;
    assert.deepEqual(theirs.flatMap(({ pages }) => pages.map(({ url }) => url)).filter((url) => url.includes('evil')), []);
    assert.deepEqual(theirs[0].pages.map(({ title }) => title), ['Kitchen', 'Lamps', 'Harbor Goods — things for the house']);
  });

  await t.test('an agent’s name for a browser of 10 KB is cut, and of 20 KB refused', async () => {
    const other = await Socket.open(daemon.socketUrl);
    t.after(() => other.cut());
    await other.call('session.open', { site: daemon.demo.site.key, token: newVisitorToken() });
    const look = { visit_id: newId(), id: newId(), url: 'https://shop.example/' };
    await other.call('visit.page', { ...look, agent: `Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0 ${'('.repeat(10_000)}` });
    await watcher.until((one) => one.visit_id === look.visit_id && one.browser === 'Firefox 115', 'Firefox');
    assert.equal(await refusal(other.call('visit.page', { ...look, agent: 'x'.repeat(20_000) })), 'too_large');
  });

  await t.test('who leaves is gone', async () => {
    await context.close();
    await until(() => !watcher.see().some(({ id }) => id === visitor.id), 'nobody');
    assert.equal(await refusal(agent.call('conversation.start', { id: newId(), message_id: newId(), text: 'x', visitor_id: visitor.id })), 'conflict');
    const again = await agent.call('conversation.start', { ...start, visitor_id: visitor.id });
    assert.ok(again.records.some(({ id }) => id === start.id), 'a repeat is answered also then');
  });
  assert.deepEqual(errors, []);
});
