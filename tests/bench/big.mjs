// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the daemon's reads grow with what is stored: the same questions to databases of different sizes.
//
//   node tests/bench/big.mjs [--sizes 10000,100000,1000000] [--rounds 200] [--keep DIR] [--json FILE]
//
//   --sizes   messages in each database; a tenth as many conversations and visitors
//   --keep    where the databases stay, to be used again; else they are generated in a temporary folder and removed
//   --json    also write the figures there
//
// TEST_CHATFLOWD is the program, from a release build. CPU is the daemon's own (/proc), in milliseconds per question; times are the client's and
// hold what else the machine does. The growth is of the CPU, from the smallest to the largest.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { Daemon } from '../lib/daemon.mjs';
import { Random } from '../lib/random.mjs';
import { Socket } from '../lib/socket.mjs';

const SEED = 1;
const CHANGED = 20_000; // records that a client has missed
const TICKS = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    rounds: { type: 'string', default: '200' },
    keep: { type: 'string' },
    json: { type: 'string' },
  },
});
const sizes = options.sizes.split(',').map(Number);
const rounds = Number(options.rounds);

/** What one asks; each gets the facts of the database and returns method and params, another time others. */
const QUESTIONS = {
  'inbox: open': () => ['conversation.list', { status: 'open', limit: 50 }],
  'inbox: mine, closed': ({ agent }) => ['conversation.list', { status: 'closed', assignee_id: agent, limit: 50 }],
  'inbox: all, somewhere in it': ({ positions }, random) => ['conversation.list', { before: random.pick(positions), limit: 50 }],
  'a visitor’s conversations': ({ visitors }, random) => ['conversation.list', { visitor_id: random.pick(visitors) }],
  'conversation open': ({ conversations }, random) => ['conversation.get', { id: random.pick(conversations) }],
  'history page, deep': ({ longest, depths }, random) => ['message.list', { conversation_id: longest, before: random.pick(depths), limit: 50 }],
  'search: rare word': ({ orders }, random) => ['search.messages', { text: random.pick(orders) }],
  'search: common word ("the")': () => ['search.messages', { text: 'the ' }],
  'search: common word, far back': ({ seqs }, random) => ['search.messages', { text: 'the ', before: random.pick(seqs) }],
  'search: common word, smallest site': ({ site }) => ['search.messages', { text: 'the ', site_id: site }],
  'search: beginning of 2 letters': () => ['search.messages', { text: 'or' }],
  'search: beginning of 3 letters': () => ['search.messages', { text: 'shi' }],
  'search: beginning of 5 letters': () => ['search.messages', { text: 'deliv' }],
  'search: phrase': () => ['search.messages', { text: '"where is my order"' }],
  'search: phrase that is nowhere': () => ['search.messages', { text: '"the where"' }],
  'search: two Chinese characters': () => ['search.messages', { text: '订单' }],
  'search: one Japanese character': () => ['search.messages', { text: '領' }],
  'search: Arabic': () => ['search.messages', { text: 'العنوان' }],
  'search: visitor': () => ['search.visitors', { text: 'mull' }],
};

const sql = (file, text) => execFileSync('sqlite3', ['-readonly', file, text], { encoding: 'utf8' }).trim().split('\n');
const numbers = (file, text) => sql(file, text).map(Number);

/** The daemon's CPU so far, in milliseconds. */
function cpu(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 1000 / TICKS;
}

const resident = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];

/** Generates the database unless it is kept from before. */
async function generate(folder, messages) {
  const daemon = await Daemon.at(folder);
  const notes = path.join(folder, 'demo.json');
  if (!existsSync(notes)) {
    mkdirSync(folder, { recursive: true });
    const tenth = String(messages / 10);
    const start = performance.now();
    const demo = JSON.parse(await daemon.cli(['demo', '--visitors', tenth, '--conversations', tenth, '--messages', String(messages), '--seed', String(SEED)]));
    const seconds = (performance.now() - start) / 1000;
    writeFileSync(notes, JSON.stringify({ ...demo, seconds }));
  }
  return [daemon, JSON.parse(readFileSync(notes, 'utf8'))];
}

/** What the questions are about. */
function facts(file) {
  const conversations = sql(file, 'SELECT id FROM conversation ORDER BY id LIMIT 500 OFFSET (SELECT count(*) / 2 FROM conversation)');
  const [longest] = sql(file, 'SELECT conversation_id FROM message GROUP BY conversation_id ORDER BY count(*) DESC LIMIT 1');
  return {
    conversations,
    longest,
    depths: numbers(file, `SELECT position FROM message WHERE conversation_id = '${longest}' ORDER BY position LIMIT 200 OFFSET 50`),
    agent: sql(file, 'SELECT id FROM agent ORDER BY rev LIMIT 1')[0],
    visitors: sql(file, 'SELECT visitor_id FROM conversation ORDER BY id LIMIT 500'),
    positions: numbers(file, 'SELECT last_position FROM conversation ORDER BY id LIMIT 500 OFFSET 100'),
    seqs: numbers(file, 'SELECT max(seq) / 4 + value * max(seq) / 1000 FROM message, (SELECT 1 AS value UNION SELECT 20 UNION SELECT 90 UNION SELECT 200)'
                  + ' GROUP BY value'),
    site: sql(file, 'SELECT site_id FROM conversation GROUP BY site_id ORDER BY count(*) LIMIT 1')[0],
    orders: sql(file, "SELECT text FROM message WHERE text GLOB '*[A-H][0-9][0-9][0-9][0-9][0-9]*' ORDER BY seq LIMIT 400 OFFSET 500")
      .map((text) => /[A-H]\d{5,6}/.exec(text)?.[0]).filter(Boolean),
    since: numbers(file, `SELECT rev FROM message ORDER BY organisation_id DESC, rev DESC LIMIT 1 OFFSET ${Math.round(CHANGED * 0.72)}`)[0] || 1,
  };
}

async function ask(socket, pid, question, about) {
  const random = new Random(SEED);
  const times = [];
  await socket.call(...question(about, random));
  const before = cpu(pid);
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    await socket.call(...question(about, random));
    times.push(performance.now() - start);
  }
  const used = cpu(pid) - before;
  times.sort((a, b) => a - b);
  return { cpu: used / rounds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

/** Pages from `since` to the end on a socket of its own; CPU and times are per 1,000 records. */
async function copy(url, pid, token, since) {
  const before = cpu(pid);
  const socket = await Socket.open(url);
  const pages = [];
  let records = 0;
  let applied = since;
  for (let more = true, method = 'session.open'; more; method = 'sync.changes') {
    const start = performance.now();
    const params = { since: applied, ...(since === 0 && { first: true }), ...(method === 'session.open' && { token }) };
    const answer = await socket.call(method, params);
    pages.push(performance.now() - start);
    records += answer.records?.length ?? 0;
    applied = answer.rev;
    more = answer.more ?? false;
  }
  const used = cpu(pid) - before;
  socket.close();
  pages.sort((a, b) => a - b);
  return { cpu: used / records * 1000, p50: quantile(pages, 0.5), p99: quantile(pages, 0.99), records, pages: pages.length };
}

/** Search is made from the database while the server runs. */
async function indexed(daemon) {
  while (!/^chatflow_search_lag_seconds 0$/m.test(await (await fetch(`${daemon.url}/metrics`)).text())) await delay(500);
}

async function measure(folder, messages) {
  const [daemon, demo] = await generate(folder, messages);
  const file = path.join(folder, 'chatflow.db');
  const about = facts(file);
  await daemon.restart();
  try {
    await indexed(daemon);
    const { token } = await daemon.login(demo.agents[0].email, demo.agents[0].password);
    const result = {
      messages,
      seconds: demo.seconds,
      megabytes: statSync(file).size / 1024 ** 2,
      searchMegabytes: statSync(`${file}-search`).size / 1024 ** 2,
      questions: {},
    };
    const socket = await Socket.open(daemon.socketUrl);
    await socket.call('session.open', { token, since: about.since });
    for (const [name, question] of Object.entries(QUESTIONS)) result.questions[name] = await ask(socket, daemon.pid, question, about);
    socket.close();
    result.questions['catching up, per 1,000 records'] = await copy(daemon.socketUrl, daemon.pid, token, about.since);
    result.questions['first copy, per 1,000 records'] = await copy(daemon.socketUrl, daemon.pid, token, 0);
    result.resident = resident(daemon.pid);
    return result;
  } finally {
    await daemon.stop();
  }
}

const round = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const row = (cells) => `| ${cells.join(' | ')} |`;

function table(results) {
  const [first, last] = [results[0], results.at(-1)];
  const lines = [
    row(['question', ...results.map(({ messages }) => `${messages.toLocaleString('en')}: CPU ms`), 'growth', 'p50 ms', 'p99 ms']),
    row(['---', ...results.map(() => '---:'), '---:', '---:', '---:']),
  ];
  for (const name of Object.keys(last.questions)) {
    const [small, large] = [first.questions[name], last.questions[name]];
    lines.push(row([name, ...results.map(({ questions }) => round(questions[name].cpu)), small.cpu > 0 ? `${(large.cpu / small.cpu).toFixed(1)}x` : 'below a tick',
      round(large.p50), round(large.p99)]));
  }
  const facts = [
    ['generated in, s', ({ seconds }) => seconds],
    ['database, MB', ({ megabytes }) => megabytes],
    ['and the search index, MB', ({ searchMegabytes }) => searchMegabytes],
    ['records of a first copy', ({ questions }) => questions['first copy, per 1,000 records'].records],
    ['daemon resident afterwards, MB', (result) => result.resident],
  ];
  for (const [name, value] of facts)
    lines.push(row([name, ...results.map((result) => round(value(result))), `${(value(last) / value(first)).toFixed(1)}x`, '', '']));
  return lines.join('\n');
}

const home = options.keep ?? await mkdtemp(path.join(os.tmpdir(), 'chatflow-big-'));
try {
  const results = [];
  for (const messages of sizes) {
    process.stderr.write(`big: ${messages} messages\n`);
    results.push(await measure(path.join(home, String(messages)), messages));
  }
  console.log(table(results));
  if (options.json) writeFileSync(options.json, `${JSON.stringify({ seed: SEED, rounds, results }, null, 1)}\n`);
} finally {
  if (!options.keep) rmSync(home, { recursive: true, force: true });
}
