// SPDX-License-Identifier: GPL-3.0-or-later
//
// An admin runs the team at the real client, and a colleague at theirs feels it at once.

import assert from 'node:assert/strict';
import test from 'node:test';

import { newId } from '../lib/ids.mjs';
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Stage } from './stage.mjs';
import { stepsOf } from './steps.mjs';

test('the team', async (t) => {
  const stage = await Stage.prepare();
  const daemon = await stage.daemon();
  const [ada, bo] = await Promise.all([DesktopAgent.start({ keyring: 'harbour' }), DesktopAgent.start({ keyring: 'harbour' })]);
  const { agent } = stage.agents[1];
  const { email, password } = stage.credentials[1];
  /* what the colleague's computer hears: an own device beside the one with the window */
  const theirs = stage.agent(daemon, 1).start();
  t.after(async () => {
    await Promise.all([ada.stop(), bo.stop()]);
    await theirs.close();
    await daemon.remove();
    await stage.remove();
  });
  const step = stepsOf(t, () => Promise.all([ada, bo].map((desk, i) => desk.do('screenshot', { path: `${process.env.CHATFLOW_SHOTS ?? '.'}/team-failed-${i}.png`, rest: false }))));
  const post = async (place, body) => {
    const answer = await daemon.rest('POST', place, { token: stage.agents[0].token, body });
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return body.id;
  };
  const me = () => theirs.records.all('agent').find(({ id }) => id === agent.id);
  const pages = async () => (await bo.do('lines_in', { window: 'Settings' }));
  let tag;

  await step('both sign in', async () => {
    await theirs.ready();
    tag = await post('/api/v1/tags', { id: newId(), name: 'zebra crossing', color: '#1c71d8' });
    await ada.do('start');
    await ada.do('sign_in', { server: daemon.url, email: stage.credentials[0].email, password: stage.credentials[0].password });
    await bo.do('start');
    await bo.do('sign_in', { server: daemon.url, email, password });
    await bo.do('sees', { text: 'Mine' });
    await bo.do('settings', { page: 'My account' });
    assert.ok(!(await pages()).includes('Team'), 'an agent has no page of the team');
    await ada.do('settings', { page: 'Team' });
    await ada.do('expand', { name: agent.name });
  });

  await step('a role: the pages of a supervisor are there at once', async () => {
    await ada.do('choose_next', { row: 'Role' });
    await until(() => me()?.role === 'supervisor', 'the role at the colleague');
    await until(async () => (await pages()).includes('Team'), 'the page of the team');
    await bo.do('close_settings');
  });

  await step('a skill', async () => {
    await ada.do('choose_among', { row: 'Skills', words: 'zebra crossing' });
    await until(() => me()?.skills?.includes(tag), 'the skill at the colleague');
  });

  await step('a site', async () => {
    const [site] = (await daemon.rest('GET', '/api/v1/sites', { token: stage.agents[0].token })).body.records;
    await ada.do('choose_among', { row: 'Sites', words: site.name });
    await until(() => me()?.sites?.includes(site.id), 'the site at the colleague');
    await ada.do('choose_among', { row: 'Sites', words: site.name });
    await until(() => !(me()?.sites?.length > 0), 'all sites again');
  });
});
