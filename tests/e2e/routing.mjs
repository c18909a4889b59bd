// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a department gives by itself goes to nobody whose client is not there: one that was killed, the last of two devices, a server that begins anew.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import test from 'node:test';

import { newId } from '../lib/ids.mjs';
import { until } from '../lib/until.mjs';
import { Stage } from './stage.mjs';

/** A device of an agent in a process of its own, which can be killed; resolves when it is live. */
async function device(t, daemon, token) {
  const client = fileURLToPath(new URL('../lib/rpc-client.mjs', import.meta.url));
  const script = `const { Client } = await import(${JSON.stringify(client)});
    await new Client({ url: ${JSON.stringify(daemon.socketUrl)}, credentials: { token: process.env.TOKEN } }).start().ready();
    console.log('live');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TOKEN: token }, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

async function kill(child) {
  const end = once(child, 'close');
  child.kill('SIGKILL');
  await end;
}

/** A department of one agent; `give()` moves a new conversation there and resolves with whose it is then. */
async function department(stage, daemon) {
  const [admin, agent] = ['admin', 'agent'].map((role) => stage.agents.find((each) => each.agent.role === role));
  const call = async (verb, place, body, token = admin.token) => {
    const answer = await daemon.rest(verb, `/api/v1${place}`, { token, body });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.records;
  };
  const id = newId();
  await call('POST', '/departments', { id, name: 'Returns', assignment: 'round_robin', members: [agent.agent.id] });
  const assignee = async (conversation) => (await call('GET', `/conversations/${conversation}`)).find(({ type }) => type === 'conversation').assignee_id;
  const put = async () => {
    const visitor = stage.visitor(daemon).start();
    const { records } = await visitor.write('conversation.start', { id: newId(), message_id: newId(), text: 'hello' });
    const conversation = records.find(({ type }) => type === 'conversation').id;
    await visitor.close();
    await call('POST', `/conversations/${conversation}/transfer`, { event_id: newId(), department_id: id });
    return conversation;
  };
  return { agent, put, assignee, give: async () => assignee(await put()) };
}

test('nothing is given to a client that is gone', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const { agent, put, assignee, give } = await department(stage, daemon);

  assert.equal(await give(), undefined, 'nobody is there');
  const desk = await device(t, daemon, agent.token);
  const laptop = await device(t, daemon, agent.token);
  await until(async () => (await give()) === agent.agent.id, 'what waits to be given');
  await kill(laptop);
  // The server may hear of the end a moment later; whatever it is given until then, the desk is there.
  assert.equal(await give(), agent.agent.id, 'one of two devices is enough');
  await kill(desk);
  await until(async () => (await give()) === undefined, 'the server to give them nothing, long before the grace is over');
  const waiting = await put();
  assert.equal(await assignee(waiting), undefined);

  await daemon.kill9();
  await daemon.restart();
  assert.equal(await assignee(waiting), undefined);
  assert.equal(await give(), undefined, 'a server that has just begun knows of nobody');
  await device(t, daemon, agent.token);
  await until(async () => (await assignee(waiting)) === agent.agent.id, 'what waited to be given to who came back');
});
