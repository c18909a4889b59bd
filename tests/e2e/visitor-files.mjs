// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files in the widget, on real pages in Chromium with a real daemon: what a visitor sends comes to the team, what the team sends is seen, and what may not
// be sent says why.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { EICAR, noClamd, startClamd } from '../lib/clamd.mjs';
import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { JPEG, PNG, jpegWithPlace } from '../lib/pictures.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { PATIENCE, until } from '../lib/until.mjs';
import { launch, openPanel, settled, write } from '../widget/lib/stage.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Shop } from './shop.mjs';

const MEGABYTE = 1 << 20;
const HUNDRED = 100 * 1000 * 1000;
const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');

/** A daemon with its shop, a browser, and a colleague who sees all. */
async function stage(t, options = {}) {
  const daemon = await Daemon.start({ demo: true, options: { CHATFLOW_MAX_FILE_SIZE: 8 * MEGABYTE, ...options } });
  t.after(() => daemon.remove());
  const { key } = daemon.demo.site;
  const shop = await Shop.open(daemon.url, key);
  t.after(() => shop.close());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const [{ email, password }] = daemon.demo.agents;
  const agent = { token: (await daemon.login(email, password)).token };
  const staff = new Client({ url: daemon.socketUrl, credentials: agent }).start();
  t.after(() => staff.close());
  await staff.ready();
  const site = (await staff.call('site.list')).records.find((one) => one.key === key);
  const configure = async (files) => {
    const { version } = await staff.call('site.settings', { id: site.id });
    return staff.call('site.configure', { id: site.id, version, files });
  };
  return { daemon, key, shop, browser, staff, agent, email, password, configure };
}

/** A visitor on the shop's page with an open panel; `script` runs before anything of the page. */
async function arrive(t, scene, hello, script = () => {}) {
  const context = await scene.browser.newContext({ viewport: { width: 1100, height: 760 } });
  t.after(() => context.close());
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript(script);
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(scene.shop.address());
  await openPanel(page);
  await clip(page).waitFor();
  if (hello) {
    await write(page, hello);
    await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  }
  return { page, context, errors };
}

const clip = (page) => page.getByRole('button', { name: 'Attach files' });
const choose = (page, ...files) => page.locator('input[type=file]').setInputFiles(files.map(([name, mimeType, buffer]) => ({ name, mimeType, buffer })));
const row = (page, name) => page.locator('.tray li', { hasText: name });
const submit = (page) => page.locator('.composer .send').click();

/** What the team has of a message with these words. */
async function received({ staff }, words) {
  return until(async () => {
    for (const { id } of (await staff.call('conversation.list', { status: 'open' })).records.filter(({ type }) => type === 'conversation')) {
      const { records } = await staff.call('message.list', { conversation_id: id });
      const message = records.find(({ kind, text }) => kind === 'text' && text === words);
      if (message) return message;
    }
    return undefined;
  }, `the message “${words}”`);
}

async function contentOf({ staff, daemon }, id) {
  const { link, records } = await staff.call('file.link', { id });
  const answer = await fetch(daemon.url + link);
  return { record: records[0], bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** Gives the composer an event as it comes with something in the clipboard. */
const paste = (page, { text = '', name, type, bytes }) => page.locator('.composer textarea').evaluate((field, given) => {
  const data = new DataTransfer();
  if (given.text) data.setData('text/plain', given.text);
  if (given.name) data.items.add(new File([new Uint8Array(given.bytes)], given.name, { type: given.type }));
  return field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, composed: true, cancelable: true }));
}, { text, name, type, bytes: bytes && [...bytes] });

test('files of visitors', async (t) => {
  const scene = await stage(t);
  const { daemon, staff } = scene;

  await t.test('the words begin the conversation, the file follows; both sides see it', async (t2) => {
    const { page, errors } = await arrive(t2, scene);
    await choose(page, ['holiday.jpg', 'image/jpeg', jpegWithPlace()]);
    await row(page, 'holiday.jpg').waitFor();
    await write(page, 'We were here');
    await page.locator('.picture img').waitFor();
    assert.equal(await page.locator('.tray li').count(), 0);
    const message = await received(scene, 'holiday.jpg');
    const { record, bytes } = await contentOf(scene, message.files[0]);
    assert.deepEqual([record.state, record.media_type], ['ready', 'image/jpeg']);
    assert.ok(!bytes.includes('GPS') && !bytes.includes('Exif'), 'without the place');
    assert.equal(await page.locator('.files.named + .bubble').isVisible(), false, 'the name is not said twice');
    await staff.call('message.send', { id: newId(), conversation_id: message.conversation_id, text: 'Nice' });
    await page.locator('.bubble', { hasText: 'Nice' }).waitFor();
    assert.deepEqual(errors, []);
  });

  await t.test('a message waits for its file; a broken line is taken up where it broke', async (t2) => {
    const { page, context } = await arrive(t2, scene, 'Hello from the breaks');
    let cut = 0;
    const pieces = [];
    await context.route('**/api/v1/files/*/content', async (route) => {
      const range = route.request().headers()['content-range'];
      if (range) pieces.push(range);
      // The second piece breaks, and so does the first question after it.
      if (route.request().method() !== 'OPTIONS' && pieces.length === 2 && cut < 2) {
        cut++;
        return route.abort('connectionreset');
      }
      return route.continue();
    });
    const bytes = Buffer.from(`All work.\n${'no play\n'.repeat(330_000)}`);
    await choose(page, ['long.txt', 'text/plain', bytes]);
    await page.locator('.composer textarea').fill('Here is all of it');
    await submit(page);
    const message = await received(scene, 'Here is all of it');
    assert.ok(cut >= 1, 'it was cut');
    assert.ok((await contentOf(scene, message.files[0])).bytes.equals(bytes));
    assert.ok(new Set(pieces).size < pieces.length + 1 && pieces.filter((piece) => piece.startsWith('bytes 0-')).length === 1, `it went on: ${pieces}`);
    await until(async () => (await page.locator('.composer textarea').inputValue()) === '', 'the words are gone');
    await page.locator('.files .file', { hasText: 'long.txt' }).waitFor();
  });

  await t.test('one that is taken away is not sent, and does not stand in the way of others', async (t2) => {
    const { page, context } = await arrive(t2, scene, 'Hello from the canceller');
    let held = [];
    await context.route('**/api/v1/files/*/content', (route) => { held.push(route); });
    for (let n = 0; n < 6; n++) {
      held = [];
      await choose(page, [`film-${n}.txt`, 'text/plain', Buffer.from('a film\n')]);
      await until(() => held.length > 0, 'it is on its way');
      await page.getByRole('button', { name: `Delete: film-${n}.txt` }).click();
      await row(page, `film-${n}.txt`).waitFor({ state: 'detached' });
      for (const route of held) await route.abort().catch(() => {});
    }
    await context.unroute('**/api/v1/files/*/content');
    await choose(page, ['kept.txt', 'text/plain', Buffer.from('this one stays\n')]);
    await page.locator('.composer textarea').fill('Only one');
    await submit(page);
    const message = await received(scene, 'Only one');
    assert.equal(message.files.length, 1);
    assert.equal((await contentOf(scene, message.files[0])).record.name, 'kept.txt');
  });

  await t.test('a screenshot is pasted, words win, a hundred megabytes are refused', async (t2) => {
    const { page, errors } = await arrive(t2, scene, 'Hello from the clipboard');
    assert.equal(await paste(page, { name: 'image.png', type: 'image/png', bytes: PNG }), false, 'it is taken');
    await row(page, 'screenshot.png').waitFor();
    await submit(page);
    const shot = await received(scene, 'screenshot.png');
    assert.equal((await contentOf(scene, shot.files[0])).record.width, 16);
    assert.equal(await paste(page, { text: 'words', name: 'image.png', type: 'image/png', bytes: PNG }), true, 'the browser writes the words');
    assert.equal(await page.locator('.tray li').count(), 0);

    await page.locator('.composer textarea').fill('What I had written');
    const inserted = await page.locator('.composer textarea').evaluate((field, size) => {
      const data = new DataTransfer();
      data.setData('text/plain', 'x'.repeat(size));
      return field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, composed: true, cancelable: true }));
    }, HUNDRED);
    assert.equal(inserted, false, 'nothing is inserted');
    await page.getByRole('alert').filter({ hasText: '100,000,000 of 8,000 characters' }).waitFor();
    assert.equal(await page.locator('.composer textarea').inputValue(), 'What I had written');

    let asked = 0;
    page.on('request', (request) => { if (request.url().includes('/api/v1/files/')) asked++; });
    await page.evaluate((size) => {
      const input = document.querySelector('chatflow-widget').shadowRoot.querySelector('input[type=file]');
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(size)], 'film.mp4', { type: 'video/mp4' }));
      input.files = data.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }, HUNDRED);
    await row(page, 'film.mp4').getByText('Too large. The limit is 8.4 MB.').waitFor();
    assert.equal(asked, 0, 'not a byte was sent');
    await page.getByRole('button', { name: 'Delete: film.mp4' }).click();
    assert.deepEqual(errors, []);
  });

  await t.test('what may not be sent says why, in the tray and to the server', async (t2) => {
    const { page } = await arrive(t2, scene, 'Hello from the refused');
    await choose(page, ['page.html', 'text/html', Buffer.from('<!doctype html><html><body><script>alert(1)</script></body></html>')],
      ['broken.png', 'image/png', Buffer.concat([PNG.subarray(0, 40), Buffer.alloc(30)])], ['nothing.txt', 'text/plain', Buffer.alloc(0)]);
    await row(page, 'page.html').getByText('This kind of file can’t be sent.').waitFor();
    await row(page, 'broken.png').getByText('This picture is damaged.').waitFor();
    await row(page, 'nothing.txt').getByText('This file is empty or can’t be read.').waitFor();
    await page.locator('.composer textarea').fill('All the same');
    await submit(page);
    assert.equal(await page.locator('.composer textarea').inputValue(), 'All the same', 'the words stay');
    for (const name of ['page.html', 'broken.png', 'nothing.txt']) await page.getByRole('button', { name: `Delete: ${name}` }).click();
    await submit(page);
    assert.equal((await received(scene, 'All the same')).files, undefined);
  });

  await t.test('a site says how large, which kinds, and whether at all', async (t2) => {
    const { page } = await arrive(t2, scene, 'Hello from the limits');
    await scene.configure({ max_size: 1000, types: ['image/*'] });
    await choose(page, ['large.txt', 'text/plain', Buffer.from('a line of text\n'.repeat(100))], ['small.txt', 'text/plain', Buffer.from('a line of text\n')],
      ['small.jpg', 'image/jpeg', JPEG]);
    await row(page, 'large.txt').getByText('Too large. The limit is 1 kB.').waitFor();
    await row(page, 'small.txt').getByText('This kind of file can’t be sent.').waitFor();
    for (const name of ['large.txt', 'small.txt']) await page.getByRole('button', { name: `Delete: ${name}` }).click();
    await submit(page);
    const { conversation_id } = await received(scene, 'small.jpg');

    // The server does not take the widget's word for it.
    const token = await page.evaluate((key) => localStorage.getItem(`chatflow:${key}:token`), scene.key);
    const visitor = { site: scene.key, token, origin: new URL(scene.shop.address()).origin };
    const create = (size, id = newId()) => daemon.rest('POST', '/api/v1/files', { ...visitor, body: { id, conversation_id, name: 'a.txt', size } });
    assert.deepEqual((({ status, body }) => [status, body.reason])(await create(1001)), [413, 'too_large']);
    const begun = newId();
    assert.equal((await create(900, begun)).status, 200);
    await scene.configure({ off: true });
    assert.deepEqual((({ status, body }) => [status, body.reason])(await create(10)), [403, 'forbidden']);
    const headers = { authorization: `Bearer ${token}`, 'x-chatflow-site': scene.key, origin: visitor.origin };
    const late = await fetch(`${daemon.url}/api/v1/files/${begun}/content`, { method: 'PUT', headers, body: Buffer.alloc(900) });
    assert.equal(late.status, 403, 'what was announced before is not taken either');
    await clip(page).waitFor({ state: 'detached' });
    await staff.call('file.create', { id: newId(), conversation_id, name: 'ours.txt', size: 5000 });
    await scene.configure({});
    await clip(page).waitFor();
  });

  await t.test('another origin cannot upload, another visitor cannot fetch or cancel', async (t2) => {
    const { page } = await arrive(t2, scene, 'Hello from the owner');
    await choose(page, ['mine.txt', 'text/plain', Buffer.from('mine alone\n')]);
    await submit(page);
    const message = await received(scene, 'mine.txt');
    const token = await page.evaluate((key) => localStorage.getItem(`chatflow:${key}:token`), scene.key);
    const id = newId();
    const body = { id, conversation_id: message.conversation_id, name: 'a.txt', size: 10 };
    const origin = new URL(scene.shop.address()).origin;
    await staff.call('site.configure', { id: (await staff.call('site.list')).records.find(({ key }) => key === scene.key).id,
      version: (await staff.call('site.settings', { id: (await staff.call('site.list')).records.find(({ key }) => key === scene.key).id })).version, origins: [origin] });
    assert.equal((await daemon.rest('POST', '/api/v1/files', { site: scene.key, token, origin: 'https://evil.example', body })).status, 403);
    assert.equal((await daemon.rest('POST', '/api/v1/files', { site: scene.key, token, origin, body })).status, 200);
    const headers = { authorization: `Bearer ${token}`, 'x-chatflow-site': scene.key, origin: 'https://evil.example' };
    assert.equal((await fetch(`${daemon.url}/api/v1/files/${id}/content`, { method: 'PUT', headers, body: Buffer.alloc(10) })).status, 403);
    const stranger = { site: scene.key, token: newVisitorToken(), origin };
    await daemon.rest('POST', '/api/v1/conversations', { ...stranger, body: { id: newId(), message_id: newId(), text: 'hi' } });
    assert.equal((await daemon.rest('GET', `/api/v1/files/${message.files[0]}/link`, stranger)).status, 404);
    assert.equal((await daemon.rest('POST', `/api/v1/files/${id}/cancel`, stranger)).status, 404);
    const mine = { site: scene.key, token, origin };
    assert.equal((await daemon.rest('POST', `/api/v1/files/${message.files[0]}/cancel`, mine)).status, 409, 'what is sent is sent');
    const cancelled = await daemon.rest('POST', `/api/v1/files/${id}/cancel`, mine);
    assert.deepEqual([cancelled.status, cancelled.body.records[0].state], [200, 'refused']);
  });
});

/** An agent sends a picture, by the calls of their client, which has tests of its own. */
async function sendPicture({ staff, agent, daemon }, conversation_id, name, text) {
  const id = newId();
  await staff.call('file.create', { id, conversation_id, name, size: JPEG.length });
  await fetch(`${daemon.url}/api/v1/files/${id}/content`, { method: 'PUT', headers: { authorization: `Bearer ${agent.token}` }, body: JPEG });
  await until(async () => (await staff.call('file.link', { id })).records[0].state === 'ready', 'the picture to be ready');
  await staff.call('message.send', { id: newId(), conversation_id, text, files: [id] });
}

/** It is drawn on the visitor's page. */
async function seesPicture(page, name) {
  const picture = page.getByRole('link', { name });
  await picture.locator('img').waitFor();
  await until(() => picture.locator('img').evaluate((image) => image.complete && image.naturalWidth > 0), 'it is drawn');
  assert.equal(await picture.getAttribute('rel'), 'noopener noreferrer');
}

test('without WebSockets files go and come as with them', async (t) => {
  const scene = await stage(t);
  const { page, context, errors } = await arrive(t, scene, 'Hello by HTTP', () => delete window.WebSocket);
  const sockets = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const held = [];
  const pieces = [];
  let holds = true;
  await context.route('**/api/v1/files/*/content', (route) => {
    if (route.request().method() === 'PUT') pieces.push(route.request().headers()['content-range']);
    // The first piece passes; then the line is slow, until it breaks.
    if (holds && pieces.length > 1) held.push(route);
    else void route.continue();
  });
  const bytes = Buffer.concat([PNG, Buffer.alloc(2.5 * MEGABYTE)]);
  await page.locator('.composer textarea').fill('All of the scan');
  await choose(page, ['scan.png', 'image/png', bytes]);
  await until(() => held.length > 0, 'the second piece');
  const progress = row(page, 'scan.png').locator('progress');
  const { value, max } = await progress.evaluate((bar) => ({ value: bar.value, max: bar.max }));
  assert.ok(value > 0 && value < max, `on its way: ${value} of ${max}`);

  // One more, which is taken away while it waits.
  await choose(page, ['mistake.txt', 'text/plain', Buffer.from('not this one\n')]);
  await page.getByRole('button', { name: 'Delete: mistake.txt' }).click();
  await row(page, 'mistake.txt').waitFor({ state: 'detached' });

  await submit(page);
  await context.setOffline(true);
  for (const route of held) await route.abort().catch(() => {});
  holds = false;
  await page.locator('.notice p').waitFor();
  await context.setOffline(false);
  const message = await received(scene, 'All of the scan');
  assert.equal(message.files.length, 1);
  const { record, bytes: come } = await contentOf(scene, message.files[0]);
  assert.deepEqual([record.name, record.media_type, record.width], ['scan.png', 'image/png', 16]);
  assert.ok(come.subarray(0, 8).equals(PNG.subarray(0, 8)));
  assert.equal(pieces.filter((piece) => piece?.startsWith('bytes 0-')).length, 1, `it went on where it was: ${pieces}`);
  await page.locator('.picture img').waitFor();

  await sendPicture(scene, message.conversation_id, 'new.jpg', 'We send this one');
  await seesPicture(page, 'new.jpg');
  assert.deepEqual([sockets, errors], [[], []]);
});

test('what a real scanner finds is refused in plain words, and comes to nobody', { skip: noClamd }, async (t) => {
  const scene = await stage(t, { CHATFLOW_CLAMD: await startClamd(t) });
  const { staff } = scene;
  const { page, errors } = await arrive(t, scene, 'Hello from the unlucky');
  const { conversation_id } = await received(scene, 'Hello from the unlucky');
  const agent = await DesktopAgent.start({ keyring: 'harbour' });
  t.after(() => agent.stop());
  await agent.do('start');
  await agent.do('sign_in', { server: scene.daemon.url, email: scene.email, password: scene.password });
  await until(async () => (await agent.do('inbox')).length > 0, 'the inbox');
  await agent.do('choose', { inbox: 'All' });
  await agent.do('open', { title: 'Visitor' });

  await page.locator('.composer textarea').fill('My invoice, as you asked');
  await choose(page, ['invoice.pdf', 'application/pdf', Buffer.from(EICAR)]);
  await submit(page);
  await row(page, 'invoice.pdf').getByText('A virus was found in it.').waitFor();
  await submit(page);
  assert.equal(await page.locator('.composer textarea').inputValue(), 'My invoice, as you asked', 'the words stay');
  await settled(page);
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, 'visitor-files-infected.png') });

  // Nothing of it at the other side: no message, no file in one, nothing on the screen.
  const told = async () => (await staff.call('message.list', { conversation_id })).records.filter(({ kind }) => kind === 'text');
  assert.deepEqual((await told()).map(({ text, files }) => [text, files]), [['Hello from the unlucky', undefined]]);
  assert.ok(!staff.records.all('file').some(({ name, sent }) => name === 'invoice.pdf' && sent));

  await page.getByRole('button', { name: 'Delete: invoice.pdf' }).click();
  await submit(page);
  assert.equal((await received(scene, 'My invoice, as you asked')).files, undefined);
  await until(async () => (await agent.do('messages')).some(({ text }) => text === 'My invoice, as you asked'), 'the words on the agent’s screen');
  assert.doesNotMatch(JSON.stringify(await agent.do('messages')), /invoice\.pdf|virus|eicar/i);
  await agent.do('screenshot', { path: path.join(SHOTS, 'visitor-files-infected-agent.png') });
  assert.deepEqual([errors, await agent.do('leave')], [[], []]);
});

test('with an agent at the client: both see what the other sends', async (t) => {
  const scene = await stage(t);
  const { page } = await arrive(t, scene, 'Hello from the shop');
  const agent = await DesktopAgent.start({ keyring: 'harbour' });
  t.after(() => agent.stop());
  await agent.do('start');
  await agent.do('sign_in', { server: scene.daemon.url, email: scene.email, password: scene.password });
  await until(async () => (await agent.do('inbox')).length > 0, 'the inbox');
  await agent.do('choose', { inbox: 'All' });
  await agent.do('open', { title: 'Visitor' });
  await choose(page, ['parcel.png', 'image/png', PNG]);
  await page.locator('.composer textarea').fill('It came like this');
  await submit(page);
  await agent.do('button', { name: 'Picture parcel.png, 16 by 8' });
  const message = await received(scene, 'It came like this');
  await sendPicture(scene, message.conversation_id, 'new.jpg', 'We send this one');
  await seesPicture(page, 'new.jpg');
  assert.deepEqual(await agent.do('leave'), []);
});
