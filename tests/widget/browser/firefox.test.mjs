// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { FIELDS, FORM, QUESTIONS } from '../lib/forms.mjs';
import { Stage, bubbles, openPanel, until, write } from '../lib/stage.mjs';

let stage;
before(async () => (stage = await Stage.raise('firefox')));
after(() => stage.stop());

test('a visitor writes, the team answers, the connection drops and comes back', async (t) => {
  const { page, daemon, errors, shot } = await stage.scene(t);
  await openPanel(page);
  await page.getByText('Ask us anything about tea.').waitFor();
  await write(page, 'Hello from Firefox 🦊');
  await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  daemon.assign();
  daemon.types();
  await page.locator('.typing').waitFor();
  daemon.says('Hi! See https://tea.example/.');
  await page.locator('.bubble a').waitFor();
  daemon.drop();
  await write(page, 'Are you there?');
  await until(() => daemon.texts().length === 3);
  await until(async () => (await page.locator('.sending').count()) === 0);
  await page.reload();
  await openPanel(page);
  await until(async () => (await bubbles(page)).length === 3);
  assert.deepEqual(await bubbles(page), ['Hello from Firefox 🦊', 'Hi! See https://tea.example/.', 'Are you there?']);
  await shot('firefox');
  await page.locator('textarea').press('Escape');
  await page.locator('#panel').waitFor({ state: 'hidden' });
  assert.deepEqual(errors, []);
});

test('what a site asks before is answered, and goes with the first message', async (t) => {
  const { page, daemon, errors, shot } = await stage.scene(t, { site: { form: FORM } });
  const { about, order, email, bought, agree } = FIELDS;
  await openPanel(page);
  await page.locator('.form button').click();
  assert.equal(await page.locator('.wrong').count(), 3);
  await page.getByLabel(about.label).selectOption('An order');
  await page.getByLabel(order.label).fill('1182');
  await page.getByLabel(email.label).fill('ana@example.com');
  await page.getByLabel(bought.label).fill('2026-11-21');
  await page.getByLabel(agree.label).check();
  await shot('firefox-form');
  await page.locator('.form button').click();
  await write(page, 'Where is it?');
  await until(() => daemon.texts().length === 1);
  const { params } = daemon.heard.find(({ method }) => method === 'conversation.start');
  assert.deepEqual(params.form.values.map(({ value }) => value), ['An order', '1182', 'ana@example.com', '2026-11-21', 'yes']);
  assert.deepEqual(errors, []);
});

test('what a site asks in the conversation is answered there', async (t) => {
  const { page, daemon, errors, shot } = await stage.scene(t, { site: { form: QUESTIONS } });
  const { email, phone } = FIELDS;
  await openPanel(page);
  await write(page, 'Where is it?');
  await page.getByLabel(email.label).last().fill('ana@example.com');
  await shot('firefox-ask');
  await page.locator('.ask [type=submit]').click();
  await page.locator('.ask', { hasText: phone.label }).waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('chatflow-widget').shadowRoot.activeElement?.name), phone.id);
  await page.locator('.ask [type=button]').click();
  await until(() => daemon.done.get(daemon.conversation().id)?.length === 2, 'both');
  assert.deepEqual(errors, []);
});

test('hostile styles and a strict policy do not reach it', async (t) => {
  const { visit, errors } = await stage.scene(t);
  for (const path of ['/hostile', '/strict']) {
    const page = await visit(path);
    const { width, height } = await page.locator('.launcher').boundingBox();
    assert.deepEqual([width, height], [56, 56], path);
    await openPanel(page);
    assert.equal((await page.locator('#panel').boundingBox()).width, 384, path);
    await write(page, `Hello from ${path}`);
    await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  }
  assert.deepEqual(errors, []);
});

test('a file goes up by the button; one of the team is shown', async (t) => {
  const { page, daemon, errors, shot } = await stage.scene(t);
  page.setDefaultTimeout(30_000);
  await openPanel(page);
  await write(page, 'Hello');
  await page.locator('.delivery', { hasText: 'Sent' }).waitFor();
  await page.getByRole('button', { name: 'Attach files' }).waitFor();
  await page.locator('input[type=file]').setInputFiles([{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('from Firefox\n') }]);
  await page.locator('.tray li', { hasText: 'note.txt' }).waitFor();
  await page.locator('.composer .send').click();
  await until(() => daemon.texts().includes('note.txt'), 'the message');
  assert.equal([...daemon.contents.values()][0].toString(), 'from Firefox\n');
  daemon.sends('Ours', [{ name: 'ours.pdf', bytes: Buffer.alloc(2000), media_type: 'application/pdf' }]);
  await page.locator('a.file[href]', { hasText: 'ours.pdf' }).waitFor();
  await shot('firefox-files');
  assert.deepEqual(errors, []);
});

test('right to left', async (t) => {
  const { page, daemon, shot } = await stage.scene(t, { path: '/arabic' });
  await openPanel(page);
  await write(page, 'مرحبا');
  await page.locator('.mine .delivery').waitFor();
  daemon.says('أهلا بك!');
  await until(async () => (await bubbles(page)).length === 2);
  const [mine, theirs] = [await page.locator('.mine .bubble').last().boundingBox(), await page.locator('.theirs .bubble').last().boundingBox()];
  assert.ok(mine.x < theirs.x, 'mirrored');
  await shot('firefox-arabic');
});

test('the language of the page, also where its policy is strict', async (t) => {
  const { page, errors } = await stage.scene(t, { path: '/strict?lang=zh-HK' });
  await until(async () => (await page.locator('.launcher').getAttribute('aria-label')) === '聊天', 'the word for a chat');
  await openPanel(page);
  await page.getByPlaceholder('輸入訊息…').waitFor();
  assert.deepEqual(errors, []);
});
