// SPDX-License-Identifier: GPL-3.0-or-later
//
// An admin makes a trigger and a goal in the real client; a visitor meets them on real pages in Chromium; the client counts both.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import test from 'node:test';

import { until } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Shop } from './shop.mjs';
import { Stage } from './stage.mjs';
import { stepsOf } from './steps.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? '.';

test('a trigger and a goal, made in the client and met on a page', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const stage = await Stage.prepare();
  const daemon = await stage.daemon();
  const [admin] = stage.credentials;
  const { token } = stage.agents[0];
  const list = async (place, kind) => (await daemon.rest('GET', place, { token })).body.records.filter(({ type }) => type === kind);
  const shop = await Shop.open(daemon.url, stage.site);
  const browser = await launch('chromium');
  const desk = await DesktopAgent.start({ keyring: 'open sesame' });
  t.after(async () => {
    await desk.stop();
    await browser.close();
    shop.close();
    await daemon.remove();
    await stage.remove();
  });
  const step = stepsOf(t, () => desk.do('screenshot', { path: `${SHOTS}/triggers-desk-failed.png`, rest: false }));
  const says = (words) => until(async () => (await desk.do('lines_in', { window: 'Settings' })).some((line) => line.includes(words)), words);
  const page = await (await browser.newContext()).newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const bubble = page.locator('chatflow-widget .word .say');

  await step('signing in', async () => {
    await desk.do('start', {});
    await desk.do('sign_in', { server: daemon.url, email: admin.email, password: admin.password });
  });

  await step('a trigger', async () => {
    await desk.do('settings', { page: 'Triggers' });
    await desk.do('press_in', { window: 'Settings', name: 'New trigger…' });
    await desk.do('fill', { dialog: 'New trigger', field: 'Name', text: 'Help with prices' });
    await desk.do('pick', { window: 'New trigger', button: 'Add a condition', item: 'Address of the page' });
    await desk.do('fill', { dialog: 'New trigger', field: 'Address; * stands for anything, as in /prices*', text: '*page=prices*' });
    await desk.do('fill', { dialog: 'New trigger', field: 'Words', text: 'Shall I help with the prices?' });
    await desk.do('picture_of', { window: 'New trigger', path: `${SHOTS}/triggers-desk-editor.png` });
    await desk.do('press_in', { window: 'New trigger', name: 'Save' });
    const made = await until(async () => (await list('/api/v1/triggers', 'trigger')).find(({ name }) => name === 'Help with prices'), 'the trigger');
    assert.deepEqual(made.rules.conditions.map(({ kind, value }) => [kind, value]), [['url', '*page=prices*']]);
    assert.ok(made.enabled);
  });

  await step('a goal', async () => {
    await desk.do('settings', { page: 'Goals' });
    await desk.do('press_in', { window: 'Settings', name: 'New goal…' });
    await desk.do('fill', { dialog: 'New goal', field: 'Name', text: 'Order' });
    await desk.do('fill', { dialog: 'New goal', field: 'Address; * stands for anything, as in /thanks*', text: '*page=thanks*' });
    await desk.do('fill', { dialog: 'New goal', field: 'Value of one (may be empty)', text: '12.50' });
    await desk.do('press_in', { window: 'New goal', name: 'Save' });
    const made = await until(async () => (await list('/api/v1/goals', 'goal')).find(({ name }) => name === 'Order'), 'the goal');
    assert.deepEqual([made.pattern, made.value], ['*page=thanks*', 1250]);
  });

  await step('the page meets both', async () => {
    await page.goto(shop.address());
    assert.equal(await bubble.count(), 0);
    await page.goto(`${shop.address()}?page=prices`);
    await bubble.waitFor({ timeout: 60_000 });
    assert.match(await bubble.innerText(), /Shall I help with the prices\?/);
    await page.screenshot({ path: `${SHOTS}/triggers-desk-met.png` });
    await page.goto(`${shop.address()}?page=thanks`);
    const reached = async () => (await daemon.rest('GET', '/api/v1/goals/numbers', { token })).body.goals ?? [];
    await until(async () => (await reached()).some((one) => one.reached === 1), 'the goal is reached');
  });

  await step('the client counts them', async () => {
    await desk.do('close_settings');
    await desk.do('settings', { page: 'Triggers' });
    await says('shown 1 time');
    await desk.do('picture_of', { window: 'Settings', path: `${SHOTS}/triggers-desk-counted.png` });
    await desk.do('settings', { page: 'Goals' });
    await says('reached 1 time');
    await desk.do('picture_of', { window: 'Settings', path: `${SHOTS}/triggers-desk-goals.png` });
  });

  await step('nobody complained', async () => {
    assert.deepEqual(errors, []);
    assert.deepEqual(await desk.do('complaints'), []);
  });
});
