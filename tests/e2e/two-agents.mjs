// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two agents at the same visitors, each at a desktop client of their own on a display and a session bus of its own.
//
//   CHATFLOW_SHOTS=FOLDER   where the screenshots of both go

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { stepsOf } from './steps.mjs';

const SHOTS = process.env.CHATFLOW_SHOTS ?? path.join(os.tmpdir(), 'chatflow-shots');
const shot = (name) => path.join(SHOTS, `${name}.png`);

test('two agents at the same visitors', async (t) => {
  await mkdir(SHOTS, { recursive: true });
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const people = daemon.demo.agents;
  const desks = await Promise.all([DesktopAgent.start({ keyring: 'harbour' }), DesktopAgent.start({ keyring: 'harbour' })]);
  t.after(() => Promise.all(desks.map((desk) => desk.stop())));
  const logins = await Promise.all(people.map(({ email, password }) => daemon.login(email, password)));
  const names = logins.map(({ agent }) => agent.name);
  const other = new Client({ url: daemon.socketUrl, credentials: { token: logins[0].token } }).start();
  t.after(() => other.close());
  await other.ready();
  const step = stepsOf(t, () => Promise.all(desks.map((desk, i) => desk.do('screenshot', { path: shot(`failed-two-${i}`), rest: false }))));
  const both = (what) => Promise.all(desks.map(what));
  const record = (id) => other.records.all('conversation').find((one) => one.id === id);
  const arrive = async (name, text) => {
    const visitor = Client.visitor(daemon.socketUrl, daemon.demo.site.key).start();
    t.after(() => visitor.close());
    await visitor.ready();
    const id = newId();
    await visitor.write('conversation.start', { id, message_id: newId(), text });
    await visitor.write('visitor.identify', { name });
    await both(async (desk) => {
      await desk.do('choose', { inbox: 'All' });
      await until(async () => (await desk.do('inbox')).some(({ title }) => title === name), `${name} in the inbox`);
    });
    return { visitor, id };
  };
  const reads = async (desk, text) => (await desk.do('messages')).some((message) => message.text === text);
  let shopper;

  await step('both sign in', () => both(async (desk, i) => {
    await desk.do('start');
    await desk.do('sign_in', { server: daemon.url, email: people[i].email, password: people[i].password });
    await until(async () => (await desk.do('inbox')).length > 0, 'the inbox');
  }));

  await step('both accept the same visitor: one has her, the other is told who', async () => {
    shopper = await arrive('Rita Race', 'Is anybody there?');
    await both((desk) => desk.do('open', { title: 'Rita Race' }));
    // Neither can know of the other: what both have said waits for the server.
    await daemon.stop();
    await both((desk) => desk.do('press', { name: 'Accept' }));
    await daemon.restart();
    const taken = await until(() => record(shopper.id)?.assignee_name && record(shopper.id), 'one who has it');
    const winner = names.indexOf(taken.assignee_name);
    assert.ok(winner === 0 || winner === 1, taken.assignee_name);
    await desks[1 - winner].do('sees', { text: `${names[winner]} has taken it` });
    await desks[1 - winner].do('screenshot', { path: shot('two-told'), rest: false });
    await desks[winner].do('choose', { inbox: 'Mine' });
    await until(async () => (await desks[winner].do('inbox')).some(({ title }) => title === 'Rita Race'), 'the winner has her');
    await desks[1 - winner].do('choose', { inbox: 'Mine' });
    await until(async () => !(await desks[1 - winner].do('inbox')).some(({ title }) => title === 'Rita Race'), 'the other has not');
    assert.equal(record(shopper.id).assignee_name, names[winner]);
  });

  await step('who looks at a conversation sees who else does', async () => {
    shopper = await arrive('Carl Collision', 'Does the lamp dim?');
    await both((desk) => desk.do('open', { title: 'Carl Collision' }));
    await desks[0].do('sees', { text: `${names[1]} is looking at this` });
    await desks[1].do('sees', { text: `${names[0]} is looking at this` });
  });

  await step('an answer that was written before a colleague\u2019s arrived is not sent unasked', async () => {
    await daemon.stop();
    await desks[0].do('send', { text: 'Yes, it dims.' });
    await desks[1].do('send', { text: 'No, it does not.' });
    await daemon.restart();
    const later = await until(async () => {
      const offered = await both((desk) => desk.do('shows', { parts: ['Send anyway'] }));
      return offered.findIndex((parts) => parts.length > 0) + 1;
    }, 'the warning') - 1;
    const [mine, theirs] = later === 1 ? ['No, it does not.', 'Yes, it dims.'] : ['Yes, it dims.', 'No, it does not.'];
    await until(() => reads(desks[later], theirs), 'the colleague\u2019s answer above the own one');
    await desks[later].do('screenshot', { path: shot('two-collision') });
    const heard = () => shopper.visitor.records.all('message').filter(({ kind, author_kind: by }) => kind === 'text' && by === 'agent').map(({ text }) => text);
    await until(() => heard().includes(theirs), 'the first answer at the visitor');
    assert.deepEqual(heard(), [theirs]);
    await desks[later].do('press', { name: 'Send anyway' });
    await until(() => heard().length === 2, 'the second answer at the visitor');
    assert.equal(heard()[1], mine);
  });

  await step('what one hands over appears at the other', async () => {
    shopper = await arrive('Tess Transfer', 'Where is my parcel?');
    await desks[0].do('open', { title: 'Tess Transfer' });
    await desks[0].do('press', { name: 'Accept' });
    await until(() => record(shopper.id)?.assignee_name === names[0], 'taken');
    await desks[0].do('hand_over', { name: names[1] });
    await desks[1].do('choose', { inbox: 'Mine' });
    await until(async () => (await desks[1].do('inbox')).some(({ title }) => title === 'Tess Transfer'), 'it is the other\u2019s');
    assert.equal(record(shopper.id).assignee_name, names[1]);
    await desks[0].do('choose', { inbox: 'Mine' });
    await until(async () => !(await desks[0].do('inbox')).some(({ title }) => title === 'Tess Transfer'), 'it is not the one\u2019s');
  });

  await step('who is out of their depth calls the supervisors, and keeps it', async () => {
    shopper = await arrive('Eve Escalate', 'I want my money back, now!');
    await desks[0].do('open', { title: 'Eve Escalate' });
    await desks[0].do('press', { name: 'Accept' });
    await until(() => record(shopper.id)?.assignee_name === names[0], 'taken');
    await desks[0].do('hand_over', { name: 'Supervisors' });
    await desks[0].do('sees', { text: 'Escalated: the supervisors are called' });
    await desks[1].do('choose', { inbox: 'All' });
    await desks[1].do('open', { title: 'Eve Escalate' });
    await desks[1].do('sees', { text: 'Escalated: the supervisors are called' });
    assert.equal(record(shopper.id).assignee_name, names[0]);
    assert.ok(!shopper.visitor.records.all('message').some(({ kind, event }) => kind === 'event' && event === 'escalated'), 'none of the visitor’s business');
    await desks[1].do('press', { name: 'End' });
    await desks[0].do('sees', { text: `${names[1]} ended the escalation` });
  });

  await step('they talk about it', async () => {
    await desks[0].do('message_colleague', { names: [names[1]] });
    await desks[0].do('say', { text: 'She is in a hurry.' });
    await until(async () => (await desks[1].do('channels')).some((row) => row === `${names[0]}, online, 1 unread`), 'unread at the other');
    await desks[1].do('open_channel', { title: names[0] });
    await until(async () => (await desks[1].do('said')).at(-1)?.text === 'She is in a hurry.', 'the message');
  });

  await step('nothing to complain about', async () => {
    assert.deepEqual(await both((desk) => desk.do('leave')), [[], []]);
  });
});
