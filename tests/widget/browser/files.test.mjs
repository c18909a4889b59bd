// SPDX-License-Identifier: GPL-3.0-or-later
// Files of both sides: how they look, how they are reached, what is said of them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { noViolations } from '../lib/axe.mjs';
import { Stage, openPanel, until, write } from '../lib/stage.mjs';

let stage;
before(async () => (stage = await Stage.raise()));
after(() => stage.stop());

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes) => (bytes.reduce((c, byte) => TABLE[(c ^ byte) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const size = Buffer.alloc(4);
  const sum = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([size, body, sum]);
}

/** A picture with something to see in it. */
function png(width, height) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows.set([40 + (x * 120) / width, 90 + (y * 110) / height, 150], y * (width * 3 + 1) + 1 + x * 3);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

const WIDE = png(600, 360);
const picture = (name, bytes = WIDE) => ({ name, bytes, media_type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) });
const paper = (name) => ({ name, bytes: Buffer.alloc(1_234_567), media_type: 'application/pdf' });
const choose = (page, ...names) => page.locator('input[type=file]').setInputFiles(names.map(([name, buffer = Buffer.from('some words\n')]) => ({ name, mimeType: /png$/.test(name) ? 'image/png' : 'text/plain', buffer })));
const clip = (page) => page.locator('.composer .icon-button').first();
const row = (page, name) => page.locator('.tray li', { hasText: name });
const fetched = (page, part) => page.evaluate((name) => performance.getEntriesByType('resource').some(({ name: one }) => one.includes(`/widget/${name}-`)), part);

async function talking(t, given) {
  const scene = await stage.scene(t, given);
  scene.context.setDefaultTimeout(30_000);
  await openPanel(scene.page);
  await clip(scene.page).waitFor();
  await write(scene.page, 'Hello');
  await scene.page.locator('.delivery').waitFor();
  return scene;
}

test('nothing is fetched before there is a file, and each part when it is needed', async (t) => {
  const { page, daemon, errors } = await talking(t);
  assert.deepEqual([await fetched(page, 'tray'), await fetched(page, 'shown')], [false, false]);
  daemon.sends('paper.pdf', [paper('paper.pdf')]);
  await page.locator('.file', { hasText: 'paper.pdf' }).waitFor();
  assert.deepEqual([await fetched(page, 'tray'), await fetched(page, 'shown')], [false, true]);
  await choose(page, ['a.txt']);
  await row(page, 'a.txt').waitFor();
  assert.equal(await fetched(page, 'tray'), true);
  assert.deepEqual(errors, []);
});

test('what comes is told to those who don’t see it; what fails says so, once', async (t) => {
  const { page, daemon } = await talking(t);
  daemon.findings = { 'bad.txt': 'infected' };
  await choose(page, ['good.txt']);
  await page.getByRole('status').filter({ hasText: 'good.txt: Uploaded' }).waitFor({ state: 'attached' });
  await choose(page, ['bad.txt']);
  await page.getByRole('status').filter({ hasText: 'bad.txt: A virus was found in it.' }).waitFor({ state: 'attached' });
  await page.locator('.composer .send').click();
  await page.getByText('Waiting for the files…').waitFor();
  assert.equal(daemon.texts().length, 1, 'it is held back');
  await page.getByRole('button', { name: 'Delete: bad.txt' }).click();
  assert.equal(await page.evaluate(() => document.querySelector('chatflow-widget').shadowRoot.activeElement.tagName), 'TEXTAREA');
  await until(() => daemon.texts().includes('good.txt'), 'the message goes by itself');
});

test('a message waits for its files; writing on takes that back', async (t) => {
  const { page, daemon } = await talking(t);
  daemon.checks = false;
  await choose(page, ['slow.txt']);
  await row(page, 'slow.txt').getByText('Being checked…').waitFor();
  const field = page.locator('.composer textarea');
  await field.fill('With words');
  await field.press('Enter');
  await page.getByText('Waiting for the files…').waitFor();
  assert.equal(await field.inputValue(), 'With words');
  await field.press('End');
  await field.pressSequentially(' more');
  await page.getByText('Waiting for the files…').waitFor({ state: 'detached' });
  daemon.check();
  await page.getByRole('status').filter({ hasText: 'slow.txt: Uploaded' }).waitFor({ state: 'attached' });
  assert.equal(daemon.texts().length, 1);
  await field.press('Enter');
  await until(() => daemon.texts().includes('With words more'), 'the message');
  assert.equal(await field.inputValue(), '');
});

test('eleven are one too many; an empty one, and one that is too large, are refused here', async (t) => {
  const { page, daemon } = await talking(t);
  daemon.fileMax = 2000;
  await choose(page, ...Array.from({ length: 11 }, (_, n) => [`file-${n}.txt`]));
  await page.getByText('At most 10 files in a message.').waitFor();
  assert.equal(await page.locator('.tray li').count(), 10);
  for (let n = 0; n < 10; n++) await page.getByRole('button', { name: `Delete: file-${n}.txt` }).click();
  await choose(page, ['large.txt', Buffer.alloc(2001)], ['empty.txt', Buffer.alloc(0)]);
  await row(page, 'large.txt').getByText('Too large. The limit is 2 kB.').waitFor();
  await row(page, 'empty.txt').getByText('This file is empty or can’t be read.').waitFor();
  assert.ok(!daemon.heard.some(({ method, params }) => method === 'file.create' && /large|empty/.test(params.name)));
});

test('dropped on the panel, whose edge shows it', async (t) => {
  const { page, shot } = await talking(t);
  const drag = (name) => page.locator('.scroller').evaluate((box, type) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['dropped words\n'], 'dropped.txt', { type: 'text/plain' }));
    return box.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true }));
  }, name);
  assert.equal(await drag('dragover'), false);
  await page.locator('.frame.is-drop').waitFor({ state: 'attached' });
  await shot('files-drop');
  assert.equal(await drag('drop'), false, 'the browser does not leave for it');
  await row(page, 'dropped.txt').waitFor();
  assert.equal(await page.locator('.frame.is-drop').count(), 0);
});

test('without a connection nothing is lost: it goes up when there is one', async (t) => {
  const { page, daemon, context } = await talking(t);
  await context.route('**/api/v1/files/*/content', (route) => route.abort('connectionreset'));
  daemon.drop();
  await choose(page, ['late.txt']);
  await page.locator('.composer textarea').fill('Late');
  await page.locator('.composer .send').click();
  await page.getByText('Waiting for the files…').waitFor();
  await context.unroute('**/api/v1/files/*/content');
  await until(() => daemon.texts().includes('Late'), 'the message');
  assert.equal(daemon.contents.size, 1);
  assert.equal([...daemon.contents.values()][0].toString(), 'some words\n');
});

test('pictures have their place before they are there, and open elsewhere', async (t) => {
  const { page, daemon, context } = await talking(t);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await context.route('**/files/*/proof/*', async (route) => {
    await held;
    await route.continue();
  });
  daemon.sends('Here', [picture('plan.png')]);
  const link = page.getByRole('link', { name: 'plan.png' });
  await link.locator('img').waitFor({ state: 'attached' });
  const place = await link.boundingBox();
  assert.deepEqual([Math.round(place.width), Math.round(place.height)], [240, 144]);
  release();
  await until(() => link.locator('img').evaluate((image) => image.complete && image.naturalWidth === 600), 'it is drawn');
  assert.deepEqual(await link.boundingBox(), place);
  assert.deepEqual([await link.getAttribute('target'), await link.getAttribute('rel')], ['_blank', 'noopener noreferrer']);
  assert.equal(await link.locator('img').getAttribute('alt'), 'plan.png');
});

test('a page whose policy has no pictures of ours gets a line; its files go up', async (t) => {
  const { page, daemon, errors } = await talking(t, { path: '/strict' });
  daemon.sends('Here', [picture('plan.png')]);
  await page.locator('.file', { hasText: 'plan.png' }).waitFor();
  await choose(page, ['mine.png', WIDE]);
  await until(() => page.locator('.thumb canvas').evaluate((canvas) => !canvas.hidden), 'the preview is drawn all the same');
  await page.locator('.composer .send').click();
  await until(() => daemon.texts().includes('mine.png'), 'the message');
  assert.deepEqual(errors, []);
});

test('an address that is over is asked for anew; a file that is gone says so', async (t) => {
  const { page, daemon } = await talking(t);
  daemon.sends('paper.pdf', [paper('paper.pdf')]);
  const link = page.locator('a.file', { hasText: 'paper.pdf' });
  await until(() => link.getAttribute('href'), 'the address');
  const asked = () => daemon.heard.filter(({ method }) => method === 'file.link').length;
  const first = asked();
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 90_000_000;
  });
  daemon.refuse('file.link', 'not_found');
  await link.click();
  await page.locator('.file', { hasText: 'This file is no longer available.' }).waitFor();
  assert.equal(asked(), first + 1);
});

for (const [what, given] of [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['phone', { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true }],
  ['narrow', { viewport: { width: 320, height: 480 } }],
  ['zoom', { viewport: { width: 550, height: 380 }, deviceScaleFactor: 2 }],
  ['forced', { forcedColors: 'active' }],
  ['rtl', { path: '/arabic' }],
])
  test(`they can be seen and reached: ${what}`, async (t) => {
    const { page, daemon, shot, errors } = await talking(t, given);
    daemon.sends('Both of them', [picture('plan.png'), paper('terms and conditions of the spring sale.pdf')]);
    await page.locator('.picture img').waitFor();
    await choose(page, ['mine.png', WIDE]);
    await until(() => daemon.records && [...daemon.records.values()].some(({ name, state }) => name === 'mine.png' && state === 'ready'), 'it is up');
    await page.locator('.composer .send').click();
    await until(() => daemon.texts().includes('mine.png'), 'the message');
    await page.locator('.picture img').nth(1).waitFor();
    daemon.checks = false;
    daemon.findings = {};
    daemon.fileMax = 25_000_000;
    await choose(page, ['next.png', WIDE], ['nothing.txt', Buffer.alloc(0)]);
    await page.locator('.tray li.checking').waitFor();
    await page.locator('.tray li.failed').waitFor();
    await until(() => page.locator('.picture img').evaluateAll((all) => all.every((one) => one.complete)), 'they are drawn');
    await noViolations(page);
    await shot(`files-${what}`);
    assert.equal(await page.locator('.scroller').evaluate((box) => box.scrollWidth > box.clientWidth), false, 'nothing is cut off');
    const panel = await page.locator('#panel').boundingBox();
    for (const part of ['.tray li.failed .icon-button', '.composer .send', '.composer textarea']) {
      const { x, width, y, height } = await page.locator(part).boundingBox();
      assert.ok(x >= panel.x && x + width <= panel.x + panel.width && y + height <= panel.y + panel.height, part);
    }
    // By keyboard alone: from the field over the buttons.
    await page.locator('.composer textarea').focus();
    const names = [];
    for (let n = 0; n < 5; n++) {
      await page.keyboard.press('Tab');
      names.push(await page.evaluate(() => document.querySelector('chatflow-widget').shadowRoot.activeElement?.getAttribute('aria-label') ?? ''));
    }
    for (const name of ['next.png', 'nothing.txt']) assert.ok(names.some((one) => one.includes(name)), `${name}: ${names}`);
    assert.deepEqual(errors, []);
  });
