// SPDX-License-Identifier: GPL-3.0-or-later
//
// An agent chooses a photo at the real client: a visitor sees it on a real page, and so does a colleague at a client of their own.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { newId } from '../lib/ids.mjs';
import { plain } from '../lib/pictures.mjs';
import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Shop } from './shop.mjs';
import { Stage } from './stage.mjs';
import { Visitor } from './visitor.mjs';

/** Nothing else on the screen has it. */
const MAUVE = [200, 60, 180];

test('a photo, from the desk to the page', async (t) => {
  const stage = await Stage.prepare();
  const daemon = await stage.daemon();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-photos-'));
  const shop = await Shop.open(daemon.url, stage.site);
  const browser = await launch('chromium');
  const desk = await DesktopAgent.start({ keyring: 'open sesame' });
  const colleague = await DesktopAgent.start({ keyring: 'open sesame' });
  const index = stage.agents.findIndex(({ agent }) => agent.role === 'admin');
  const other = stage.agents.findIndex(({ agent }) => agent.role !== 'admin');
  const admin = stage.agent(daemon, index);
  t.after(async () => {
    await desk.stop();
    await colleague.stop();
    await browser.close();
    shop.close();
    admin.close();
    await daemon.remove();
    await stage.remove();
    await rm(folder, { recursive: true, force: true });
  });
  admin.start();
  await admin.ready();
  const me = stage.agents[index].agent;
  const mine = () => admin.records.all('agent').find(({ id }) => id === me.id).photo;
  const visitor = await Visitor.arrive(await browser.newContext({ viewport: { width: 1000, height: 700 }, locale: 'en-GB' }), shop.address());
  const { page } = visitor;
  const letter = page.locator('.row.theirs .avatar').last();
  const photo = letter.locator('img');
  const shown = () => photo.evaluate((img) => img.complete && img.naturalWidth);
  const asked = () => page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => /\/photos[/-]/.test(name)).length);

  await t.test('chosen at the client', async () => {
    await writeFile(path.join(folder, 'me.png'), plain(600, 400, MAUVE));
    await desk.do('start', {});
    await desk.do('sign_in', { server: daemon.url, ...credentials(stage, index) });
    await desk.do('settings', { page: 'My account' });
    await desk.do('choose_photo', { path: path.join(folder, 'me.png') });
    await desk.do('sees_in', { window: 'Settings', text: 'Your photo is shown now' });
    await until(mine, 'the photo at the server');
    await desk.do('sees_color', { red: MAUVE[0], green: MAUVE[1], blue: MAUVE[2] });
  });

  await t.test('a page on which nobody has answered asks for nothing', async () => {
    await visitor.openPanel();
    await visitor.write('Is it you?');
    await until(() => admin.records.all('message').find(({ text }) => text === 'Is it you?'), 'the question');
    assert.equal(await asked(), 0);
  });

  await t.test('the visitor sees it with the answer, and in the head', async () => {
    const { conversation_id } = admin.records.all('message').find(({ text }) => text === 'Is it you?');
    await admin.call('conversation.accept', { id: conversation_id, event_id: newId() });
    await admin.call('message.send', { id: newId(), conversation_id, text: 'It is.' });
    await until(async () => (await photo.count()) > 0 && (await shown()) === 256, 'the photo');
    assert.equal(await photo.getAttribute('src'), `${daemon.url}/photos/${mine()}`);
    assert.equal(await page.locator('.header .avatar img').count(), 1);
    await visitor.screenshot(`${process.env.CHATFLOW_SHOTS ?? '.'}/photos-page.png`);
  });

  await t.test('a colleague sees it at their client', async () => {
    await colleague.do('start', {});
    await colleague.do('sign_in', { server: daemon.url, ...credentials(stage, other) });
    await until(async () => (await colleague.do('inbox')).length > 0, 'the inbox');
    await colleague.do('message_colleague', { names: [me.name] });
    const channel = await until(() => admin.records.all('channel')[0], 'the channel');
    await admin.call('channel.send', { id: newId(), conversation_id: channel.id, text: 'New photo' });
    await colleague.do('sees_color', { red: MAUVE[0], green: MAUVE[1], blue: MAUVE[2] });
    await colleague.do('screenshot', { path: `${process.env.CHATFLOW_SHOTS ?? '.'}/photos-colleague.png` });
  });

  await t.test('taken away, the letter is there again; and nothing is asked for where a site shows no photos', async () => {
    await desk.do('press_in', { window: 'Settings', name: 'Remove the photo' });
    await until(() => mine() === undefined, 'its end at the server');
    await page.reload();
    await visitor.openPanel();
    await until(async () => (await letter.innerText()) === me.name[0].toUpperCase() && (await asked()) === 1, 'the letter, once it was asked');
    assert.equal(await photo.count(), 0);
    const site = (await admin.call('site.list')).records.find(({ key }) => key === stage.site);
    await admin.call('agent.photo', { picture: plain(64, 64, MAUVE).toString('base64') });
    await admin.call('site.configure', { id: site.id, version: site.version, appearance: { photos_off: true } });
    await page.reload();
    await visitor.openPanel();
    await until(async () => (await page.locator('.row.theirs').count()) > 0, 'the conversation');
    assert.equal(await letter.isVisible(), false);
    assert.equal(await asked(), 0);
    visitor.wasUntroubled();
    assert.deepEqual(await desk.do('leave'), []);
    assert.deepEqual(await colleague.do('leave'), []);
  });
});

function credentials(stage, index) {
  const { email, password } = stage.credentials[index];
  return { email, password };
}
