// SPDX-License-Identifier: GPL-3.0-or-later
//
// An agent at the real client lets answers wait, and calls them back: what stands in the window is what the server does.
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
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { stepsOf } from './steps.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const shot = (name) => path.join(SHOTS, `${name}.png`);

test('answers that wait, at the client', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const [me, other] = daemon.demo.agents;
  const agent = await DesktopAgent.start({ keyring: 'harbour' });
  t.after(() => agent.stop());
  const colleague = new Client({ url: daemon.socketUrl, credentials: { token: (await daemon.login(other.email, other.password)).token } }).start();
  t.after(() => colleague.close());
  const visitor = { token: newVisitorToken(), site: daemon.demo.site.key };
  const conversation = newId();
  await daemon.rest('POST', '/api/v1/visitors/identify', { ...visitor, body: { name: 'Vera' } });
  await daemon.rest('POST', '/api/v1/conversations', { ...visitor, body: { id: conversation, message_id: newId(), text: 'Where is it?' } });
  const login = await daemon.login(me.email, me.password);
  await daemon.rest('POST', `/api/v1/conversations/${conversation}/assign`, { token: login.token, body: { event_id: newId(), agent_id: login.agent.id } });
  await colleague.ready();

  const step = stepsOf(t, () => agent.do('screenshot', { path: shot('failed-later') }));
  const waiting = () => colleague.records.all('scheduled_message').filter((record) => record.conversation_id === conversation && !record.deleted).map(({ text }) => text);
  const reads = async () => (await daemon.rest('GET', `/api/v1/conversations/${conversation}/messages`, visitor)).body.records
    .filter(({ type, kind }) => type === 'message' && kind === 'text').map(({ text }) => text);

  await step('an answer waits, for colleagues too, and the visitor has nothing of it', async () => {
    await agent.do('start');
    await agent.do('sign_in', { server: daemon.url, email: me.email, password: me.password });
    await until(async () => (await agent.do('inbox')).length > 0, 'the inbox');
    await agent.do('open', { title: 'Vera' });
    await agent.do('send_later', { text: 'Did it arrive?', begins: 'In 1 hour' });
    await agent.do('sees', { text: 'Did it arrive?' });
    await until(() => waiting().includes('Did it arrive?'), 'the colleague to have it');
    assert.deepEqual(await reads(), ['Where is it?']);
    await agent.do('screenshot', { path: shot('later-waits') });
  });

  await step('it is sent now', async () => {
    await agent.do('click', { name: 'Send now' });
    await until(async () => (await reads()).includes('Did it arrive?'), 'the visitor to read it');
    await until(() => waiting().length === 0, 'nothing to wait');
  });

  await step('another is changed, then cancelled', async () => {
    await agent.do('send_later', { text: 'One more thing', begins: 'In 1 hour' });
    await until(() => waiting().length === 1, 'it to wait');
    await agent.do('click', { name: 'Take it back into the field' });
    await until(async () => (await agent.do('composer')) === 'One more thing', 'its words in the field');
    await until(() => waiting().length === 0, 'nothing to wait');
    await agent.do('clear');
    await agent.do('send_later', { text: 'Never mind', begins: 'In 1 hour' });
    await until(() => waiting().length === 1, 'it to wait');
    await agent.do('click', { name: 'Do not send it' });
    await until(() => waiting().length === 0, 'it to be cancelled');
    assert.deepEqual(await reads(), ['Where is it?', 'Did it arrive?']);
  });

  await step('nothing to complain about', async () => {
    assert.deepEqual(await agent.do('leave'), []);
  });
});
