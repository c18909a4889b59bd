// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is written while the other side can't be reached comes once, in order: the agent's through the death of the daemon and of the
// client, the visitor's through a lost network and a closed tab. And what the client says when it may not in.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { freePort } from '../lib/ports.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Shop } from './shop.mjs';
import { stepsOf } from './steps.mjs';
import { Visitor } from './visitor.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const CUSTOMER = 'Tomás Ferreira';

const shot = (name) => path.join(SHOTS, `${name}.png`);
const textsOf = (messages) => messages.filter(({ kind }) => kind === 'text').map(({ text }) => text);

test('nothing is lost offline, and every refusal says what to do', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const shop = await Shop.open(daemon.url, daemon.demo.site.key);
  t.after(() => shop.close());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const agent = await DesktopAgent.start({ keyring: 'harbour' });
  t.after(() => agent.stop());
  const [bruno, mei] = daemon.demo.agents;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  let visitor = await Visitor.arrive(context, shop.address(CUSTOMER));
  const step = stepsOf(t, () => Promise.all([
    agent.do('screenshot', { path: shot('failed-offline-client') }),
    visitor.screenshot(shot('failed-offline-page')),
  ]));

  const said = [];
  const agentHas = (texts) => until(async () => String(textsOf(await agent.do('messages'))) === String(texts), () => `the agent to have ${texts.join(' | ')}`);
  const visitorHas = (texts) => until(async () => String(await visitor.texts()) === String(texts), () => `the visitor to have ${texts.join(' | ')}`);
  const lastCaption = async () => (await agent.do('messages')).at(-1).caption;
  const signIn = (server, password) => agent.do('sign_in', { server, email: bruno.email, password });
  const intoTheInbox = async () => {
    await agent.do('sees', { text: bruno.name });
    await agent.do('choose', { inbox: 'All' });
  };

  await step('sign-in: no server, a wrong password, the right one', async () => {
    await agent.do('start');
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    await signIn(nowhere, bruno.password);
    await agent.do('sees', { text: `Nothing answers at ${nowhere}. Check the address, and that the server is running.` });
    await agent.do('screenshot', { path: shot('sign-in-no-server') });
    await signIn(daemon.url, 'not the password');
    await agent.do('sees', { text: 'Email or password is wrong. Check both and try again.' });
    await agent.do('screenshot', { path: shot('sign-in-wrong-password') });
    await signIn(daemon.url, bruno.password);
    await intoTheInbox();
  });

  await step('a conversation begins', async () => {
    await visitor.openPanel();
    await visitor.write('Hello? My lamp flickers');
    said.push('Hello? My lamp flickers');
    await until(async () => (await agent.do('inbox')).some(({ title }) => title === CUSTOMER), 'the conversation in the inbox');
    await agent.do('open', { title: CUSTOMER });
    await agentHas(said);
  });

  await step('the agent writes while there is no server', async () => {
    await daemon.kill9();
    await agent.do('sees', { text: 'Couldn’t reach 127.0.0.1' });
    await agent.do('send', { text: 'Does it flicker with another bulb, too?' });
    await agent.do('send', { text: 'And is it the brass one? 💡' });
    said.push('Does it flicker with another bulb, too?', 'And is it the brass one? 💡');
    await agentHas(said);
    assert.equal(await lastCaption(), 'Sending…');
    await agent.do('sees', { text: 'Working offline: 2 messages will be sent when you’re back.' });
    await agent.do('type', { text: 'If so, I will send you ' });
    await agent.do('screenshot', { path: shot('client-offline') });
    await until(() => agent.do('draft_is_kept', { text: 'If so, I will send you ' }), 'the draft on the disk');
    await agent.do('key', { keys: 'ctrl+shift+n' });
    await until(async () => await agent.do('composer') === '', 'a note with nothing in it');
    await agent.do('type', { text: 'Brass ones of May are ' });
    await until(() => agent.do('draft_is_kept', { text: 'Brass ones of May are ' }), 'the draft of the note on the disk');
  });

  await step('the client is killed and starts from what it has kept', async () => {
    await agent.do('kill');
    await agent.do('start');
    await intoTheInbox();
    await until(async () => (await agent.do('inbox')).length >= 7, 'the inbox, from the cache');
    await agent.do('open', { title: CUSTOMER });
    await agentHas(said);
    assert.equal(await lastCaption(), 'Sending…');
    assert.equal(await agent.do('composer'), 'If so, I will send you ');
    await agent.do('key', { keys: 'ctrl+shift+n' });
    await until(async () => await agent.do('composer') === 'Brass ones of May are ', 'the draft of the note');
    await agent.do('clear');
    await agent.do('key', { keys: 'ctrl+shift+n' });
    await until(async () => await agent.do('composer') === 'If so, I will send you ', 'the draft of the answer again');
    await agent.do('screenshot', { path: shot('client-from-cache') });
  });

  await step('the server is back: all is there once, in order, on both sides', async () => {
    await daemon.restart();
    await until(async () => /(Sent|Seen)$/.test(await lastCaption()), 'both to be sent');
    await visitorHas(said);
    await agentHas(said);
    assert.equal(await agent.do('composer'), 'If so, I will send you ', 'the draft stayed');
    await agent.do('send', { text: 'a new one' });
    said.push('If so, I will send you a new one');
    await visitorHas(said);
  });

  await step('the visitor writes without a network and closes the tab', async () => {
    await context.setOffline(true);
    await visitor.page.locator('.notice p', { hasText: 'No connection' }).waitFor();
    await visitor.write('Yes, with all of them');
    await visitor.write('It is the brass one ✨');
    await visitor.screenshot(shot('widget-offline'));
    await visitor.page.close();
    assert.deepEqual(textsOf(await agent.do('messages')), said, 'none of it is here yet');
    await context.setOffline(false);
    visitor.wasUntroubled();
    visitor = await Visitor.arrive(context, shop.address(CUSTOMER));
    await visitor.openPanel();
    said.push('Yes, with all of them', 'It is the brass one ✨');
    await agentHas(said);
    await visitorHas(said);
    await until(async () => (await visitor.log()).every(({ delivery }) => delivery !== 'Sending…'), 'nothing to be sending');
  });

  await step('the server has each of them once', async () => {
    const { token } = await daemon.login(mei.email, mei.password);
    const { records } = (await daemon.rest('GET', '/api/v1/conversations?limit=50', { token })).body;
    const person = records.find(({ type, name }) => type === 'visitor' && name === CUSTOMER);
    const conversation = records.find(({ type, visitor_id: id }) => type === 'conversation' && id === person.id);
    const stored = (await daemon.rest('GET', `/api/v1/conversations/${conversation.id}/messages`, { token })).body.records;
    assert.deepEqual(textsOf(stored), said);
  });

  await step('signed out everywhere: the client says so, and asks to sign in again', async () => {
    const { token } = await daemon.login(bruno.email, bruno.password);
    assert.equal((await daemon.rest('POST', '/api/v1/sessions/revoke-all', { token, body: {} })).status, 200);
    await agent.do('offers', { name: 'Sign in' });
    await agent.do('screenshot', { path: shot('client-signed-out') });
    assert.ok((await agent.do('words')).some((words) => /sign in again/i.test(words)), 'it says what to do');
    await agent.do('press', { name: 'Sign in' });
    await agent.do('sees', { text: 'Sign in to ChatFlow' });
    await signIn(daemon.url, bruno.password);
    await intoTheInbox();
    assert.deepEqual(await agent.do('leave'), []);
  });

  await step('a keyring that stays locked', async () => {
    await agent.do('lock_keyring');
    await agent.do('start');
    await agent.do('offers', { name: 'Unlock and try again' });
    await agent.do('screenshot', { path: shot('keyring-locked') });
    await agent.do('press', { name: 'Sign in again' });
    await signIn(daemon.url, bruno.password);
    await intoTheInbox();
    await agent.do('sees', { text: 'lasts until you quit ChatFlow' });
    await agent.do('screenshot', { path: shot('keyring-locked-signed-in') });
    assert.deepEqual(await agent.do('leave'), []);
  });

  await step('no keyring at all', async () => {
    await agent.do('close_keyring');
    await agent.do('start');
    await intoTheInbox();
    await until(async () => (await agent.do('inbox')).length >= 7, 'the inbox, from the cache');
    await agent.do('press', { name: 'Sign in' });
    await signIn(daemon.url, bruno.password);
    await intoTheInbox();
    await agent.do('sees', { text: 'There is no keyring on this computer, so your sign-in lasts until you quit ChatFlow.' });
    await agent.do('screenshot', { path: shot('keyring-absent') });
    assert.deepEqual(await agent.do('leave'), []);
  });
});
