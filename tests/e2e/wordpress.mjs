// SPDX-License-Identifier: GPL-3.0-or-later
//
// The plugin in a real WordPress, with the real daemon and a real browser: set up as its owner would, used as customers would.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId } from '../lib/ids.mjs';
import { until } from '../lib/until.mjs';
import { WordPress } from '../lib/word-press.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { Visitor } from './visitor.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');

test('the plugin for WordPress', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const site = await WordPress.start();
  t.after(() => site.stop());
  const browser = await launch('chromium');
  t.after(() => browser.close());
  const [agent] = daemon.demo.agents;
  const { token } = await daemon.login(agent.email, agent.password);
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, locale: 'en-GB' });
  const owner = await context.newPage();
  const saved = async () => {
    await owner.getByRole('button', { name: 'Save Changes' }).click();
    await owner.waitForLoadState('load');
  };
  const page = async (address = '/') => (await fetch(site.url + address)).text();

  await t.test('without settings it adds nothing', async () => {
    await site.php("require ABSPATH . 'wp-admin/includes/plugin.php'; $error = activate_plugin('chatflow/chatflow.php'); if (is_wp_error($error)) { fwrite(STDERR, $error->get_error_message()); exit(1); }");
    assert.doesNotMatch(await page(), /chatflow|widget\.js/i);
  });

  await t.test('the settings page refuses what can not be, and says why', async () => {
    await owner.goto(`${site.url}/wp-login.php`);
    await owner.fill('#user_login', site.admin.login);
    await owner.fill('#user_pass', site.admin.password);
    await owner.click('#wp-submit');
    await owner.goto(`${site.url}/wp-admin/options-general.php?page=chatflow`);
    await owner.getByLabel('Server').fill('http://chat.example.com');
    await owner.getByLabel('Site key').fill('"><script>alert(1)</script>');
    await saved();
    assert.match(await owner.locator('.notice-error').first().textContent(), /begins with https/);
    assert.match(await owner.locator('.notice-error').nth(1).textContent(), /letters, digits/);
    assert.equal(await owner.getByLabel('Server').inputValue(), '');
  });

  await t.test('two fields later the chat is on the page', async () => {
    await owner.getByLabel('Server').fill(`${daemon.url}/`);
    await owner.getByLabel('Site key').fill(daemon.demo.site.key);
    await saved();
    await owner.locator('.notice-success').waitFor();
    await owner.screenshot({ path: path.join(SHOTS, 'wordpress-settings.png') });
    assert.equal(await owner.getByLabel('Server').inputValue(), daemon.url);
    const html = await page();
    const tags = html.match(/<script[^>]*widget\.js[^>]*>/g);
    assert.equal(tags.length, 1);
    assert.match(tags[0], new RegExp(`^<script [^>]*async data-site="${daemon.demo.site.key}" src='${daemon.url}/widget\\.js' id='chatflow-js'>$`));
    assert.ok(!/ChatFlow\(|Warning:|Notice:|Fatal error:/.test(html), 'nothing else');
    const customers = await browser.newContext({ locale: 'en-GB' });
    const customer = await Visitor.arrive(customers, site.url);
    await customer.openPanel();
    await customer.write('Do you ship zebras?');
    const found = await until(async () => (await daemon.rest('GET', '/api/v1/search/messages?text=zebras', { token })).body.records[0], 'the message');
    assert.ok(found);
    customer.wasUntroubled();
    await customers.close();
  });

  await t.test('who is signed in is told by name, when the owner wants that; others are nobody', async () => {
    await owner.getByLabel('Signed-in users').check();
    await saved();
    await site.php("$id = wp_insert_user(array('user_login' => 'mia', 'user_pass' => 'x', 'user_email' => 'mia@mail.example', 'display_name' => 'Mia O’Berg, Söhne'));");
    assert.ok(!/identify/.test(await page()), 'nothing is said of nobody');
    const customers = await browser.newContext({ locale: 'en-GB' });
    const customer = await customers.newPage();
    await customer.goto(`${site.url}/wp-login.php`);
    await customer.fill('#user_login', 'mia');
    await customer.fill('#user_pass', 'x');
    await customer.click('#wp-submit');
    const visitor = await Visitor.arrive(customers, site.url);
    await visitor.openPanel();
    await visitor.write('Where is my giraffe?');
    const { conversation_id } = await until(async () => (await daemon.rest('GET', '/api/v1/search/messages?text=giraffe', { token })).body.records.find((one) => one.conversation_id), 'the message');
    const { body } = await daemon.rest('GET', `/api/v1/search/visitors?text=Mia`, { token });
    assert.ok(conversation_id);
    assert.equal(body.records.find(({ email }) => email === 'mia@mail.example')?.name, 'Mia O’Berg, Söhne');
    await customer.goto(`${site.url}/wp-login.php?action=logout`);
    await customer.getByRole('link', { name: 'log out' }).click();
    await visitor.page.goto(site.url);
    await visitor.openPanel();
    await visitor.write('And now somebody else');
    await until(async () => (await daemon.rest('GET', '/api/v1/search/messages?text=somebody', { token })).body.records[0], 'the message');
    assert.deepEqual(await visitor.texts(), ['And now somebody else'], 'who comes after her reads nothing of hers');
    assert.ok(!(await visitor.page.evaluate(() => document.cookie)).includes('chatflow'));
    visitor.wasUntroubled();
    await customers.close();
  });

  await t.test('with a secret it is proven who is signed in; the secret stays with the server', async () => {
    const { body } = await daemon.rest('GET', '/api/v1/sites', { token });
    const { id } = body.records.find(({ key }) => key === daemon.demo.site.key);
    const { body: { secret } } = await daemon.rest('POST', `/api/v1/websites/${id}/secrets`, { token, body: { id: newId() } });
    await owner.getByLabel('Identity secret').fill(secret);
    await saved();
    assert.ok(!(await owner.content()).includes(secret), 'it is not shown again');
    await saved();
    const customers = await browser.newContext({ locale: 'en-GB' });
    const customer = await customers.newPage();
    await customer.goto(`${site.url}/wp-login.php`);
    await customer.fill('#user_login', 'mia');
    await customer.fill('#user_pass', 'x');
    await customer.click('#wp-submit');
    const visitor = await Visitor.arrive(customers, site.url);
    assert.ok(!(await visitor.page.content()).includes(secret), 'it is in no page');
    await visitor.openPanel();
    await visitor.write('It is me, the owner of the okapi');
    await until(async () => (await daemon.rest('GET', '/api/v1/search/visitors?text=Mia', { token })).body.records.find((one) => one.email === 'mia@mail.example' && one.verified_at), 'the proof');
    visitor.wasUntroubled();
    await customers.close();
  });

  await t.test('deleted, it leaves nothing', async () => {
    assert.equal(await site.php("echo get_option('chatflow')['key'];"), daemon.demo.site.key);
    await site.php("require ABSPATH . 'wp-admin/includes/plugin.php'; require ABSPATH . 'wp-admin/includes/file.php'; deactivate_plugins('chatflow/chatflow.php'); uninstall_plugin('chatflow/chatflow.php');");
    assert.equal(await site.php("var_export(get_option('chatflow'));"), 'false');
    assert.doesNotMatch(await page(), /chatflow|widget\.js/i);
  });
});
