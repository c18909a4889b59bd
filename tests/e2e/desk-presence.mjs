// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether an agent is there, as their colleagues see it; and the client that starts with the desktop.

import assert from 'node:assert/strict';
import test from 'node:test';

import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Stage } from './stage.mjs';
import { stepsOf } from './steps.mjs';

test('there, away, gone', async (t) => {
  const stage = await Stage.prepare();
  const daemon = await stage.daemon();
  const colleague = new Client({ url: daemon.socketUrl, credentials: { token: stage.agents[0].token } }).start();
  const desk = await DesktopAgent.start({ keyring: 'open sesame' });
  t.after(async () => {
    await desk.stop();
    await colleague.close();
    await daemon.remove();
    await stage.remove();
  });
  const step = stepsOf(t, () => desk.do('screenshot', { path: `${process.env.CHATFLOW_SHOTS ?? '.'}/presence-failed.png`, rest: false }));
  const { agent } = stage.agents[1];
  const seen = (state) => until(() => colleague.signals.findLast(({ kind, actor_id: id }) => kind === 'presence' && id === agent.id)?.state === state, `${agent.name} ${state}`);

  await step('signs in: online', async () => {
    await colleague.ready();
    await desk.do('open_services');
    await desk.do('start');
    await desk.do('sign_in', { server: daemon.url, email: agent.email, password: stage.credentials[1].password });
    await seen('online');
  });
  await step('touches nothing for long: away, and back with the first key', async () => {
    await desk.do('idle');
    await seen('away');
    await desk.do('active');
    await seen('online');
  });
  await step('starts with the desktop, if that is wanted', async () => {
    await desk.do('settings', { page: 'Notifications' });
    await desk.do('toggle', { name: 'Start with the computer' });
    const [[name, text]] = await until(async () => {
      const files = Object.entries(await desk.do('autostart'));
      return files.length > 0 && files;
    }, 'the file');
    assert.equal(name, 'org.chatflow.ChatFlow.desktop');
    assert.match(text, /^\[Desktop Entry\]\nType=Application\n[^]*^Exec=chatflow --background$/m);
    await desk.do('toggle', { name: 'Start with the computer' });
    await until(async () => Object.keys(await desk.do('autostart')).length === 0, 'no file');
    await desk.do('close_settings');
  });
  await step('signs out: offline', async () => {
    await desk.do('sign_out');
    await desk.do('offers', { name: 'Sign in' });
    await seen('offline');
  });
  await step('nothing to complain about', async () => {
    assert.deepEqual(await desk.do('complaints'), []);
  });
});
