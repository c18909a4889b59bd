// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a site asks before a conversation: set by an admin, answered on a real page in Chromium, read by an agent at the real client; and what the
// daemon says to those who answer by hand.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { FIELDS, FORM } from '../widget/lib/forms.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Shop } from './shop.mjs';
import { Visitor } from './visitor.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const { about, order, name, email, phone, agree } = FIELDS;

test('a form before the conversation', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const { key } = daemon.demo.site;
  const shop = await Shop.open(daemon.url, key);
  t.after(() => shop.close());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const [admin] = daemon.demo.agents;
  const { token } = await daemon.login(admin.email, admin.password);
  const staff = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  t.after(() => staff.close());
  await staff.ready();
  const { id } = (await staff.call('site.list')).records.find((site) => site.key === key);
  const ask = async (form) => {
    const { version } = await staff.call('site.settings', { id });
    return (await staff.call('site.configure', { id, version, form })).records[0].form.version;
  };
  const origin = shop.address().slice(0, -1);
  const visitor = { site: key, token: newVisitorToken(), origin };
  const start = (form) => daemon.rest('POST', '/api/v1/conversations', { ...visitor, body: { id: newId(), message_id: newId(), text: 'Hi', ...(form && { form }) } });
  const say = (...values) => values.map(([field, value]) => ({ field: field.id, value }));
  const version = await ask(FORM);
  const good = [[about, 'An order'], [order, '7'], [email, 'c@d.example'], [agree, 'yes']];

  await t.test('answered by hand: what is missing, wrong, not asked or to another form is refused', async () => {
    const cases = [
      [undefined, 'invalid', /"What is it about\?" is missing/],
      [{ version, values: say(...good.slice(0, 2), good[3]) }, 'invalid', /"Email address" is missing/],
      [{ version, values: say(...good.slice(0, 3)) }, 'invalid', /"You may keep my answers" is missing/],
      [{ version, values: say([about, 'Something else'], ...good.slice(1)) }, 'invalid', /which is not asked/],
      [{ version, values: say(...good.slice(0, 2), [email, 'nobody'], good[3]) }, 'invalid', /email: expected an address/],
      [{ version: version + 1, values: say(...good) }, 'conflict', /the form is at/],
      [{ version, values: [], verified: true }, 'invalid', /form_reply: got unknown field "verified"/],
    ];
    for (const [form, reason, said] of cases) {
      const { status, body } = await start(form);
      assert.deepEqual([status, body.reason], [reason === 'conflict' ? 409 : 400, reason], JSON.stringify(form));
      assert.match(body.detail, said);
    }
    const { status, body } = await start({ version, values: say(...good) });
    assert.equal(status, 200);
    assert.doesNotMatch(JSON.stringify(body), /answers/);
  });

  await t.test('filled in on the page, and read by an agent', async () => {
    const context = await browser.newContext({ viewport: { width: 1000, height: 760 }, locale: 'en-GB' });
    const ana = await Visitor.arrive(context, shop.address());
    await ana.openPanel();
    const field = ({ label }) => ana.page.locator('.form').getByLabel(label);
    const go = ana.page.locator('.form button');
    await go.click();
    await ana.page.locator('.wrong').first().waitFor();
    await field(about).selectOption('An order');
    await field(order).fill('B-4471');
    await field(name).fill('Nora Lindqvist');
    await field(email).fill('ana@example.com');
    await field(phone).fill('+351 912 345 678');
    await field(agree).check();
    await ana.screenshot(path.join(SHOTS, 'forms-visitor.png'));
    await go.click();
    await ana.write('Where is my order?');
    const message = await until(() => staff.records.all('message').find(({ text }) => text === 'Where is my order?'), 'the message');
    const conversation = staff.records.all('conversation').find((one) => one.id === message.conversation_id);
    assert.deepEqual(conversation.answers.list.map(({ label, value }) => [label, value]),
      [[about.label, 'An order'], [order.label, 'B-4471'], [agree.label, 'yes']]);
    const record = staff.records.all('visitor').find((one) => one.id === conversation.visitor_id);
    assert.deepEqual([record.name, record.email, record.phone, record.verified_at], ['Nora Lindqvist', 'ana@example.com', '+351 912 345 678', undefined]);
    ana.wasUntroubled();
    const desk = await DesktopAgent.start({ keyring: 'harbour' });
    t.after(() => desk.stop());
    await desk.do('start', {});
    await desk.do('sign_in', { server: daemon.url, email: admin.email, password: admin.password });
    await until(async () => (await desk.do('inbox')).length > 0, 'the inbox');
    await desk.do('choose', { inbox: 'All' });
    await desk.do('open', { title: 'Nora Lindqvist' });
    await desk.do('sees', { text: 'B-4471' });
    await desk.do('sees', { text: order.label });
    await desk.do('screenshot', { path: path.join(SHOTS, 'forms-agent.png') });
  });

  await t.test('switched off, whoever comes writes at once', async () => {
    await ask({ ...FORM, on: false });
    const next = await Visitor.arrive(await browser.newContext({ locale: 'en-GB' }), shop.address());
    await next.openPanel();
    await next.write('No questions?');
    await until(() => staff.records.all('message').some(({ text }) => text === 'No questions?'), 'the message');
    next.wasUntroubled();
  });
});
