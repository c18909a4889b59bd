// SPDX-License-Identifier: GPL-3.0-or-later
//
// What visitor and agent write to one another, with a real daemon, a real page in Chromium and the real client: a message left outside the hours, an answer with
// marks in it, and a rating from 0 to 10.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { FIELDS, FORM } from '../widget/lib/forms.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Shop } from './shop.mjs';
import { Visitor } from './visitor.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');

test('left outside the hours, answered with marks, rated from 0 to 10', async (t) => {
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
  const { version } = await staff.call('site.settings', { id });
  await staff.call('site.configure', {
    id, version, form: { ...FORM, fields: [{ ...FIELDS.about, asked: 'open' }, { ...FIELDS.email, asked: 'closed' }] }, hours: { limited: true, time_zone: 'UTC' },
    offline: { text: 'We are asleep.' }, survey: { kind: 'scale' }, alerts: { sound_off: true, sound: 'bell', volume: 40 },
  });

  const ana = await Visitor.arrive(await browser.newContext({ viewport: { width: 1000, height: 760 }, locale: 'en-GB' }), shop.address());
  await ana.openPanel();
  await ana.page.locator('.hint', { hasText: 'We are asleep.' }).waitFor();
  assert.deepEqual(await ana.page.locator('.form .field label').allInnerTexts(), [FIELDS.email.label]);
  await ana.page.locator('.form').getByLabel(FIELDS.email.label).fill('ana@example.com');
  await ana.screenshot(path.join(SHOTS, 'talk-closed.png'));
  await ana.page.getByRole('button', { name: 'Leave a message' }).click();
  await ana.write('Do you **ship** to Portugal? 2*3*4');
  const message = await until(() => staff.records.all('message').find(({ text = '' }) => text.startsWith('Do you')), 'the message');
  assert.equal(message.text, 'Do you **ship** to Portugal? 2*3*4', 'as it was typed');
  const conversation = () => staff.records.all('conversation').find((one) => one.id === message.conversation_id);
  assert.equal(conversation().away, true);
  assert.equal(await ana.page.locator('.mine strong').innerText(), 'ship');

  const desk = await DesktopAgent.start({ keyring: 'harbour' });
  t.after(() => desk.stop());
  await desk.do('start', {});
  await desk.do('sign_in', { server: daemon.url, email: admin.email, password: admin.password });
  await until(async () => (await desk.do('inbox')).length > 0, 'the inbox');
  await desk.do('choose', { inbox: 'All' });
  await desk.do('open', { title: 'ana@example.com' });
  await desk.do('sees', { text: 'Left outside the hours' });
  await desk.do('sees', { text: 'Do you ship to Portugal? 2*3*4' });

  await staff.call('message.send', { id: newId(), conversation_id: message.conversation_id, text: 'Yes:\n- in *two* days\n- [for 4.90](https://tea.example/shipping)' });
  await ana.page.locator('.theirs li', { hasText: 'in two days' }).waitFor();
  assert.equal(await ana.page.locator('.theirs li a').getAttribute('href'), 'https://tea.example/shipping');
  await desk.do('sees', { text: 'in two days' });
  await staff.call('conversation.close', { id: message.conversation_id, event_id: newId() });
  await ana.page.getByRole('radio', { name: '7 / 10', exact: true }).check({ force: true });
  await until(() => conversation().survey?.score === 7, 'the rating');
  assert.deepEqual([conversation().rating, conversation().survey], [4, { kind: 'scale', score: 7 }]);
  await ana.screenshot(path.join(SHOTS, 'talk-rated.png'));
  await desk.do('sees', { text: '7 of 10' });
  await desk.do('screenshot', { path: path.join(SHOTS, 'talk-agent.png') });
  ana.wasUntroubled();
});
