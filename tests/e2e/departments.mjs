// SPDX-License-Identifier: GPL-3.0-or-later
//
// A department in the form: offered by an admin at the real client, chosen by visitors on real pages in Chromium, and served by another agent at a
// real client of theirs. What visitors read of departments, and what the daemon says to those who choose by hand.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { noViolations } from '../widget/lib/axe.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Shop } from './shop.mjs';
import { stepsOf } from './steps.mjs';
import { Visitor } from './visitor.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const shot = (name) => path.join(SHOTS, `departments-${name}.png`);

test('a department in the form', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const { key } = daemon.demo.site;
  const shop = await Shop.open(daemon.url, key);
  t.after(() => shop.close());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const [boss, seller] = daemon.demo.agents;
  const { token } = await daemon.login(boss.email, boss.password);
  const staff = new Client({ url: daemon.socketUrl, credentials: { token } }).start();
  t.after(() => staff.close());
  await staff.ready();
  const desks = await Promise.all([DesktopAgent.start({ keyring: 'harbour' }), DesktopAgent.start({ keyring: 'quay' })]);
  t.after(() => Promise.all(desks.map((desk) => desk.stop())));
  const [office, counter] = desks;
  const step = stepsOf(t, () => Promise.all(desks.map((desk, i) => desk.do('screenshot', { path: shot(`failed-${i}`), rest: false }))));
  const idOf = (email) => staff.records.all('agent').find((agent) => agent.email === email).id;
  const site = () => staff.records.all('site').find((one) => one.key === key);
  const field = () => site().form?.fields?.find(({ kind }) => kind === 'department');
  const [sales, support] = [newId(), newId()];
  const { name: window } = site();
  const arrive = async () => {
    const visitor = await Visitor.arrive(await browser.newContext({ viewport: { width: 1000, height: 760 }, locale: 'en-GB' }), shop.address());
    await visitor.openPanel();
    return visitor;
  };
  const choice = (visitor) => visitor.page.locator('.form').getByLabel('Department');
  const conversationOf = (text) => until(() => {
    const message = staff.records.all('message').find((one) => one.text === text);
    return message && staff.records.all('conversation').find(({ id }) => id === message.conversation_id);
  }, text);
  let waiting;

  await step('made at the client of an admin', async () => {
    await staff.call('department.add', { id: sales, name: 'Sales', assignment: 'round_robin', members: [idOf(seller.email)] });
    await staff.call('department.add', { id: support, name: 'Support', assignment: 'off', members: [idOf(boss.email)] });
    for (const [desk, { email, password }] of [[office, boss], [counter, seller]]) {
      await desk.do('start', {});
      await desk.do('sign_in', { server: daemon.url, email, password });
      await until(async () => (await desk.do('inbox')).length >= 0, 'the inbox');
    }
    await office.do('settings', { page: 'Sites' });
    await office.do('site', { name: window });
    await office.do('pick', { window, button: 'Add a question', item: 'Department' });
    await until(() => field(), 'the question');
    await office.do('switch_in', { window, name: 'Ask visitors before they write' });
    await until(() => site().form.on, 'the form');
    await office.do('switch_in', { window, name: 'Must be answered' });
    await until(() => field().required, 'it must be answered');
    assert.deepEqual(field().offered.map(({ name }) => name), ['Sales', 'Support']);
    assert.equal(field().departments, undefined, 'all of them');
    await office.do('screenshot', { path: shot('office') });
  });

  await step('met on a page, and served at the client of whoever is there', async () => {
    const ana = await arrive();
    await ana.page.locator('.form button').click();
    await ana.page.locator('.wrong', { hasText: 'Please choose one.' }).waitFor();
    await noViolations(ana.page);
    await choice(ana).selectOption('Sales');
    await ana.screenshot(shot('visitor'));
    await ana.page.locator('.form button').click();
    await ana.write('What does it cost?');
    const conversation = await conversationOf('What does it cost?');
    await until(() => staff.records.all('conversation').find(({ id }) => id === conversation.id).assignee_id === idOf(seller.email), 'its agent');
    assert.equal(conversation.department_id, sales);
    assert.deepEqual(conversation.answers.list, [{ field: field().id, label: 'Department', kind: 'department', value: 'Sales', department_id: sales }]);
    await counter.do('choose', { inbox: 'Mine' });
    await until(async () => (await counter.do('inbox')).some(({ preview }) => preview.includes('What does it cost?')), 'it at the counter');
    const { title } = (await counter.do('inbox')).find(({ preview }) => preview.includes('What does it cost?'));
    await counter.do('open', { title });
    await counter.do('sees', { text: 'Department' });
    await counter.do('send', { text: 'Ten euro.' });
    await until(async () => (await ana.texts()).includes('Ten euro.'), 'the answer');
    await counter.do('screenshot', { path: shot('counter') });
    ana.wasUntroubled();
    await staff.call('conversation.close', { id: conversation.id, event_id: newId() });
  });

  await step('called otherwise, it is so on open pages; removed, it is chosen no more', async () => {
    const bo = await arrive();
    await choice(bo).selectOption('Sales');
    await staff.call('department.update', { id: sales, name: 'Shop & advice' });
    await until(async () => (await choice(bo).locator('option').allInnerTexts()).includes('Shop & advice'), 'its name');
    assert.equal(await choice(bo).inputValue(), sales);
    await staff.call('department.remove', { id: sales });
    await until(async () => (await choice(bo).inputValue()) === '', 'no choice');
    await choice(bo).selectOption('Support');
    await bo.page.locator('.form button').click();
    await bo.write('It is broken');
    waiting = await conversationOf('It is broken');
    assert.equal(waiting.department_id, support);
    assert.equal(waiting.assignee_id, undefined, 'nobody is given what this department gives to nobody');
    bo.wasUntroubled();
  });

  await step('by hand: another department than is offered is refused, and nothing else is told of any', async () => {
    const visitor = { site: key, token: newVisitorToken(), origin: shop.address().slice(0, -1) };
    const { id, form } = site();
    const start = (value) => daemon.rest('POST', '/api/v1/conversations',
      { ...visitor, body: { id: newId(), message_id: newId(), text: 'Hi', form: { version: form.version, values: [{ field: field().id, value }] } } });
    for (const value of [sales, newId(), 'Support', boss.email]) {
      const { status, body } = await start(value);
      assert.deepEqual([status, body.reason], [400, 'invalid'], value);
    }
    const guest = Client.visitor(daemon.socketUrl, key).start();
    t.after(() => guest.close());
    await guest.ready();
    assert.deepEqual(guest.records.all('site')[0].form.fields[0].offered, [{ id: support, name: 'Support' }]);
    const all = JSON.stringify(guest.records.all('site'));
    for (const secret of ['members', 'assignment', 'capacity', '"departments"', idOf(boss.email), 'Shop & advice']) assert.ok(!all.includes(secret), secret);
    assert.deepEqual(guest.records.all('department'), []);
    const { version } = await staff.call('site.settings', { id });
    const other = { ...form, fields: [{ ...field(), departments: [newId()] }] };
    await assert.rejects(staff.call('site.configure', { id, version, form: other }), ({ reason, message }) => reason === 'invalid' && /expected ids of departments/.test(message));
  });

  await step('without any department left, visitors write at once', async () => {
    await staff.call('conversation.close', { id: waiting.id, event_id: newId() });
    await staff.call('department.remove', { id: support });
    const cy = await arrive();
    await cy.write('Anybody?');
    assert.equal((await conversationOf('Anybody?')).department_id, undefined);
    cy.wasUntroubled();
  });
});
