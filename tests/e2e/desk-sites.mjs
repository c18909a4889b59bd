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

  await step('what somebody wrote elsewhere is no past of theirs, nor can it be opened', async () => {
    const before = await until(() => admin.records.all('conversation').find(({ preview }) => preview === 'a harbour near'), 'her first');
    await admin.call('conversation.close', { id: before.id, event_id: newId() });
    await visitors[0].write('conversation.start', { id: newId(), message_id: newId(), text: 'an anchor near' });
    for (const visitor of visitors) await visitor.write('visitor.identify', { email: 'one@harbour.example' });
    await until(async () => (await desk.do('inbox')).some(({ title, preview }) => title === 'Nora Near' && preview === 'an anchor near'), 'her second');
    await desk.do('open', { title: 'Nora Near' });
    await until(() => admin.records.all('visitor').filter(({ email }) => email === 'one@harbour.example').length === 2, 'both with one address');
    const read = async () => (await desk.do('words')).join('\n');
    await until(async () => (await read()).includes('a harbour near'), 'her past');
    const words = await read();
    assert.ok(!words.includes('harbour far') && !words.includes('Fay'), words);
    await desk.do('screenshot', { path: shot('sites-past') });
  });

  await step('a view: only their sites are offered, and one that is shared keeps the site that they do not see', async () => {
    const view = { id: newId(), name: 'Far away', shared: true, site_id: far.id };
    await admin.call('view.add', view);
    await admin.call('agent.update', { id: stage.agents[stage.limited].agent.id, role: 'supervisor' });
    await desk.do('new_view');
    const words = await desk.do('choices_in', { window: 'New view', title: 'Site' });
    await desk.do('picture_of', { window: 'New view', path: shot('sites-view') });
    assert.ok(words.includes(near.name) && !words.includes(far.name), words.join(' | '));
    await desk.do('key_in', { window: 'New view', keys: 'Escape' });
    await desk.do('is_gone', { window: 'New view' });
  });

  const all = () => admin.records.all('trigger').sort((one, other) => one.place - other.place).map(({ name }) => name);
  await step('triggers: what also acts elsewhere stays as and where it is', async () => {
    const rules = { conditions: [{ kind: 'exit', how: 'is', value: 'yes' }] };
    const sites = { First: [near.id], Everywhere: undefined, Both: [near.id, far.id], Far: [far.id], Last: [near.id] };
    for (const [name, ids] of Object.entries(sites)) {
      await admin.call('trigger.save', { id: newId(), version: 0, name, enabled: true, sites: ids, rules, actions: { bubble: 'Hello' } });
      await admin.call('goal.save', { id: newId(), version: 0, name: `Goal ${name}`, enabled: true, sites: ids, kind: 'url', pattern: '*thanks*', days: 7 });
    }
    await desk.do('settings', { page: 'Triggers' });
    const rows = () => desk.do('rows_in', { window: 'Settings', list_name: 'Triggers' });
    await until(async () => (await rows()).join() === 'First,Everywhere,Both,Last', 'the triggers that they may know of');
    for (const name of Object.keys(sites).filter((one) => one !== 'Far')) {
      assert.equal(await desk.do('can_switch_in', { window: 'Settings', name: `“${name}” is on` }), ['First', 'Last'].includes(name), name);
    }
    await desk.do('picture_of', { window: 'Settings', path: shot('sites-triggers') });
    for (const name of ['Everywhere', 'Both']) await desk.do('move_row', { window: 'Settings', list_name: 'Triggers', row: name, keys: 'alt+Up' });
    await desk.do('move_row', { window: 'Settings', list_name: 'Triggers', row: 'Last', keys: 'alt+Up' });
    await until(() => all().join() === 'First,Everywhere,Last,Both,Far', () => `their own one moved, and no other: ${all()}`);
    await until(async () => (await rows()).join() === 'First,Everywhere,Last,Both', 'the same in the window');
  });

  await step('nor are they changed or removed in their own window', async () => {
    await desk.do('open_row', { window: 'Settings', list_name: 'Triggers', row: 'Both' });
    await desk.do('sees_in', { window: 'Change a trigger', text: 'It can be changed by who serves all of its sites.' });
    assert.equal(await desk.do('can_press_in', { window: 'Change a trigger', name: 'Save' }), false);
    assert.equal(await desk.do('can_press_in', { window: 'Change a trigger', name: 'Remove this trigger' }), false);
    const words = await desk.do('lines_in', { window: 'Change a trigger' });
    assert.ok(words.includes('A site that you don’t serve') && !words.includes(far.name), words.join(' | '));
    await desk.do('picture_of', { window: 'Change a trigger', path: shot('sites-trigger') });
    await desk.do('key_in', { window: 'Change a trigger', keys: 'Escape' });
    await desk.do('is_gone', { window: 'Change a trigger' });
  });

  await step('a new one begins with their sites', async () => {
    await desk.do('press_in', { window: 'Settings', name: 'New trigger…' });
    await desk.do('fill', { dialog: 'New trigger', field: 'Name', text: 'Mine' });
    await desk.do('pick', { window: 'New trigger', button: 'Add a condition', item: 'Address of the page' });
    await desk.do('fill', { dialog: 'New trigger', field: 'Address; * stands for anything, as in /prices*', text: '*prices*' });
    await desk.do('fill', { dialog: 'New trigger', field: 'Words', text: 'Shall I help?' });
    assert.ok(await desk.do('is_ticked_in', { window: 'New trigger', name: `Sites: ${near.name}` }));
    await desk.do('press_in', { window: 'New trigger', name: 'Save' });
    const made = await until(() => admin.records.all('trigger').find(({ name }) => name === 'Mine'), 'the trigger');
    assert.deepEqual(made.sites, [near.id]);
    await desk.do('is_gone', { window: 'New trigger' });
  });

  await step('goals likewise; with all sites everything is theirs to change, at once', async () => {
    await desk.do('settings', { page: 'Goals' });
    for (const [name, may] of [['Goal First', true], ['Goal Everywhere', false], ['Goal Both', false]]) {
      assert.equal(await desk.do('can_switch_in', { window: 'Settings', name: `“${name}” is on` }), may, name);
    }
    await desk.do('picture_of', { window: 'Settings', path: shot('sites-goals') });
    await give();
    for (const name of ['Goal Everywhere', 'Goal Both', 'Goal Far']) {
      await until(() => desk.do('can_switch_in', { window: 'Settings', name: `“${name}” is on` }), `${name} can be changed`);
    }
  });

  await step('nobody complained', async () => assert.deepEqual(await desk.do('complaints'), []));
});
