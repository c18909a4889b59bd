// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two agents, each at a desktop client of their own, talk with each other, all parts real.
//
//   CHATFLOW_SHOTS=FOLDER   where the screenshots of both go

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { stepsOf } from './steps.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const PASSWORD = 'a good password';
const shot = (name) => path.join(SHOTS, `${name}.png`);

test('two agents at desktop clients of their own', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  await daemon.cli(['agent', 'add', '-e', 'other@demo.example', '-n', 'Olga', '-r', 'admin', '--password-stdin'], { input: `${PASSWORD}\n` });
  const people = daemon.demo.agents;
  const [bruno, mei] = await Promise.all([DesktopAgent.start({ keyring: 'harbour' }), DesktopAgent.start({ keyring: 'harbour' })]);
  t.after(() => Promise.all([bruno.stop(), mei.stop()]));
  const olga = new Client({ url: daemon.socketUrl, credentials: { token: (await daemon.login('other@demo.example', PASSWORD)).token } }).start();
  t.after(() => olga.close());
  const names = (await Promise.all(people.map(({ email, password }) => daemon.login(email, password)))).map(({ agent }) => agent.name);
  const step = stepsOf(t, () => Promise.all([
    bruno.do('screenshot', { path: shot('failed-team-1') }),
    mei.do('screenshot', { path: shot('failed-team-2') }),
  ]));
  const reads = async (agent) => (await agent.do('said')).map(({ author, text }) => `${author}: ${text}`);
  const hears = (agent, line) => until(async () => (await reads(agent)).at(-1) === line, () => `“${line}”`);
  const row = (agent, words) => until(async () => (await agent.do('channels')).some((name) => name === words), `the row “${words}”`);

  await step('both sign in', async () => {
    for (const [agent, { email, password }] of [[bruno, people[0]], [mei, people[1]]]) {
      await agent.do('start');
      await agent.do('sign_in', { server: daemon.url, email, password });
      await until(async () => (await agent.do('inbox')).length > 0, 'the inbox');
    }
  });

  await step('one begins, the other has it unread, and answers', async () => {
    await bruno.do('message_colleague', { names: [names[1]] });
    await bruno.do('say', { text: 'Can you take the blanket?' });
    await row(mei, `${names[0]}, online, 1 unread`);
    await mei.do('open_channel', { title: names[0] });
    await hears(mei, `${names[0]}: Can you take the blanket?`);
    await row(mei, `${names[0]}, online`);
    await mei.do('say', { text: '好的，没问题 🧶' });
    await hears(bruno, `${names[1]}: 好的，没问题 🧶`);
    await bruno.do('said_from_the_start');
    await bruno.do('screenshot', { path: shot('team-1') });
    await mei.do('screenshot', { path: shot('team-2') });
  });

  await step('both write at once, and read the same', async () => {
    await Promise.all([['one', 'two', 'three'], ['un', 'deux', 'trois']].map(async (words, i) => {
      for (const text of words) await [bruno, mei][i].do('say', { text });
    }));
    await until(async () => (await reads(bruno)).length === 8 && (await reads(mei)).length === 8, 'all of it on both sides');
    assert.deepEqual(await reads(bruno), await reads(mei));
  });

  await step('what is written without a server arrives when it is back, once', async () => {
    await daemon.stop();
    await bruno.do('say', { text: 'Are you there?' });
    await daemon.restart();
    await hears(mei, `${names[0]}: Are you there?`);
    assert.equal((await reads(mei)).filter((line) => line.endsWith('Are you there?')).length, 1);
  });

  await step('who is taken out of a group has nothing of it any longer, nor has their disk', async () => {
    await bruno.do('message_colleague', { names: [names[1], 'Olga'], group: 'Night shift' });
    await bruno.do('say', { text: 'For the three of us' });
    await row(mei, 'Night shift, group, 1 unread');
    await mei.do('open_channel', { title: 'Night shift' });
    await hears(mei, `${names[0]}: For the three of us`);
    assert.ok(await mei.do('said_is_kept', { text: 'For the three of us' }));
    const group = await until(() => olga.records.all('channel').find(({ name }) => name === 'Night shift'), 'the group');
    const login = await daemon.login(people[0].email, people[0].password);
    const changed = await daemon.rest('POST', '/api/v1/channels', { token: login.token, body: { id: group.id, name: 'Night shift', members: [login.agent.id] } });
    assert.equal(changed.status, 200);
    await until(async () => !(await mei.do('channels')).some((name) => name.startsWith('Night shift')), 'the group to be gone');
    assert.ok(!(await mei.do('said_is_kept', { text: 'For the three of us' })));
    await until(() => olga.records.all('channel').length === 0, 'the other one to forget it too');
  });

  await step('an admin who is not one of the two has nothing of it', async () => {
    await olga.ready();
    const copy = olga.records.toString();
    for (const type of ['channel', 'channel_member', 'team_message']) assert.equal(olga.records.all(type).length, 0, type);
    assert.ok(!copy.includes('blanket?'), 'no word of it');
  });

  await step('nothing to complain about', async () => {
    assert.deepEqual(await bruno.do('leave'), []);
    assert.deepEqual(await mei.do('leave'), []);
  });
});
