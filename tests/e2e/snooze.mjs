// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is snoozed comes back by itself: at its time, after a restart that slept through it, and when the visitor writes.
// And of two agents who take a conversation at once, one has it.

import assert from 'node:assert/strict';
import test from 'node:test';

import { newId } from '../lib/ids.mjs';
import { pause, until } from '../lib/until.mjs';
import { Stage } from './stage.mjs';

const SOON = 300;

test('snoozing and taking', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const agents = [stage.agent(daemon, 0).start(), stage.agent(daemon, 1).start()];
  const visitor = stage.visitor(daemon).start();
  t.after(() => Promise.all([...agents, visitor].map((client) => client.close())));
  const [ana, bruno] = agents;
  await Promise.all([ana.ready(), bruno.ready(), visitor.ready()]);
  const id = newId();
  await visitor.write('conversation.start', { id, message_id: newId(), text: 'hello' });

  const snooze = (ms) => ana.write('conversation.snooze', { id, event_id: newId(), until: Date.now() + ms });
  const sleeps = (client) => Boolean(client.records.get('conversation', id)?.snoozed_until);
  const woken = (client) => client.records.messages(id).filter(({ event }) => event === 'woken');

  await t.test('it wakes when its time has come, and a later one does not hide it', async () => {
    const other = stage.visitor(daemon).start();
    await other.write('conversation.start', { id: newId(), message_id: newId(), text: 'later' });
    const later = (await until(() => bruno.records.all('conversation').find(({ preview }) => preview === 'later'), 'the other conversation')).id;
    await ana.write('conversation.snooze', { id: later, event_id: newId(), until: Date.now() + 3600_000 });
    const { records } = await snooze(SOON);
    assert.ok(records.some((record) => record.snoozed_until && record.status === 'open'));
    await until(() => woken(bruno).length === 1 && !sleeps(bruno), 'the conversation to wake');
    assert.equal(woken(bruno)[0].author_kind, 'system');
    assert.ok(bruno.records.get('conversation', later).snoozed_until, 'the other one sleeps on');
    await other.close();
  });

  await t.test('it wakes after a restart, though nobody was there at its time', async () => {
    const before = woken(bruno).length;
    const { records } = await snooze(SOON);
    await daemon.kill9();
    const { snoozed_until: due } = records.find(({ type }) => type === 'conversation');
    while (Date.now() <= due) await pause(20);
    await daemon.restart();
    await until(() => woken(bruno).length === before + 1 && !sleeps(bruno), 'the conversation to wake');
  });

  await t.test('the visitor wakes it, and hears nothing of all this', async () => {
    await snooze(3600_000);
    await until(() => sleeps(bruno), 'the conversation to sleep');
    const before = woken(bruno).length;
    await visitor.write('message.send', { id: newId(), conversation_id: id, text: 'one more thing' });
    await until(() => woken(bruno).length === before + 1 && !sleeps(bruno), 'the conversation to wake');
    assert.doesNotMatch(visitor.records.toString(), /snooze|woken/);
  });

  await t.test('of two who take it at once, one has it', async () => {
    const outcomes = await Promise.allSettled(agents.map((agent) => agent.write('conversation.accept', { id, event_id: newId() })));
    const lost = outcomes.filter(({ status }) => status === 'rejected').map(({ reason }) => reason);
    assert.equal(lost.length, 1);
    assert.equal(lost[0].reason, 'conflict');
    await until(() => agents.every((agent) => agent.records.get('conversation', id).assignee_id), 'both to hear of it');
    assert.ok(lost[0].message.endsWith(`${ana.records.get('conversation', id).assignee_name} has taken it`), lost[0].message);
  });
});
