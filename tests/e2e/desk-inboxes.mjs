// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an agent reads where there is nothing, inbox by inbox, and a department's own entry beside them, counted as its conversations come and go.

import assert from 'node:assert/strict';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { stepsOf } from './steps.mjs';

const EMAIL = 'ada@one.example', PASSWORD = 'a good password';

test('the inboxes', async (t) => {
  const daemon = await Daemon.start();
  const desk = await DesktopAgent.start({ keyring: 'harbour' });
  t.after(async () => {
    await desk.stop();
    await daemon.remove();
  });
  const step = stepsOf(t, () => desk.do('screenshot', { path: `${process.env.CHATFLOW_SHOTS ?? '.'}/inboxes-failed.png`, rest: false }));
  const [conversation, department, site] = [newId(), newId(), newId()];
  let agent, token;
  const post = async (place, body) => {
    const answer = await daemon.rest('POST', `/api/v1${place}`, { token, body });
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
  };
  const empty = async (key, text) => {
    await desk.do('key', { keys: `ctrl+${key}` });
    await desk.do('sees', { text });
  };
  const holds = async (key, title) => {
    await desk.do('key', { keys: `ctrl+${key}` });
    await until(async () => (await desk.do('inbox')).some((row) => row.title === title), `${title} behind ctrl+${key}`);
  };

  await step('before anybody has written, each says so', async () => {
    await daemon.cli(['init', '-o', 'Nordlicht', '-e', EMAIL, '-n', 'Ada', '--password-stdin'], { input: `${PASSWORD}\n` });
    ({ agent, token } = await daemon.login(EMAIL, PASSWORD));
    await post('/sites', { id: site, name: 'Shop', origins: ['https://shop.example'] });
    await desk.do('start');
    await desk.do('sign_in', { server: daemon.url, email: EMAIL, password: PASSWORD });
    for (const key of [4, 1, 2, 3, 5, 6]) await empty(key, 'Waiting for the first visitor');
  });

  await step('somebody writes: the others say what they are for', async () => {
    const { body } = await daemon.rest('GET', '/api/v1/sites', { token });
    const visitor = Client.visitor(daemon.socketUrl, body.records[0].key).start();
    t.after(() => visitor.close());
    await visitor.ready();
    await visitor.write('conversation.start', { id: conversation, message_id: newId(), text: 'Is there somebody?' });
    await holds(2, 'Visitor');
    await holds(4, 'Visitor');
    await empty(1, 'All answered');
    await empty(3, 'Nobody has called you');
    await empty(5, 'Nothing is snoozed');
    await empty(6, 'Nothing closed yet');
  });

  await step('a department has an entry of its own', async () => {
    await post('/departments', { id: department, name: 'Returns', members: [agent.id] });
    await desk.do('folder', { name: 'Returns' });
    await desk.do('sees', { text: 'No open conversations' });
    await post(`/conversations/${conversation}/transfer`, { event_id: newId(), department_id: department });
    await until(async () => (await desk.do('inbox')).length === 1, 'the conversation in it');
    await desk.do('folder', { name: 'Returns', count: 1 });
  });

  await step('taken, it is mine; closed, nobody waits', async () => {
    await post(`/conversations/${conversation}/accept`, { event_id: newId() });
    await holds(1, 'Visitor');
    await empty(2, 'Nobody is waiting');
    await post(`/conversations/${conversation}/close`, { event_id: newId() });
    await empty(1, 'All answered');
    await empty(4, 'No open conversations');
    await holds(6, 'Visitor');
    await desk.do('folder', { name: 'Returns', count: 0 });
    await desk.do('sees', { text: 'No open conversations' });
  });

  await step('nothing to complain about', async () => {
    assert.deepEqual(await desk.do('complaints'), []);
  });
});
