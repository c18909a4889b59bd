// SPDX-License-Identifier: GPL-3.0-or-later
//
// An agent who serves some sites, at the real client: what is of other sites is nowhere on the screen.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { newId } from '../lib/ids.mjs';
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Stage } from './stage.mjs';
import { stepsOf } from './steps.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const shot = (name) => path.join(SHOTS, `${name}.png`);

test('some sites', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const stage = await Stage.prepare({ sites: true });
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const desk = await DesktopAgent.start({ keyring: 'harbour' });
  t.after(() => desk.stop());
  const [near, far] = stage.sites;
  const admin = stage.agent(daemon, stage.agents.findIndex(({ agent }) => agent.role === 'admin')).start();
  const visitors = [near, far].map(({ key }) => stage.visitor(daemon, key).start());
  t.after(() => Promise.all([admin, ...visitors].map((client) => client.close())));
  await Promise.all([admin, ...visitors].map((client) => client.ready()));
  const step = stepsOf(t, () => desk.do('screenshot', { path: shot('failed-sites'), rest: false }));
  const give = (...sites) => admin.call('agent.sites', { id: stage.agents[stage.limited].agent.id, sites: sites.map(({ id }) => id) });
  const names = async () => (await desk.do('inbox')).map(({ title }) => title);
  const has = (...wanted) => until(async () => {
    const there = await names().catch(() => []); // rows that go while they are looked at
    return ['Nora Near', 'Fay Far'].every((name) => there.includes(name) === wanted.includes(name));
  }, `${wanted} in the inbox`, 90_000);

  await step('one site: nothing of the other one is on the screen', async () => {
    for (const [i, [text, name]] of [['a harbour near', 'Nora Near'], ['a harbour far', 'Fay Far']].entries()) {
      await visitors[i].write('conversation.start', { id: newId(), message_id: newId(), text });
      await visitors[i].write('visitor.identify', { name });
      await visitors[i].call('visit.page', { visit_id: newId(), id: newId(), url: `https://shop.example/${i}`, title: `The page of ${name}` });
    }
    await give(near);
    const { email, password } = stage.credentials[stage.limited];
    await desk.do('start');
    await desk.do('sign_in', { server: daemon.url, email, password });
    await until(async () => (await desk.do('inbox')).length >= 0, 'the inbox');
    await desk.do('choose', { inbox: 'All' });
    await has('Nora Near');
    const words = (await desk.do('words')).join('\n');
    assert.ok(words.includes(near.name) && !words.includes(far.name), words);
    await desk.do('screenshot', { path: shot('sites-one') });
  });

  await step('nor seen on a page', async () => {
    await desk.do('key', { keys: 'ctrl+7' });
    await desk.do('sees', { text: 'Nora Near' });
    assert.ok(!(await desk.do('words')).some((word) => word.includes('Fay')), 'who is on the other site');
    await desk.do('screenshot', { path: shot('sites-live'), rest: false });
    await desk.do('choose', { inbox: 'All' });
  });

  await step('nor found', async () => {
    const rows = await desk.do('offered', { text: 'harbour', until: 'Nora Near' });
    assert.ok(!rows.some((row) => row.includes('Fay') || row.includes('harbour far')), rows.join(' | '));
    const sites = await desk.do('offered', { text: far.name });
    assert.ok(!sites.some((row) => row.includes(far.name)), sites.join(' | '));
  });
});
