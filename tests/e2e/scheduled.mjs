// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is sent later: at its time, with nobody of the staff there, exactly once however the server ends meanwhile; and not at all
// when it was cancelled, or the visitor wrote first.

import assert from 'node:assert/strict';
import test from 'node:test';

import { newId } from '../lib/ids.mjs';
import { pause, until } from '../lib/until.mjs';
import { Stage } from './stage.mjs';

const SOON = 300;
const KILLS = 6;

test('sending later', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const agents = [stage.agent(daemon, 0).start(), stage.agent(daemon, 1).start()];
  const visitor = stage.visitor(daemon).start();
  t.after(() => Promise.all([...agents, visitor].map((client) => client.close())));
  const [ana, bruno] = agents;
  await Promise.all([ana.ready(), bruno.ready(), visitor.ready()]);
  const conversation_id = newId();
  await visitor.write('conversation.start', { id: conversation_id, message_id: newId(), text: 'hello' });

  const later = async (ms, more = {}) => {
    const id = newId();
    await ana.write('scheduled.add', { id, conversation_id, text: `later ${id}`, send_at: Date.now() + ms, ...more });
    return id;
  };
  const said = (client, id) => client.records.messages(conversation_id).filter((message) => message.id === id || message.text === `later ${id}`);
  const waits = (client, id) => client.records.get('scheduled_message', id);

  await t.test('it goes at its time, in its author\'s name, and an earlier one does not wait for a later one', async () => {
    const far = await later(3600_000);
    const id = await later(SOON);
    await until(() => waits(bruno, far) && said(visitor, id).length === 1, 'the visitor to read it');
    await until(() => !waits(bruno, id), 'a colleague to see that it went');
    assert.equal(said(bruno, id)[0].author_id, stage.agents[0].agent.id);
    assert.equal(said(bruno, id)[0].id, id);
    await ana.write('scheduled.cancel', { id: far });
    await until(() => !waits(bruno, far), 'a colleague to see that it was cancelled');
  });

  await t.test('it goes after a restart, though no server was there at its time', async () => {
    const at = Date.now() + SOON;
    const id = newId();
    await ana.write('scheduled.add', { id, conversation_id, text: `later ${id}`, send_at: at });
    await daemon.kill9();
    while (Date.now() <= at) await pause(20);
    await daemon.restart();
    await until(() => said(visitor, id).length === 1 && !waits(bruno, id), 'it to go');
  });

  await t.test('it goes once, though the server is killed while it goes', async () => {
    const ids = [];
    for (let i = 0; i < KILLS; i++) {
      const at = Date.now() + SOON;
      const id = newId();
      ids.push(id);
      await ana.write('scheduled.add', { id, conversation_id, text: `later ${id}`, send_at: at });
      // closer and closer to the moment, and past it
      while (Date.now() < at - 6 + 3 * i) await pause(1);
      await daemon.kill9();
      await daemon.restart();
      await Promise.all([ana.ready(), bruno.ready()]);
    }
    for (const id of ids) {
      await until(() => said(visitor, id).length === 1 && !waits(bruno, id), 'each to go');
      assert.equal(said(bruno, id).length, 1);
    }
    // A fresh copy says the same as what was heard.
    const fresh = stage.agent(daemon, 1).start();
    await fresh.ready();
    for (const id of ids) assert.equal(said(fresh, id).length, 1);
    assert.equal(fresh.records.all('scheduled_message').length, 0);
    await fresh.close();
  });

  await t.test('held back when the visitor writes first, and sent when its author decides', async () => {
    const id = await later(SOON, { unless_reply: true });
    await visitor.write('message.send', { id: newId(), conversation_id, text: 'solved it!' });
    await until(() => waits(bruno, id)?.held === 'visitor_wrote', 'it to be held back');
    assert.equal(said(visitor, id).length, 0);
    await ana.write('scheduled.send', { id });
    await until(() => said(visitor, id).length === 1 && !waits(bruno, id), 'it to go');
  });

  await t.test('the visitor heard nothing of it before', async () => {
    const id = await later(3600_000);
    await ana.write('scheduled.update', { id, text: 'SECRET for now' });
    await ana.write('message.send', { id: newId(), conversation_id, text: 'the last' });
    await until(() => visitor.records.messages(conversation_id).some(({ text }) => text === 'the last'), 'the last words');
    assert.doesNotMatch(visitor.records.toString(), /SECRET|scheduled|send_at/);
    assert.equal(waits(bruno, id).text, 'SECRET for now');
  });
});
