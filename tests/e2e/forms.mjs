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
import { FIELDS, FORM, QUESTIONS } from '../widget/lib/forms.mjs';
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

  await t.test('asked in the conversation, one thing at a time, and read by an agent at once', async () => {
    await ask(QUESTIONS);
    const context = await browser.newContext({ viewport: { width: 1000, height: 760 }, locale: 'en-GB' });
    const zoe = await Visitor.arrive(context, shop.address());
    const tab = await Visitor.arrive(context, shop.address());
    const card = (who, { label }) => who.page.locator('.ask', { hasText: label });
    const say = async (field, deed, word = 'Send') => {
      await card(zoe, field).waitFor();
      await deed?.(card(zoe, field).getByLabel(field.label));
      await card(zoe, field).getByRole('button', { name: word }).click();
    };
    await zoe.openPanel();
    await tab.openPanel();
    await zoe.write('Is anybody there?');
    await card(tab, email).waitFor();
    const message = await until(() => staff.records.all('message').find(({ text }) => text === 'Is anybody there?'), 'the message');
    const conversation = () => staff.records.all('conversation').find((one) => one.id === message.conversation_id);
    const person = () => staff.records.all('visitor').find((one) => one.id === conversation().visitor_id);
    const desk = await DesktopAgent.start({ keyring: 'quay' });
    t.after(() => desk.stop());
    await desk.do('start', {});
    await desk.do('sign_in', { server: daemon.url, email: admin.email, password: admin.password });
    await until(async () => (await desk.do('inbox')).length > 0, 'the inbox');
    await desk.do('choose', { inbox: 'All' });
    await zoe.screenshot(path.join(SHOTS, 'ask-visitor.png'));
    await say(email, (input) => input.fill('zoe@example.com'));
    await card(tab, phone).waitFor();
    await until(() => person().email === 'zoe@example.com', 'the address');
    assert.equal(person().verified_at, undefined, 'nothing is verified by it');
    await desk.do('open', { title: 'zoe@example.com' });
    await say(phone, undefined, 'Skip');
    await zoe.page.reload();
    await zoe.openPanel();
    await say(about, (select) => select.selectOption('Something else'));
    await desk.do('sees', { text: 'Something else' });
    await desk.do('screenshot', { path: path.join(SHOTS, 'ask-agent.png') });
    await say(agree, (box) => box.check());
    await until(async () => (await zoe.page.locator('.ask').count()) + (await tab.page.locator('.ask').count()) === 0, 'no more questions');
    assert.deepEqual(conversation().answers.list.map(({ label, value }) => [label, value]), [[about.label, 'Something else'], [agree.label, 'yes']]);
    assert.equal(person().phone, undefined);
    await zoe.write('Hello?');
    await until(() => staff.records.all('message').some(({ text }) => text === 'Hello?'), 'the next');
    assert.equal(conversation().question_id, undefined, 'nothing is asked twice');
    zoe.wasUntroubled();
    tab.wasUntroubled();
  });

  await t.test('answers by hand: only to what is asked, only by who is asked', async () => {
    const version2 = await ask(QUESTIONS);
    const mine = { ...visitor, token: newVisitorToken() };
    const ids = { id: newId(), message_id: newId() };
    const began = await daemon.rest('POST', '/api/v1/conversations', { ...mine, body: { ...ids, text: 'Hi', form: { version: version2 } } });
    assert.equal(began.body.records.find(({ type }) => type === 'conversation').question_id, email.id);
    const answer = (body, who = mine) => daemon.rest('POST', `/api/v1/conversations/${ids.id}/answer`, { ...who, body });
    const cases = [
      [{ field: email.id }, 400, 'invalid', /"Email address" is missing/],
      [{ field: email.id, value: 'nobody' }, 400, 'invalid', /email: expected an address/],
      [{ field: email.id, value: 'x'.repeat(301) }, 400, 'too_large', /value: got 301 characters/],
      [{ field: email.id, value: 'a@b.example', verified: true }, 400, 'invalid', /got unknown field "verified"/],
      [{ field: phone.id, value: '+351 912 345 678' }, 409, 'conflict', /is not what is asked/],
      [{ field: name.id, value: 'Ana' }, 409, 'conflict', /is not what is asked/],
    ];
    for (const [body, code, reason, said] of cases) {
      const got = await answer(body);
      assert.deepEqual([got.status === 413 ? 400 : got.status, got.body.reason], [code, reason], JSON.stringify(body).slice(0, 80));
      assert.match(got.body.detail, said);
    }
    assert.equal((await answer({ field: email.id, value: 'a@b.example' }, { ...mine, token: newVisitorToken() })).status, 404, 'a stranger');
    await assert.rejects(staff.call('conversation.answer', { id: ids.id, field: email.id, value: 'a@b.example' }), ({ reason }) => reason === 'forbidden');
    const first = await answer({ field: email.id, value: 'a@b.example' });
    assert.equal(first.status, 200);
    assert.doesNotMatch(JSON.stringify(first.body), /answers|questions_done/);
    const again = await answer({ field: email.id, value: 'a@b.example' });
    assert.deepEqual([again.status, again.body.records[0].rev], [200, first.body.records.find(({ type }) => type === 'conversation').rev], 'the same again changes nothing');
    assert.equal((await answer({ field: email.id, value: 'c@d.example' })).status, 409);
  });
});
