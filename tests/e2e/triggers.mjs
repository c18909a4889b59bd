// SPDX-License-Identifier: GPL-3.0-or-later
//
// What acts by itself when a visitor does something, and what counts as reached: on real pages in Chromium, with the real daemon.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { Shop } from './shop.mjs';

const url = (pattern) => ({ kind: 'url', how: 'matches', value: pattern });

test('triggers', async (t) => {
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const { key } = daemon.demo.site;
  const shop = await Shop.open(daemon.url, key);
  t.after(() => shop.close());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const [{ email, password }] = daemon.demo.agents;
  const { token } = await daemon.login(email, password);
  const staff = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  t.after(() => staff.close());
  await staff.ready();
  const me = (await staff.call('agent.list')).records.find((agent) => agent.email === email);
  const site = (await staff.call('site.list')).records.find((one) => one.key === key);

  /** A trigger that is there as long as the subtest. */
  const trigger = async (t2, conditions, actions, more = {}) => {
    const id = newId();
    await staff.call('trigger.save', { id, name: 'Test', enabled: true, rules: { conditions }, actions, ...more });
    t2.after(() => staff.call('trigger.remove', { id }));
    return id;
  };
  const numbers = async (id) => {
    const { triggers = [] } = await staff.call('trigger.numbers', {});
    const { shown = 0, answered = 0, converted = 0 } = triggers.find(({ trigger_id }) => trigger_id === id) ?? {};
    return { shown, answered, converted };
  };
  /** Somebody new on a page of the shop, and what their page fetches. */
  const arrive = async (t2, where = '') => {
    const context = await browser.newContext();
    t2.after(() => context.close());
    const page = await context.newPage();
    const fetched = [];
    page.on('request', (request) => fetched.push(`${request.method()} ${request.url()}`));
    page.errors = [];
    page.on('pageerror', (error) => page.errors.push(String(error)));
    await page.goto(shop.address() + where);
    return { context, page, fetched };
  };
  const bubble = (page) => page.locator('chatflow-widget .word .say');
  const conversations = async () => (await staff.call('conversation.list', { status: 'open', limit: 200 })).records.filter(({ type }) => type === 'conversation');
  const visitorOf = (page) => page.evaluate((site) => localStorage.getItem(`chatflow:${site}:token`)?.slice(0, 36), key);

  await t.test('pages of a site without triggers fetch nothing for them', async (t2) => {
    const { page, fetched } = await arrive(t2);
    const id = await until(() => visitorOf(page), 'the visitor is known');
    await until(async () => (await staff.call('visit.list', { visitor_id: id })).visits.length === 1, 'the visit');
    assert.deepEqual(fetched.filter((line) => /triggers|events/.test(line)), []);
  });

  await t.test('time on the page: a bubble, once in a visit over two pages', async (t2) => {
    const id = await trigger(t2, [{ kind: 'page_time', how: 'at_least', value: '1' }], { bubble: 'Can I help you?', author_name: 'Shop bot' });
    const { page, fetched } = await arrive(t2);
    await bubble(page).waitFor();
    assert.match(await bubble(page).innerText(), /Shop bot\s+Can I help you\?/);
    assert.equal((await numbers(id)).shown, 1);
    fetched.length = 0;
    await page.goto(shop.address() + '?page=second');
    await until(() => fetched.some((line) => line.startsWith('GET') && line.endsWith('/triggers')), 'the second page asks');
    await page.waitForFunction((site) => localStorage.getItem(`chatflow:${site}:pages`)?.split(' ')[1] === '2', key);
    assert.deepEqual(fetched.filter((line) => line.startsWith('POST') && line.endsWith('/triggers')), []);
    assert.equal(await bubble(page).count(), 0);
    assert.equal((await numbers(id)).shown, 1);
    assert.deepEqual(page.errors, []);
  });

  await t.test('an address: a message, to which the visitor answers, in the department that it names', async (t2) => {
    const department = newId();
    await staff.call('department.add', { id: department, name: 'Sales', members: [me.id] });
    const id = await trigger(t2, [url('/?page=prices*')], { message: 'Questions about our prices?', agent_id: me.id, department_id: department });
    const { page } = await arrive(t2, '?page=prices&from=menu');
    await bubble(page).waitFor();
    assert.match(await bubble(page).innerText(), /Questions about our prices\?/);
    const visitor = await visitorOf(page);
    const [conversation] = (await conversations()).filter(({ visitor_id }) => visitor_id === visitor);
    assert.equal(conversation.assignee_id, undefined);
    await bubble(page).click();
    const input = page.locator('chatflow-widget textarea');
    await input.fill('Yes, a discount?');
    await input.press('Enter');
    await until(async () => (await numbers(id)).answered === 1, 'the answer is counted');
    const { records } = await staff.call('conversation.get', { id: conversation.id });
    assert.equal(records.find(({ type }) => type === 'conversation').department_id, department);
    assert.deepEqual(page.errors, []);
  });

  await t.test('another address, and the same one of a single-page application', async (t2) => {
    const id = await trigger(t2, [url('*/checkout')], { bubble: 'Almost done!' });
    const { page, fetched } = await arrive(t2);
    await until(() => fetched.some((line) => line.endsWith('/triggers')), 'the page asks');
    assert.equal((await numbers(id)).shown, 0);
    await page.evaluate(() => history.pushState(null, '', '/checkout'));
    await bubble(page).waitFor();
    assert.equal((await numbers(id)).shown, 1);
  });

  await t.test('agents are called to a visitor with whom nobody talks, and the visitor is told nothing', async (t2) => {
    const id = await trigger(t2, [url('*page=vip*')], { notify: [me.id] });
    const before = (await conversations()).length;
    const { page } = await arrive(t2, '?page=vip');
    const call = await until(() => staff.signals.find(({ kind }) => kind === 'call'), 'the call');
    assert.equal(call.actor_id, await visitorOf(page));
    assert.match(call.text, /^Test\nhttp.*page=vip/);
    assert.equal((await numbers(id)).shown, 1);
    assert.equal((await conversations()).length, before);
    assert.equal(await page.evaluate((site) => localStorage.getItem(`chatflow:${site}:talked`), key), null);
    // They can be spoken to.
    const conversation = newId();
    await staff.call('conversation.start', { id: conversation, message_id: newId(), visitor_id: call.actor_id, text: 'Welcome!' });
    await until(async () => (await conversations()).some((one) => one.id === conversation), 'the conversation');
    assert.deepEqual(page.errors, []);
  });

  await t.test('exit intent', async (t2) => {
    await trigger(t2, [{ kind: 'exit', how: 'is', value: 'yes' }], { bubble: 'Wait!' });
    const { page, fetched } = await arrive(t2);
    await until(() => fetched.some((line) => line.endsWith('/triggers')), 'the page asks');
    await page.mouse.move(300, 300);
    assert.equal(await bubble(page).count(), 0);
    await until(async () => {
      await page.evaluate(() => document.body.dispatchEvent(new MouseEvent('mouseout', { bubbles: true, clientX: 300, clientY: -4, relatedTarget: null })));
      return (await bubble(page).count()) > 0;
    }, 'the bubble');
  });

  await t.test('scrolling down opens the panel', async (t2) => {
    await trigger(t2, [{ kind: 'scroll', how: 'at_least', value: '90' }], { open: true });
    const { page, fetched } = await arrive(t2);
    await page.evaluate(() => { document.body.style.minHeight = '6000px'; });
    await until(() => fetched.some((line) => line.endsWith('/triggers')), 'the page asks');
    assert.equal(await page.locator('chatflow-widget textarea').count(), 0);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.locator('chatflow-widget textarea').waitFor();
  });

  await t.test('the value of a cart, tracked before the script was there and on the page before', async (t2) => {
    const cart = { kind: 'event_value', how: 'at_least', name: 'cart', value: '99.50' };
    const id = await trigger(t2, [cart, url('*page=cart')], { bubble: 'Free delivery for you' });
    const { page } = await arrive(t2);
    await page.evaluate(() => window.ChatFlow('track', 'cart', { value: 20, items: 1 }));
    const visitor = await until(() => visitorOf(page), 'the visitor is known');
    const events = async () => (await staff.call('visit.list', { visitor_id: visitor })).visits[0]?.events ?? [];
    await until(async () => (await events()).length === 1, 'the event');
    await page.waitForFunction((name) => localStorage.getItem(`chatflow:${name}:pages`)?.split(' ')[1] === '1', key);
    await page.goto(shop.address() + '?page=cart');
    await page.waitForFunction((name) => localStorage.getItem(`chatflow:${name}:pages`)?.split(' ')[1] === '2', key);
    assert.equal(await bubble(page).count(), 0);
    await page.evaluate(() => window.ChatFlow('track', 'cart', { value: 99.5, items: 3, gift: true, nested: { no: 1 } }));
    await bubble(page).waitFor();
    await until(async () => (await events()).length === 2, 'the second event');
    const [last] = await events();
    assert.equal(last.name, 'cart');
    assert.equal(last.value, 9950);
    assert.deepEqual(last.data, [{ name: 'items', value: '3' }, { name: 'gift', value: 'true' }]);
    assert.equal((await numbers(id)).shown, 1);
    assert.deepEqual(page.errors, []);
  });

  await t.test('what is no event is refused by the page, and breaks nothing', async (t2) => {
    const { page, fetched } = await arrive(t2);
    const warnings = [];
    page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await until(() => visitorOf(page), 'the visitor is known');
    await page.evaluate(() => {
      const track = (...given) => window.ChatFlow('track', ...given);
      track();
      track('');
      track('x'.repeat(51));
      track('a', { value: -1 });
      track('a', { value: 'much' });
      track('a', { value: Infinity });
      track({ toString() { throw new Error('no'); } });
    });
    await until(() => warnings.length === 7, 'seven warnings');
    assert.deepEqual(fetched.filter((line) => line.endsWith('/events')), []);
    assert.deepEqual(page.errors, []);
  });

  await t.test('a goal: counted once in a visit, for the trigger that was met', async (t2) => {
    const id = await trigger(t2, [url('*page=offer')], { bubble: 'Today only' });
    const goal = newId();
    await staff.call('goal.save', { id: goal, name: 'Thanks', enabled: true, kind: 'url', pattern: '*page=thanks*', value: 1500 });
    t2.after(() => staff.call('goal.remove', { id: goal }));
    const { page } = await arrive(t2, '?page=offer');
    await bubble(page).waitFor();
    await page.goto(shop.address() + '?page=thanks');
    const reached = async () => ((await staff.call('goal.numbers', {})).goals ?? []).filter(({ goal_id }) => goal_id === goal);
    await until(async () => (await reached()).length === 1, 'the goal');
    await page.goto(shop.address() + '?page=thanks&again=1');
    const visitor = await visitorOf(page);
    await until(async () => (await staff.call('visit.list', { visitor_id: visitor })).visits[0].n_pages === 3, 'three pages');
    const [{ reached: times, value, site_id, trigger_id, with_conversation }] = await reached();
    assert.deepEqual([times, value, site_id, trigger_id, with_conversation], [1, 1500, site.id, id, 0]);
    assert.equal((await numbers(id)).converted, 1);
  });

  await t.test('REST: numbers for supervisors and admins, nothing to set for agents and visitors', async () => {
    const get = (where, headers) => fetch(`${daemon.url}/api/v1/${where}`.replace('//api', '/api'), { headers });
    const mine = await get('goals/numbers?days=7', { authorization: `Bearer ${token}` });
    assert.equal(mine.status, 200);
    assert.ok(Array.isArray((await mine.json()).goals));
    const agent = { id: newId(), email: 'plain@agents.example', name: 'Plain', role: 'agent', password: 'a plain password' };
    await staff.call('agent.add', agent);
    const plain = (await daemon.login(agent.email, agent.password)).token;
    for (const where of ['goals/numbers', 'triggers/numbers']) assert.equal((await get(where, { authorization: `Bearer ${plain}` })).status, 403, where);
    assert.equal((await get('triggers', { authorization: `Bearer ${plain}` })).status, 200);
    assert.equal((await get('triggers', { 'x-chatflow-site': key })).status, 403);
    const save = await fetch(`${daemon.url}/api/v1/triggers/${newId()}`.replace('//api', '/api'), {
      method: 'PUT', headers: { authorization: `Bearer ${plain}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'x', rules: { conditions: [url('*')] }, actions: { open: true } }),
    });
    assert.equal(save.status, 403);
  });

  await t.test('who is erased leaves nothing of what they did', async (t2) => {
    const { page, context } = await arrive(t2);
    const visitor = await until(() => visitorOf(page), 'the visitor is known');
    await page.evaluate(() => window.ChatFlow('track', 'erased-event-name', { what: 'erased-event-words' }));
    await until(async () => (await staff.call('visit.list', { visitor_id: visitor })).visits[0]?.events?.length === 1, 'the event');
    await page.evaluate(() => window.ChatFlow('identify', { name: 'Eve Erased' }));
    await page.evaluate(() => window.ChatFlow('message', 'hello'));
    await until(async () => (await conversations()).some(({ visitor_id }) => visitor_id === visitor), 'the conversation');
    const exported = JSON.stringify(await staff.call('person.export', { id: visitor }));
    assert.match(exported, /erased-event-name.*erased-event-words|erased-event-words.*erased-event-name/);
    await context.close();
    await staff.call('person.erase', { id: visitor });
    await until(async () => (await staff.call('person.erase', { id: visitor })).finished_at > 0, 'the erasure');
    const names = await readdir(daemon.state, { recursive: true, withFileTypes: true });
    for (const entry of names.filter((one) => one.isFile())) {
      const bytes = await readFile(path.join(entry.parentPath ?? entry.path, entry.name));
      assert.ok(!bytes.includes('erased-event'), entry.name);
    }
  });
});
