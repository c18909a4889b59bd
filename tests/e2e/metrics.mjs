// SPDX-License-Identifier: GPL-3.0-or-later
//
// /metrics: all there, well formed, counting exactly what was done, telling nothing of anybody; and what watches it speaks of what exists.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { readExposition, valueOf } from '../lib/exposition.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Socket } from '../lib/socket.mjs';
import { until } from '../lib/until.mjs';

const MONITORING = new URL('../../data/server/monitoring', import.meta.url).pathname;

/** Every metric, with its labels. What is taken away here breaks somebody's dashboard. */
const METRICS = {
  chatflow_build_info: ['version'],
  chatflow_connections: ['kind'],
  chatflow_handshakes_total: [],
  chatflow_session_opens_total: ['outcome', 'role'],
  chatflow_closed_total: ['why'],
  chatflow_refused_total: ['why'],
  chatflow_http_requests_total: [],
  chatflow_socket_messages_total: ['direction'],
  chatflow_socket_bytes_total: ['direction'],
  chatflow_send_queue_bytes: [],
  chatflow_calls_total: ['method', 'outcome'],
  chatflow_call_seconds: ['method'],
  chatflow_errors_total: ['reason'],
  chatflow_site_limited_total: ['use'],
  chatflow_messages_total: ['author'],
  chatflow_changes_total: [],
  chatflow_live_peers: [],
  chatflow_page_looks_lost_total: [],
  chatflow_delivery_seconds: [],
  chatflow_commit_calls: [],
  chatflow_commit_seconds: [],
  chatflow_write_wait_seconds: [],
  chatflow_read_wait_seconds: [],
  chatflow_commits_failed_total: [],
  chatflow_writes_failed_total: [],
  chatflow_queue_calls: ['queue'],
  chatflow_search_lag_seconds: [],
  chatflow_database_writable: [],
  chatflow_database_bytes: ['file'],
  chatflow_disk_bytes: ['space'],
  chatflow_schema_version: [],
  chatflow_jobs_waiting: ['lane'],
  chatflow_jobs_total: ['lane', 'outcome'],
  process_cpu_seconds_total: [],
  process_resident_memory_bytes: [],
  process_open_fds: [],
  process_max_fds: [],
  process_start_time_seconds: [],
};

async function start(t, options) {
  const daemon = await Daemon.start({ demo: true, options });
  t.after(() => daemon.remove());
  return daemon;
}

async function metrics(daemon) {
  const response = await fetch(`${daemon.url}/metrics`);
  assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
  return readExposition(await response.text());
}

test('the check of the format refuses what Prometheus would', () => {
  const fine = '# HELP a_total What.\n# TYPE a_total counter\na_total{b="x\\"y",c=""} 1\n';
  readExposition(fine);
  const bad = [
    fine.trimEnd(), `${fine}\n`, fine + fine, fine.replace('# TYPE a_total counter\n', ''), fine.replace('} 1', '} one'), fine.replace(',c=""', ',b=""'),
    fine.replace('c=""', 'c="'), `${fine}a_total{c="",b="x\\"y"} 2\n`, `${fine}other 1\n`, fine.replaceAll('a_total', 'a'), fine.replace('} 1', '} -1'), fine.replace('} 1', '}  1'),
  ];
  for (const text of bad) assert.throws(() => readExposition(text), undefined, text);
  const histogram = '# HELP h Time.\n# TYPE h histogram\nh_bucket{le="0.1"} 1\nh_bucket{le="+Inf"} 3\nh_sum 2\nh_count 3\n';
  readExposition(histogram);
  for (const [from, to] of [['h_count 3', 'h_count 4'], ['h_bucket{le="0.1"} 1', 'h_bucket{le="0.1"} 5'], ['h_bucket{le="+Inf"} 3\n', ''], ['h_sum 2\n', ''], ['h_sum 2', 'h_sum{le="1"} 2']])
    assert.throws(() => readExposition(histogram.replace(from, to)), undefined, to);
});

test('counters move by exactly what was done', async (t) => {
  const daemon = await start(t);
  const before = await metrics(daemon);
  const login = await daemon.login(daemon.demo.agents[0].email, daemon.demo.agents[0].password);
  const [visitor, agent] = [await Socket.open(daemon.socketUrl), await Socket.open(daemon.socketUrl)];
  const token = newVisitorToken();
  const conversation = newId();
  const pushed = [];
  agent.onNotification = (method, params) => { if (method === 'changes') pushed.push(params); };
  await visitor.call('session.open', { site: daemon.demo.site.key, token });
  for (let page = await agent.call('session.open', { token: login.token }); page.more;) page = await agent.call('sync.changes', { since: page.rev, first: true });
  await visitor.call('conversation.start', { id: conversation, message_id: newId(), text: 'SECRET words' });
  const repeated = { id: newId(), conversation_id: conversation, text: 'SECRET more' };
  await visitor.call('message.send', repeated);
  await visitor.call('message.send', repeated);
  await assert.rejects(visitor.call('message.send', { ...repeated, text: 'SECRET other' }));
  await agent.call('message.send', { id: newId(), conversation_id: conversation, text: 'SECRET answer' });
  await agent.call('note.add', { id: newId(), conversation_id: conversation, text: 'SECRET note' });
  await assert.rejects(visitor.call('no.such.method'));
  await assert.rejects(visitor.call('agent.list'));
  const stranger = await Socket.open(daemon.socketUrl);
  await assert.rejects(stranger.call('session.open', { site: 'SECRET', token }));
  await until(() => pushed.some(({ records }) => records.some(({ kind }) => kind === 'note')), 'the last change');
  const after = await until(async () => {
    const now = await metrics(daemon);
    return valueOf(now, 'chatflow_connections', { kind: 'unopened' }) === 0 && now;
  }, 'the stranger to be gone');

  const moved = (name, labels) => valueOf(after, name, labels) - valueOf(before, name, labels);
  const expected = [
    ['chatflow_messages_total', { author: 'visitor' }, 2],
    ['chatflow_messages_total', { author: 'agent' }, 1],
    ['chatflow_messages_total', { author: 'system' }, 0],
    ['chatflow_handshakes_total', {}, 3],
    ['chatflow_session_opens_total', { role: 'visitor', outcome: 'ok' }, 1],
    ['chatflow_session_opens_total', { role: 'agent', outcome: 'ok' }, 1],
    ['chatflow_session_opens_total', { role: 'none', outcome: 'bad_site' }, 1],
    ['chatflow_connections', { kind: 'agent' }, 1],
    ['chatflow_connections', { kind: 'visitor' }, 1],
    ['chatflow_live_peers', {}, 2],
    ['chatflow_calls_total', { method: 'session.login', outcome: 'ok' }, 1],
    ['chatflow_calls_total', { method: 'conversation.start', outcome: 'ok' }, 1],
    ['chatflow_calls_total', { method: 'message.send', outcome: 'ok' }, 3],
    ['chatflow_calls_total', { method: 'message.send', outcome: 'conflict' }, 1],
    ['chatflow_calls_total', { method: 'note.add', outcome: 'ok' }, 1],
    ['chatflow_call_seconds_count', { method: 'message.send' }, 4],
    ['chatflow_errors_total', { reason: 'not_found' }, 1],
    ['chatflow_errors_total', { reason: 'forbidden' }, 1],
    ['chatflow_errors_total', { reason: 'conflict' }, 1],
    ['chatflow_errors_total', { reason: 'bad_site' }, 1],
    ['chatflow_delivery_seconds_count', {}, pushed.length],
    ['chatflow_commit_calls_sum', {}, valueOf(after, 'chatflow_write_wait_seconds_count') - valueOf(before, 'chatflow_write_wait_seconds_count')],
    ['chatflow_commit_calls_count', {}, moved('chatflow_commit_seconds_count')],
    ['chatflow_writes_failed_total', {}, 1],
    ['chatflow_commits_failed_total', {}, 0],
  ];
  for (const [name, labels, value] of expected) assert.equal(moved(name, labels), value, `${name} ${JSON.stringify(labels)}`);
  assert.ok(valueOf(after, 'chatflow_commit_calls_sum') >= 6);
  const sizes = ['chatflow_database_bytes', 'chatflow_disk_bytes'].map((name) => after.get(name).samples.map(({ value }) => value));
  assert.ok(sizes.flat().every((value) => value > 0), JSON.stringify(sizes));
  assert.ok(Math.abs(valueOf(after, 'process_start_time_seconds') - Date.now() / 1000) < 600);
  assert.equal(valueOf(after, 'chatflow_database_writable'), 1);
  assert.ok(valueOf(after, 'chatflow_search_lag_seconds') >= 0);

  const text = await (await fetch(`${daemon.url}/metrics`)).text();
  for (const secret of ['SECRET', token, login.token, conversation, daemon.demo.agents[0].email, daemon.demo.site.key]) assert.ok(!text.includes(secret), secret);
  assert.deepEqual([...after.keys()].sort(), Object.keys(METRICS).sort(), 'all are there, and each is known here');
  for (const [name, { samples }] of after)
    for (const { labels } of samples) assert.deepEqual(Object.keys(labels).filter((label) => label !== 'le').sort(), METRICS[name], name);
  visitor.cut();
  agent.cut();
});

test('metrics are for those who are named', async (t) => {
  const daemon = await start(t);
  const status = async (headers) => (await fetch(`${daemon.url}/metrics`, { headers })).status;
  assert.equal(await status({}), 200);
  assert.equal(await status({ 'x-forwarded-for': '203.0.113.9' }), 403, 'passed on by a proxy that nobody has named');
  assert.equal(await status({ forwarded: 'for=203.0.113.9' }), 403);
  const behind = await start(t, { CHATFLOW_PROXIES: '127.0.0.1', CHATFLOW_METRICS: '192.0.2.0/24' });
  const from = async (address) => (await fetch(`${behind.url}/metrics`, { headers: { 'x-forwarded-for': address } })).status;
  assert.deepEqual([await from('192.0.2.7'), await from('203.0.113.9'), await from('127.0.0.1')], [200, 403, 403]);
});

test('the dashboard and the alerts speak of metrics that exist', async (t) => {
  const dashboard = JSON.parse(await readFile(path.join(MONITORING, 'grafana-dashboard.json'), 'utf8'));
  const rules = await readFile(path.join(MONITORING, 'prometheus-rules.yml'), 'utf8');
  const daemon = await start(t);
  const families = await metrics(daemon);
  const known = (name) => families.has(name) || ['_bucket', '_sum', '_count'].some((ending) => name.endsWith(ending) && families.get(name.slice(0, -ending.length))?.type === 'histogram');
  const named = (text) => text.match(/\b(?:chatflow|process)_[a-z_]+\b/g) ?? [];
  const targets = dashboard.panels.flatMap((panel) => panel.targets ?? []);
  assert.ok(targets.length > 15);
  for (const { expr } of targets) {
    assert.ok(named(expr).length > 0, expr);
    for (const name of named(expr)) assert.ok(known(name), `${name} in the dashboard`);
  }
  const expressions = [...rules.matchAll(/^ +expr: (.+)$/gm)].map((match) => match[1]);
  assert.ok(expressions.length >= 8);
  for (const name of expressions.flatMap(named)) assert.ok(known(name), `${name} in the alert rules`);
  const ids = dashboard.panels.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'panels have ids of their own');
  const manual = await readFile(path.join(MONITORING, '..', '..', '..', 'docs', 'operations.md'), 'utf8');
  for (const [, alert] of rules.matchAll(/^ +- alert: (\w+)$/gm)) assert.ok(manual.includes(alert), `docs/operations.md says what to do about ${alert}`);
  const covered = [...targets.map(({ expr }) => expr), ...expressions].flatMap(named).map((name) => name.replace(/_(bucket|sum|count)$/, ''));
  for (const name of Object.keys(METRICS)) assert.ok(covered.includes(name) || manual.includes(name), `${name} is shown or explained somewhere`);
});
