// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is set for a site is what its visitors and the staff meet: a real page with the widget in Chromium, an agent at the socket, an admin at the REST door.
import assert from 'node:assert/strict';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { Shop } from './shop.mjs';
import { Visitor } from './visitor.mjs';

const DAY = 24 * 3600_000;
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const CLOSED = { limited: true, time_zone: 'UTC' };

const date = (time) => new Date(time).toISOString().slice(0, 10);

/** The settings of one site, as an admin's program changes them. */
class Settings {
  constructor(daemon, id, token) {
    this.ask = (verb, body) => daemon.rest(verb, `/api/v1/websites/${id}/settings`, { token, body });
  }

  async change(changes) {
    const { version } = (await this.ask('GET')).body;
    const { status, body } = await this.ask('POST', { version, ...changes });
    assert.equal(status, 200, JSON.stringify(body));
    return body.records[0];
  }
}

test('the settings of a site', async (t) => {
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const { key } = daemon.demo.site;
  const shop = await Shop.open(daemon.url, key);
  t.after(() => shop.close());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const [admin] = daemon.demo.agents;
  const { token } = await daemon.login(admin.email, admin.password);
  const agent = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  t.after(() => agent.close());
  await agent.ready();
  const { id } = (await agent.call('site.list')).records.find((site) => site.key === key);
  const settings = new Settings(daemon, id, token);
  const context = await browser.newContext({ viewport: { width: 1000, height: 640 }, locale: 'en-GB' });
  const opening = async () => (await daemon.rest('GET', '/api/v1/opening', { site: key, token: newVisitorToken(), origin: shop.address().slice(0, -1) })).body;

  await t.test('the document is read, changed from a version, and refused with the name of what it does not know', async () => {
    const { body } = await settings.ask('GET');
    assert.deepEqual([body.id, body.name], [id, daemon.demo.site.name ?? body.name]);
    assert.deepEqual(await opening(), body.now, 'visitors are told the same');
    assert.ok(body.now.reply_minutes > 0, 'how soon the demo’s agents reply');
    assert.equal((await settings.change({ greeting: 'Good day!', reply_time_off: true })).version, body.version + 1);
    const late = await settings.ask('POST', { version: body.version, greeting: 'Good night!' });
    assert.deepEqual([late.status, late.body.reason], [409, 'conflict']);
    assert.match(late.body.detail, new RegExp(`${admin.name ?? ''}.* has changed the settings on \\d{4}-`));
    const unknown = await settings.ask('POST', { version: body.version + 1, appearance: { logo: 'x' } });
    assert.deepEqual([unknown.status, unknown.body.reason], [400, 'invalid']);
    assert.match(unknown.body.detail, /site_appearance: got unknown field "logo"/);
    assert.equal((await settings.ask('GET')).body.greeting, 'Good day!');
  });

  await t.test('opening hours and holidays are what visitors are told', async () => {
    assert.deepEqual(await opening(), { reply_minutes: 0 }, 'always open');
    await settings.change({ hours: CLOSED });
    assert.deepEqual(await opening(), { closed: true, reply_minutes: 0 }, 'never open');
    const ranges = DAYS.map((day) => ({ day, from: '00:00', to: '24:00' }));
    await settings.change({ hours: { ...CLOSED, ranges } });
    assert.deepEqual(await opening(), { reply_minutes: 0 }, 'around the clock');
    const now = Date.now();
    await settings.change({ hours: { ...CLOSED, ranges, holidays: [{ date: date(now), name: 'Founders’ day' }, { date: date(now + DAY) }] } });
    assert.deepEqual(await opening(), { closed: true, until: Date.parse(date(now + 2 * DAY)), reply_minutes: 0 }, 'two holidays');
  });

  const visitor = await Visitor.arrive(context, shop.address());
  const typed = [];
  visitor.page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => typed.push(String(payload))));

  await t.test('closed without messages: a visitor reads why, and cannot begin', async () => {
    await settings.change({ hours: CLOSED, offline: { text: 'We are asleep. Back at nine.', messages_off: true } });
    await visitor.openPanel();
    await until(() => visitor.page.getByText('We are asleep. Back at nine.').isVisible(), 'the words of the site');
    await visitor.write('Anybody there?');
    await until(() => visitor.page.locator('.failure').isVisible(), 'the refusal');
    assert.match(await visitor.page.locator('.failure').innerText(), /can’t write here at the moment/);
  });

  let conversation;

  await t.test('the team may still speak first, and then they go on', async () => {
    const someone = await until(async () => (await agent.call('monitor.list', {})).visitors?.[0], 'somebody on a page');
    conversation = newId();
    await agent.call('conversation.start', { id: conversation, message_id: newId(), text: 'We are up after all.', visitor_id: someone.id });
    await until(async () => (await visitor.texts()).includes('We are up after all.'), 'the first words');
    await visitor.page.locator('.failure button').first().click();
    await until(() => agent.records.all('message').some(({ text }) => text === 'Anybody there?'), 'the answer');
  });

  const heard = (text) => agent.signals.some((signal) => signal.kind === 'typing' && signal.active && (signal.text ?? '').includes(text));

  await t.test('what is typed is seen, until the site keeps it to the visitor', async () => {
    const field = visitor.page.locator('textarea');
    await field.pressSequentially('in the open');
    await until(() => heard('in the open'), 'the words');
    await settings.change({ peek_off: true });
    const wordless = () => typed.some((frame) => frame.includes('signal.typing') && frame.includes('"active":true') && !frame.includes('"text"'));
    typed.length = 0;
    await until(async () => {
      await field.pressSequentially('.');
      return wordless();
    }, 'the page has heard of it');
    await field.fill('');
    typed.length = 0;
    await field.pressSequentially('to myself');
    await until(wordless, 'a frame that says that somebody types');
    assert.deepEqual(typed.filter((frame) => frame.includes('to m')), [], 'the words stay in the browser');
    await until(() => agent.signals.findLast(({ kind }) => kind === 'typing')?.active, 'the agent sees that they type');
    assert.ok(!heard('to m'));
  });

  await t.test('open again: whoever comes is greeted, and can begin', async () => {
    await settings.change({ hours: {}, peek_off: false });
    const next = await Visitor.arrive(await browser.newContext({ locale: 'en-GB' }), shop.address());
    await next.openPanel();
    await until(() => next.page.getByText('Good day!').isVisible(), 'the greeting');
    await next.write('Good day to you');
    await until(() => agent.records.all('message').some(({ text }) => text === 'Good day to you'), 'the message');
    next.wasUntroubled();
    visitor.wasUntroubled();
  });
});
