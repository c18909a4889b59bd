// SPDX-License-Identifier: GPL-3.0-or-later
//
// Each pane of the settings looks at what is typed, says who has changed the same thing meanwhile, loses nothing, and takes back what it has saved.

import assert from 'node:assert/strict';
import test from 'node:test';

import { newId } from '../lib/ids.mjs';
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Stage } from './stage.mjs';
import { stepsOf } from './steps.mjs';

test('the panes of the settings', async (t) => {
  const stage = await Stage.prepare({ sites: true });
  const daemon = await stage.daemon();
  const admin = stage.agent(daemon, 0).start();
  const desk = await DesktopAgent.start({ keyring: 'harbour' });
  t.after(async () => {
    await desk.stop();
    await admin.close();
    await daemon.remove();
    await stage.remove();
  });
  const step = stepsOf(t, () => desk.do('screenshot', { path: `${process.env.CHATFLOW_SHOTS ?? '.'}/panes-failed.png`, rest: false }));
  const [first, colleague, third] = stage.agents;
  const other = colleague.agent.name;
  const ask = async (verb, place, body, token = colleague.token) => {
    const answer = await daemon.rest(verb, place, { token, body });
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
  };
  const put = async (place, body) => {
    await ask('POST', place, body, first.token);
    return body.id;
  };
  const sees = (text) => desk.do('sees_in', { window: 'Settings', text });
  const read = (type, id) => admin.records.all(type).find((record) => record.id === id);
  let panes;

  await step('signing in; the colleague is an admin, too', async () => {
    await admin.ready();
    await ask('PATCH', `/api/v1/agents/${colleague.agent.id}`, { role: 'admin' }, first.token);
    const attribute = newId();
    await ask('PUT', `/api/v1/attributes/${attribute}`, { name: 'Zone', kind: 'text', place: 0 }, first.token);
    panes = [
      { page: 'Team', row: third.agent.name, type: 'agent', id: third.agent.id, place: 'agents', problem: 'A name is needed.' },
      { page: 'Departments', row: 'Zeppelins', type: 'department', id: await put('/api/v1/departments', { id: newId(), name: 'Zeppelins' }), place: 'departments', problem: 'A name is needed.' },
      { page: 'Tags', row: 'zebra', type: 'tag', id: await put('/api/v1/tags', { id: newId(), name: 'zebra', color: '#1c71d8' }), place: 'tags', problem: 'A tag needs a word or two.' },
      { page: 'Attributes', row: 'Zone', type: 'attribute', id: attribute, place: 'attributes', verb: 'PUT', problem: 'A tag needs a word or two.' },
    ];
    await desk.do('start');
    await desk.do('sign_in', { server: daemon.url, email: stage.credentials[0].email, password: stage.credentials[0].password });
  });

  for (const at of [0, 1, 2, 3]) {
    await step(['the team', 'departments', 'tags', 'attributes'][at], async () => {
      const { page, row, type, id, place, verb = 'PATCH', problem } = panes[at];
      await desk.do('settings', { page });
      await desk.do('expand', { name: row });
      const theirs = `Their ${row}`;
      await desk.do('type_row', { within: row, field: 'Name', text: '' });
      await sees(problem);
      await desk.do('type_row', { within: row, field: 'Name', text: 'Mine' });
      await ask(verb, `/api/v1/${place}/${id}`, { name: theirs });
      await sees(`Meanwhile ${other} has changed it to “${theirs}”.`);
      await desk.do('row_reads', { within: theirs, field: 'Name', text: 'Mine' });
      await desk.do('press_row', { within: theirs, name: 'Use that' });
      await desk.do('row_reads', { within: theirs, field: 'Name', text: theirs });
      await desk.do('type_row', { within: theirs, field: 'Name', text: `My ${row}` });
      await desk.do('apply_row', { within: theirs, field: 'Name' });
      await until(() => read(type, id).name === `My ${row}`, 'the name at the server');
      await desk.do('undo', { window: 'Settings' });
      await until(() => read(type, id).name === theirs, 'the name as it was');
    });
  }

  await step('my account', async () => {
    await desk.do('settings', { page: 'My account' });
    await desk.do('type_row', { field: 'Name that visitors see', text: '' });
    await sees('A name is needed.');
    await desk.do('type_row', { field: 'Name that visitors see', text: 'Mine' });
    await ask('PATCH', `/api/v1/agents/${first.agent.id}`, { name: 'Theirs' });
    await sees(`Meanwhile ${other} has changed it to “Theirs”.`);
    await desk.do('apply_row', { field: 'Name that visitors see' });
    await until(() => read('agent', first.agent.id).name === 'Mine', 'the name at the server');
    await desk.do('undo', { window: 'Settings' });
    await until(() => read('agent', first.agent.id).name === 'Theirs', 'the name as it was');
  });

  for (const kind of ['canned', 'macro']) {
    await step(kind === 'canned' ? 'canned responses' : 'macros', async () => {
      const [page, window, field, place] = kind === 'canned' ? ['Canned responses', 'Canned response', 'Title', 'canned-responses'] : ['Macros', 'Macro', 'Name', 'macros'];
      const made = kind === 'canned' ? { shortcut: 'zz', title: 'First', text: 'Hello!' } : { name: 'zz', text: 'Hello!' };
      const id = await put(`/api/v1/${place}`, { id: newId(), shared: true, ...made });
      await desk.do('settings', { page });
      await desk.do('expand', { name: kind === 'canned' ? '/zz  First' : 'zz' });
      await desk.do('fill', { dialog: window, field, text: 'z' });
      await ask('PATCH', `/api/v1/${place}/${id}`, { text: 'Good day!' });
      await desk.do('sees_in', { window, text: `Meanwhile ${other} has changed this.` });
      await desk.do('press_in', { window, name: 'Save' });
      await desk.do('is_gone', { window });
      const type = kind === 'canned' ? 'canned_response' : 'macro';
      await until(() => read(type, id).text === 'Hello!' && [read(type, id).title, read(type, id).name].some((words) => ['Firstz', 'zzz'].includes(words)), 'mine in its place');
      await desk.do('undo', { window: 'Settings' });
      await until(() => read(type, id).text === 'Good day!', 'theirs again');
    });
  }

  await step('a site', async () => {
    const { id, name } = stage.sites[0];
    await desk.do('settings', { page: 'Sites' });
    await desk.do('expand', { name });
    await desk.do('fill', { dialog: name, field: 'Name', text: ' of mine' });
    await ask('PATCH', `/api/v1/sites/${id}`, { name: 'Theirs' });
    await desk.do('sees_in', { window: 'Theirs', text: `Meanwhile ${other} has changed it to “Theirs”.` });
    assert.equal(read('site', id).name, 'Theirs');
  });

  await step('nothing to complain about', async () => {
    assert.deepEqual(await desk.do('complaints'), []);
  });
});
