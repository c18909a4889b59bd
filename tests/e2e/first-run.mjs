// SPDX-License-Identifier: GPL-3.0-or-later
//
// The first minutes: an admin with an empty server, and the colleague whom they invite, each at the real client.
//
//   CHATFLOW_SHOTS=FOLDER   where the screenshots of both go

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { stepsOf } from './steps.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const PASSWORD = 'seven green teapots';
const shot = (name) => path.join(SHOTS, `${name}.png`);

test('the first minutes with an empty server', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start();
  t.after(() => daemon.remove());
  await daemon.cli(['init', '-o', 'Nordlicht', '-e', 'ada@one.example', '-n', 'Ada', '--password-stdin'], { input: `${PASSWORD}\n` });
  const [ada, bo] = await Promise.all([DesktopAgent.start({ keyring: 'harbour' }), DesktopAgent.start({ keyring: 'harbour' })]);
  t.after(() => Promise.all([ada.stop(), bo.stop()]));
  const step = stepsOf(t, () => Promise.all([ada, bo].map((desk, i) => desk.do('screenshot', { path: shot(`failed-first-${i}`), rest: false }))));
  const done = (titles) => until(async () => {
    const ticked = await ada.do('steps_done');
    return titles.every((title) => ticked.includes(title));
  }, () => `done: ${titles}`);
  const login = await daemon.login('ada@one.example', PASSWORD);
  const list = async (place) => (await daemon.rest('GET', place, { token: login.token })).body.records ?? [];
  let link;

  await step('an admin sees what to do first', async () => {
    await ada.do('start');
    await ada.do('sign_in', { server: daemon.url, email: 'ada@one.example', password: PASSWORD });
    await ada.do('sees', { text: 'Welcome, Ada' });
    assert.deepEqual(await ada.do('steps_done'), []);
    await ada.do('screenshot', { path: shot('first-1') });
  });

  await step('creates the site', async () => {
    await ada.do('press', { name: 'Add a site…' });
    await ada.do('press_in', { window: 'Settings', name: 'New site…' });
    await ada.do('fill', { dialog: 'New site', field: 'Name', text: 'Shop' });
    await ada.do('fill', { dialog: 'New site', field: 'Address, such as https://shop.example', text: 'https://shop.example' });
    await ada.do('press_in', { window: 'New site', name: 'Add' });
    await done(['Add your web site']);
    await ada.do('close_settings');
    const [site] = await list('/api/v1/sites');
    assert.match(await ada.do('sees', { text: 'data-site=' }), new RegExp(`${daemon.url}/widget.js" data-site="${site.key}"`));
  });

  await step('copies the snippet', async () => {
    await ada.do('press', { name: 'Copy the line' });
    await done(['Put one line into its pages']);
  });

  await step('sees the first visitor arrive, and says hello', async () => {
    const [site] = await list('/api/v1/sites');
    const visitor = Client.visitor(daemon.socketUrl, site.key).start();
    t.after(() => visitor.close());
    await visitor.ready();
    await ada.do('sees', { text: 'Waiting for the first visitor…' });
    visitor.signal('visit.page', { visit_id: newId(), id: newId(), url: 'https://shop.example/', title: 'Shop' });
    await done(['See the first visitor arrive']);
    await ada.do('screenshot', { path: shot('first-2'), rest: false });
    await visitor.write('conversation.start', { id: newId(), message_id: newId(), text: 'Hello?' });
    await visitor.write('visitor.identify', { name: 'Vera' });
    await ada.do('press', { name: 'Go to Unassigned' });
    await until(async () => (await ada.do('inbox')).some(({ title }) => title === 'Vera'), 'the visitor');
    await ada.do('open', { title: 'Vera' });
    await ada.do('send', { text: 'Hello, Vera!' });
    await until(() => visitor.records.all('message').some(({ text }) => text === 'Hello, Vera!'), 'the answer');
  });

  await step('invites a colleague by a link', async () => {
    await ada.do('settings', { page: 'Team' });
    await ada.do('press_in', { window: 'Settings', name: 'Invite…' });
    await ada.do('fill', { dialog: 'Invite', field: 'Their email (optional)', text: 'bo@one.example' });
    await ada.do('press_in', { window: 'Invite', name: 'Make an invitation' });
    link = await ada.do('secret', { window: 'Invite' });
    assert.match(link, new RegExp(`^chatflow://127\\.0\\.0\\.1:${daemon.port}/join/[\\w-]{43}\\?plain$`));
  });

  await step('who has the link chooses name and password, and is in', async () => {
    await bo.do('start');
    await bo.do('paste_invite', { link: link.replace(/.{5}\?/, 'xxxxx?') });
    await bo.do('sees', { text: 'does not know this invitation' });
    await bo.do('paste_invite', { link, back: true });
    await bo.do('sees', { text: 'Ada invites you to join Nordlicht' });
    await bo.do('screenshot', { path: shot('first-invited') });
    await bo.do('join', { name: 'Bo', password: PASSWORD });
    await until(async () => (await list('/api/v1/agents')).some(({ name }) => name === 'Bo'), 'the new agent');
    await ada.do('has_row', { name: 'Bo' });
    await until(async () => (await ada.do('lines_in', { window: 'Settings' })).includes('Nobody is invited'), 'no open invitation');
  });

  await step('anybody may change their own name, and everybody sees it', async () => {
    await bo.do('settings', { page: 'My account' });
    await bo.do('rename_myself', { name: 'Bodo' });
    await until(async () => (await list('/api/v1/agents')).some(({ name }) => name === 'Bodo'), 'the new name');
    await ada.do('has_row', { name: 'Bodo' });
    await until(async () => (await bo.do('words')).includes('Bodo'), 'the new name in the own window');
    const audit = (await daemon.rest('GET', '/api/v1/audit', { token: login.token })).body.entries;
    assert.ok(audit.some(({ action, actor_name: name, detail }) => action === 'agent.update' && name === 'Bo' && detail.includes('Bodo')));
  });

  await step('nothing to complain about', async () => {
    assert.deepEqual(await ada.do('complaints'), []);
    assert.deepEqual(await bo.do('complaints'), []);
  });
});
