// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';

import { DesktopAgent } from './desktop-agent.mjs';
import { Stage } from './stage.mjs';
import { stepsOf } from './steps.mjs';
import { until } from '../lib/until.mjs';

/** An admin at the real client runs the team of a real daemon; what they did is looked up by another door. */
test('the settings change the server', async (t) => {
  const stage = await Stage.prepare();
  const daemon = await stage.daemon();
  const admin = stage.credentials[0];
  const other = await daemon.login(admin.email, admin.password);
  const desk = await DesktopAgent.start({ keyring: 'open sesame' });
  t.after(async () => {
    await desk.stop();
    await daemon.remove();
    await stage.remove();
  });
  const list = async (place) => (await daemon.rest('GET', place, { token: stage.agents[0].token })).body.records;
  const step = stepsOf(t, () => desk.do('screenshot', { path: `${process.env.CHATFLOW_SHOTS ?? '.'}/settings-failed.png`, rest: false }));

  await step('signing in', async () => {
    await desk.do('start', {});
    await desk.do('sign_in', { server: daemon.url, email: admin.email, password: admin.password });
    await desk.do('settings', { page: 'Departments' });
  });
  await step('a department', async () => {
    await desk.do('press_in', { window: 'Settings', name: 'New department…' });
    await desk.do('fill', { dialog: 'New department', field: 'Name', text: 'Returns' });
    await desk.do('press_in', { window: 'New department', name: 'Add' });
    await desk.do('has_row', { name: 'Returns' });
    assert.ok((await list('/api/v1/departments')).some(({ name }) => name === 'Returns'));
  });
  await step('a tag', async () => {
    await desk.do('settings', { page: 'Tags' });
    await desk.do('press_in', { window: 'Settings', name: 'New tag…' });
    await desk.do('fill', { dialog: 'New tag', field: 'Name', text: 'lost parcel' });
    await desk.do('press_in', { window: 'New tag', name: 'Add' });
    await desk.do('has_row', { name: 'lost parcel' });
    assert.ok((await list('/api/v1/tags')).some(({ name }) => name === 'lost parcel'));
  });
  await step('a site', async () => {
    await desk.do('settings', { page: 'Sites' });
    await desk.do('press_in', { window: 'Settings', name: 'New site…' });
    await desk.do('fill', { dialog: 'New site', field: 'Name', text: 'Outlet' });
    await desk.do('fill', { dialog: 'New site', field: 'Address, such as https://shop.example', text: 'https://outlet.example' });
    await desk.do('press_in', { window: 'New site', name: 'Add' });
    const made = await until(async () => (await list('/api/v1/sites')).find(({ name }) => name === 'Outlet'), 'the site');
    assert.deepEqual([made.origins, made.version, made.key.length], [['https://outlet.example'], 1, 22]);
  });
  await step('a role', async () => {
    const agents = await list('/api/v1/agents');
    const colleague = agents.find(({ role }) => role === 'agent');
    await desk.do('settings', { page: 'Team' });
    await desk.do('expand', { name: colleague.name });
    await desk.do('choose_next', { row: 'Role' });
    await until(async () => (await list('/api/v1/agents')).find(({ id }) => id === colleague.id).role === 'supervisor', 'the new role');
  });
  await step('a device', async () => {
    await desk.do('settings', { page: 'My account' });
    await desk.do('press_in', { window: 'Settings', name: 'Sign out the others All other devices' });
    await until(async () => (await daemon.rest('GET', '/api/v1/organisation', { token: other.token })).status === 401, 'the other device out');
  });
});
