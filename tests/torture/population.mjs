// SPDX-License-Identifier: GPL-3.0-or-later
//
// People who behave: visitors who write, now one, now another, at a steady rate, and an agent who gets it all. Measures how long
// a message takes to the agent, and how long an echo takes from a server that has nothing to do with it.

import WebSocket from 'ws';

import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Socket } from '../lib/socket.mjs';
import { pause, until } from '../lib/until.mjs';
import { serve } from './own-process.mjs';

const VISITORS = 20;
const INTERVAL = 10; // milliseconds from one message to the next; each visitor stays far below any limit

const visitors = [];
/** id of a message -> when it was sent, until the agent has it */
const underWay = new Map();
const echoes = new Map();
let samples = { delivery: [], echo: [] };
let problem = null;
let acknowledged = 0;
let echo;

const watch = (socket, who) => {
  socket.onClose = (code) => { problem ??= `${who} was disconnected with ${code}`; };
};

const arrived = (map, key, times) => {
  if (!map.has(key)) return;
  times.push(performance.now() - map.get(key));
  map.delete(key);
};

async function enter({ url, site, token, echoPort }) {
  const agent = await Socket.open(url);
  watch(agent, 'the agent');
  agent.onNotification = (method, params) => {
    if (method === 'changes') params.records.forEach(({ id, type }) => type === 'message' && arrived(underWay, id, samples.delivery));
  };
  await agent.call('session.open', { token, since: 0 });
  for (let i = 0; i < VISITORS; i += 1) {
    const socket = await Socket.open(url);
    watch(socket, `visitor ${i}`);
    await socket.call('session.open', { site, token: newVisitorToken() });
    const conversation = newId();
    await socket.call('conversation.start', { id: conversation, message_id: newId(), text: 'hello' });
    visitors.push({ socket, conversation });
  }
  echo = new WebSocket(`ws://127.0.0.1:${echoPort}`);
  await new Promise((resolve) => { echo.once('open', resolve); });
  echo.on('message', (data) => arrived(echoes, String(data), samples.echo));
  let turn = 0;
  setInterval(() => {
    turn += 1;
    send(visitors[turn % VISITORS]);
  }, INTERVAL);
}

function send({ socket, conversation }) {
  const id = newId();
  underWay.set(id, performance.now());
  socket.call('message.send', { id, conversation_id: conversation, text: 'where is my order?' })
    .then(() => { acknowledged += 1; }, (error) => { problem ??= `message.send: ${error.message}`; });
  echoes.set(id, performance.now());
  echo.send(id);
}

const percentile = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];

/** What was sent in so many milliseconds, all of it arrived. */
async function measure({ milliseconds }) {
  samples = { delivery: [], echo: [] };
  await pause(milliseconds);
  const last = [...underWay.keys()];
  await until(() => problem || last.every((id) => !underWay.has(id)), 'the messages of this window to arrive');
  if (problem) throw new Error(problem);
  const { delivery, echo: noise } = samples;
  return { count: delivery.length, p50: percentile(delivery, 0.5), p99: percentile(delivery, 0.99), noise: percentile(noise, 0.99), acknowledged };
}

serve({ enter, measure });
