// SPDX-License-Identifier: GPL-3.0-or-later
import { readFile } from 'node:fs/promises';

import { generate } from './generator.mjs';
import { SocketIo } from './socketio.mjs';

/** Clock ticks per second of /proc/PID/stat; Linux tells user space 100 on every machine. */
const TICKS = 100;

async function cpuMs(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);
  return (user + system) * 1000 / TICKS;
}

/** What a process has written to disks so far. */
async function writtenBytes(pid) {
  return Number(/^write_bytes: (\d+)/m.exec(await readFile(`/proc/${pid}/io`, 'utf8'))[1]);
}

/** What the figures of the load generator are called, in which unit, and which way is better. */
const LOAD = {
  messages_per_cpu_s: ['messages per second of server CPU', 'n', 'more'],
  cpu_ms_per_1000: ['server CPU for 1,000 messages', 'ms', 'less'],
  ack_p50_ms: ['until acknowledged, p50', 'ms', 'less'],
  ack_p99_ms: ['until acknowledged, p99', 'ms', 'less'],
  ack_p999_ms: ['until acknowledged, p99.9', 'ms', 'less'],
  delivery_p50_ms: ['until the agent has it, p50', 'ms', 'less'],
  delivery_p99_ms: ['until the agent has it, p99', 'ms', 'less'],
  delivery_p999_ms: ['until the agent has it, p99.9', 'ms', 'less'],
  server_cpu: ['server, cores in use', 'n', 'less'],
  generator_cpu: ['load generator, cores in use', 'n', null],
};
const RATE = { messages_per_s: ['messages per second', 'n', null] };
const PEAK = { messages_per_s: ['messages per second', 'n', 'more'] };
const IDLE = {
  rss_per_idle_bytes: ['resident memory per idle visitor', 'bytes', 'less'],
  rss_loaded_bytes: ['resident memory at the end', 'bytes', 'less'],
};
const HANDSHAKE = {
  handshake_per_s: ['handshakes with session open per second', 'n', 'more'],
  handshake_cpu_us: ['server CPU for each', 'us', 'less'],
};
const REOPEN = {
  reopen_p50_ms: ['time until it is there, p50', 'ms', 'less'],
  reopen_cpu_ms: ['server CPU', 'ms', 'less'],
  reopen_bytes: ['size', 'bytes', 'less'],
};
const ANSWERS = {
  answers_per_s: ['answers per second', 'n', 'more'],
  answers_per_cpu_s: ['answers per second of server CPU', 'n', 'more'],
  answer_p99_ms: ['p99', 'ms', 'less'],
  answer_bytes: ['size of one', 'bytes', null],
  generator_cpu: ['load generator, cores in use', 'n', null],
};

/** N idle visitors and 100 who write 1,000 messages/s together. */
const withIdle = (idle) => async (server, { seconds, scale }) => generate({
  ...server.options, idle: Math.round(idle * scale), writers: 100, rate: 1000, seconds, 'warm-up': 3,
});

/** Everybody looks around, each a new page every 30 s, and an agent follows that; how much goes to the disk is the kernel's figure. */
async function browsing(server, { seconds, scale }) {
  const writers = Math.round(10_000 * scale);
  const before = await writtenBytes(server.pid);
  const figures = await generate({ ...server.options, browse: true, writers, rate: writers / 30, seconds: 3 * seconds, 'warm-up': 3 });
  return {
    ...figures, pages_per_s: figures.messages_per_s, cpu_ms_per_1000_pages: figures.cpu_ms_per_1000, disk_per_page_bytes: (await writtenBytes(server.pid) - before) / figures.sent,
  };
}

/** As many messages as one conversation's page holds, and more. */
const someMessages = (server) => generate({ ...server.options, writers: 1, seconds: 0.5, 'warm-up': 0 });

async function agentWith500(server, { seconds, scale }) {
  return generate({
    ...server.options, writers: Math.round(500 * scale), rate: 500, seconds, 'warm-up': 3, reopen: 'fresh', 'reopen-times': 5,
  });
}

/** 20,000 messages while an agent sleeps. Only chatflowd can be asked what has changed; the other is asked for all later messages over REST. */
async function catchUp(server, { scale }) {
  const load = { ...server.options, writers: 200, messages: Math.round(20_000 * scale) };
  if (!(server instanceof SocketIo)) return generate({ ...load, reopen: 'missed', 'reopen-times': 5 });
  await generate(load);
  await server.messagesSince(0);
  const [times, before] = [[], await cpuMs(server.pid)];
  let answer;
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    answer = await server.messagesSince(0);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { reopen_p50_ms: times[2], reopen_cpu_ms: (await cpuMs(server.pid) - before) / 5, reopen_bytes: answer.bytes };
}

async function restReads(server, { seconds }) {
  await someMessages(server);
  return generate({ ...server.options, get: await server.messagesPath(), bearer: server.tokens[0], writers: 32, seconds, 'warm-up': 2 });
}

/**
 * Each: a name for the command line, a sentence, how the servers are started (`start`), what is done (`run`, returns figures by
 * name), and which of the figures are shown: name: [label, unit, which way is better].
 */
export const SCENARIOS = [
  {
    name: 'idle-100', title: '100 idle visitors, 1,000 messages/s from 100 others', run: withIdle(100), shows: { ...RATE, ...LOAD },
  },
  {
    name: 'idle-1k', title: '1,000 idle visitors, 1,000 messages/s from 100 others', run: withIdle(1000), shows: { ...RATE, ...LOAD, ...IDLE },
  },
  {
    name: 'idle-10k', title: '10,000 idle visitors, 1,000 messages/s from 100 others', run: withIdle(10_000), shows: { ...RATE, ...LOAD, ...IDLE, ...HANDSHAKE },
  },
  {
    name: 'peak', title: '128 visitors who send the next message when the last is acknowledged',
    run: (server, { seconds }) => generate({ ...server.options, writers: 128, seconds, 'warm-up': 3 }), shows: { ...PEAK, ...LOAD },
  },
  {
    name: 'reconnect', title: '10,000 visitors, 500 of them with a conversation, come back at once after a restart',
    run: (server, { scale }) => generate({
      ...server.options, idle: Math.round(9500 * scale), writers: Math.round(500 * scale), seconds: 0, reconnect: true, 'at-once': 4000,
    }, { onWaiting: () => server.restart() }),
    shows: {
      reconnect_per_s: ['visitors per second who are back', 'n', 'more'],
      reconnect_cpu_us: ['server CPU for each', 'us', 'less'],
      reconnect_p50_ms: ['until back, p50', 'ms', 'less'],
      reconnect_p99_ms: ['until back, p99', 'ms', 'less'],
      reconnect_max_ms: ['until the last is back', 'ms', 'less'],
    },
  },
  {
    name: 'browse-10k', title: '10,000 visitors who open a page every 30 s, and an agent who follows that', run: browsing,
    shows: {
      pages_per_s: ['pages per second', 'n', null],
      cpu_ms_per_1000_pages: ['server CPU for 1,000 pages', 'ms', 'less'],
      server_cpu: ['server, cores in use', 'n', 'less'],
      ack_p99_ms: ['until acknowledged, p99', 'ms', 'less'],
      disk_per_page_bytes: ['written to the disk for a page', 'bytes', 'less'],
      rss_loaded_bytes: ['resident memory at the end', 'bytes', 'less'],
      generator_cpu: ['load generator, cores in use', 'n', null],
    },
  },
  {
    name: 'agent-500', title: 'one agent with 500 open conversations, 500 messages/s; then the agent opens afresh', run: agentWith500,
    shows: { ...RATE, ...LOAD, ...REOPEN },
  },
  {
    name: 'watchers-50', title: 'one conversation and 50 agents who watch it, 100 messages/s', start: { agents: 50, staff: true },
    run: (server, { seconds }) => generate({ ...server.options, writers: 1, rate: 100, seconds, 'warm-up': 3 }), shows: { ...RATE, ...LOAD },
  },
  {
    name: 'catch-up', title: 'an agent returns after 20,000 messages (socket.io has no such thing: all later messages by REST)', run: catchUp, shows: REOPEN,
  },
  {
    name: 'rest-reads', title: "REST: a conversation's last 50 messages, 32 connections", run: restReads, shows: ANSWERS,
  },
  {
    name: 'widget-file', title: 'GET /widget.js, 32 connections',
    run: (server, { seconds }) => generate({ ...server.options, get: '/widget.js', writers: 32, seconds, 'warm-up': 2 }), shows: ANSWERS,
  },
  {
    name: 'footprint', title: 'the whole server with the demo conversations, one agent and 100 visitors', start: { demo: true },
    run: (server) => generate({ ...server.options, idle: 100 }), shows: { rss_idle_bytes: ['resident memory', 'bytes', 'less'] },
  },
];

/** Names of more than one: the cost of a message at 100 and at 10,000 idle visitors. */
export const GROUPS = { 'idle-slope': ['idle-100', 'idle-10k'] };
