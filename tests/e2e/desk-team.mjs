// SPDX-License-Identifier: GPL-3.0-or-later
//
// An admin runs the team at the real client, and a colleague at theirs feels it at once.

import assert from 'node:assert/strict';
import test from 'node:test';

import { newId } from '../lib/ids.mjs';
import { MailServer } from '../lib/mail-server.mjs';
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Stage } from './stage.mjs';
import { stepsOf } from './steps.mjs';

const NEW = 'a much better password';

test('the team', async (t) => {
  const stage = await Stage.prepare();
  const mail = await MailServer.start();
  const daemon = await stage.daemon({ CHATFLOW_MAIL_SERVER: mail.url, CHATFLOW_MAIL_FROM: 'Support <support@shop.example>', CHATFLOW_MAIL_STARTTLS: 'optional' });
  const [ada, bo] = await Promise.all([DesktopAgent.start({ keyring: 'harbour' }), DesktopAgent.start({ keyring: 'harbour' })]);
  const { agent } = stage.agents[1];
  const { email, password } = stage.credentials[1];
  /* what the colleague's computer hears: an own device beside the one with the window */
  const theirs = stage.agent(daemon, 1).start();
  t.after(async () => {
    await Promise.all([ada.stop(), bo.stop()]);
    await theirs.close();
    await daemon.remove();
    await mail.stop();
    await stage.remove();
  });
  const step = stepsOf(t, () => Promise.all([ada, bo].map((desk, i) => desk.do('screenshot', { path: `${process.env.CHATFLOW_SHOTS ?? '.'}/team-failed-${i}.png`, rest: false }))));
  const post = async (place, body) => {
    const answer = await daemon.rest('POST', place, { token: stage.agents[0].token, body });
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return body.id;
  };
  const me = () => theirs.records.all('agent').find(({ id }) => id === agent.id);
  const tried = async (secret) => (await daemon.rest('POST', '/api/v1/sessions', { body: { email, password: secret, device: 'try' } })).status;
  const signIn = async (secret) => {
    await bo.do('sign_in', { server: daemon.url, email, password: secret });
    await until(async () => (await bo.do('inbox')).length >= 0, 'the inbox');
    await bo.do('sees', { text: 'Mine' });
  };
  const pages = async () => (await bo.do('lines_in', { window: 'Settings' }));
  let tag;
  let department;

  await step('both sign in', async () => {
    await theirs.ready();
    tag = await post('/api/v1/tags', { id: newId(), name: 'zebra crossing', color: '#1c71d8' });
    department = await post('/api/v1/departments', { id: newId(), name: 'Zeppelins' });
    await ada.do('start');
    await ada.do('sign_in', { server: daemon.url, email: stage.credentials[0].email, password: stage.credentials[0].password });
    await bo.do('start');
    await signIn(password);
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

  await step('a department', async () => {
    await ada.do('settings', { page: 'Departments' });
    await ada.do('expand', { name: 'Zeppelins' });
    await ada.do('tick', { name: agent.name });
    await until(() => theirs.records.all('department').find(({ id }) => id === department)?.members?.includes(agent.id), 'the department at the colleague');
  });

  await step('signed out everywhere: the window asks for the password, the other device is refused', async () => {
    await ada.do('settings', { page: 'Team' });
    await ada.do('press_row', { name: 'Sign out everywhere…' });
    await ada.do('answer', { button: 'Sign out' });
    await bo.do('sees', { text: 'You were signed out from another device.' });
    await bo.do('offers', { name: 'Sign in' });
    await until(() => theirs.refused, 'the end of the other device');
    await signIn(password);
  });

  await step('disabled: out, and not in again', async () => {
    await ada.do('toggle', { name: 'Can sign in' });
    await bo.do('sees', { text: 'Your account has been switched off.' });
    assert.ok(await tried(password) >= 400);
    await ada.do('toggle', { name: 'Can sign in' });
    await until(async () => await tried(password) < 300, 'the sign-in');
    await signIn(password);
  });

  await step('a new password: the link lets them choose one, once; the old one and every device that was signed in are no good any more', async () => {
    const other = await daemon.login(email, password);
    const known = async () => (await daemon.rest('GET', '/api/v1/organisation', { token: other.token })).status;
    await ada.do('press_row', { name: 'Reset…' });
    await ada.do('press_in', { window: 'Reset password', name: 'Make a link' });
    const link = await ada.do('secret', { window: 'Reset password' });
    assert.ok((await mail.arrived(email)).text.includes(link), 'it goes by mail, too');
    await ada.do('press_in', { window: 'Reset password', name: 'Done' });
    assert.ok(await tried(password) < 300, 'the old one works until then');
    assert.equal(await known(), 200);
    await bo.do('sign_out');
    await bo.do('offers', { name: 'Sign in' });
    await bo.do('paste_invite', { link });
    await bo.do('join', { name: '', password: NEW });
    await bo.do('sees', { text: 'Mine' });
    assert.ok(await tried(password) >= 400);
    assert.ok(await tried(NEW) < 300);
    assert.equal(await known(), 401);
    await bo.do('sign_out');
    await bo.do('paste_invite', { link });
    await bo.do('sees', { text: 'was used' });
  });

  await step('invited by email: who has the mail is in, and in the list', async () => {
    await ada.do('press_in', { window: 'Settings', name: 'Invite…' });
    await ada.do('fill', { dialog: 'Invite', field: 'Their email (optional)', text: 'cy@shop.example' });
    await ada.do('press_in', { window: 'Invite', name: 'Make an invitation' });
    const link = await ada.do('secret', { window: 'Invite' });
    await ada.do('sees_in', { window: 'Invite', text: 'An email with it is on its way to cy@shop.example' });
    await ada.do('press_in', { window: 'Invite', name: 'Done' });
    assert.ok((await mail.arrived('cy@shop.example')).text.includes(link));
    await ada.do('sees_in', { window: 'Settings', text: 'email sent' });
    await bo.do('paste_invite', { link, back: true });
    await bo.do('join', { name: 'Cy', password: NEW });
    await ada.do('has_row', { name: 'Cy' });
  });

  await step('nothing to complain about', async () => {
    assert.deepEqual(await ada.do('complaints'), []);
    assert.deepEqual(await bo.do('complaints'), []);
  });
});
