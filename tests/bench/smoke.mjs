// SPDX-License-Identifier: GPL-3.0-or-later
//
// The load generator against a real daemon, with small numbers: that all figures are there and that nothing goes missing.

import assert from 'node:assert/strict';
import os from 'node:os';
import test from 'node:test';

import { ChatFlow } from './chatflow.mjs';
import { generate } from './generator.mjs';
import { Results } from './results.mjs';

async function stage(t, options = {}) {
  const server = await ChatFlow.start({ folder: os.tmpdir(), ...options });
  t.after(() => server.stop());
  return server;
}

function assertComplete(figures, agents) {
  assert.ok(figures.sent > 0, 'something was sent');
  assert.equal(figures.acked, figures.sent);
  assert.equal(figures.delivered, figures.sent * agents);
  for (const name of ['messages_per_s', 'messages_per_cpu_s', 'cpu_ms_per_1000', 'server_cpu', 'generator_cpu', 'rss_empty_bytes', 'rss_loaded_bytes',
    'ack_p50_ms', 'ack_p99_ms', 'ack_p999_ms', 'delivery_p50_ms', 'delivery_p99_ms', 'delivery_p999_ms']) {
    assert.ok(figures[name] > 0, `${name}: got ${figures[name]}`);
  }
  assert.ok(figures.delivery_p50_ms <= figures.delivery_p99_ms && figures.delivery_p99_ms <= figures.delivery_p999_ms);
}

test('at a fixed rate, with idle visitors', async (t) => {
  const server = await stage(t);
  const figures = await generate({ ...server.options, idle: 30, writers: 5, rate: 100, seconds: 1, 'warm-up': 0.2 });
  assertComplete(figures, 1);
  for (const name of ['handshake_per_s', 'handshake_cpu_us', 'rss_idle_bytes']) assert.ok(figures[name] > 0, name);
  assert.ok(Number.isFinite(figures.rss_per_idle_bytes));
});

test('each as fast as it is answered, two agents, one of whom returns', async (t) => {
  const server = await stage(t, { agents: 2 });
  const plan = { ...server.options, writers: 4, seconds: 0.5, 'warm-up': 0.1, 'reopen-times': 2 };
  const missed = await generate({ ...plan, reopen: 'missed' });
  assertComplete(missed, 2);
  assert.ok(missed.reopen_bytes > missed.sent * 100, 'the agent gets what was said meanwhile');
  assert.ok(missed.reopen_p50_ms > 0 && missed.reopen_cpu_ms > 0);
  const fresh = await generate({ ...plan, messages: 40, reopen: 'fresh' });
  assertComplete(fresh, 2);
  assert.equal(fresh.sent, 40);
  assert.ok(fresh.reopen_bytes > 0);
});

test('who only looks around', async (t) => {
  const server = await stage(t);
  const figures = await generate({ ...server.options, browse: true, writers: 5, rate: 50, seconds: 1, 'warm-up': 0.2 });
  assert.ok(figures.sent > 0);
  assert.equal(figures.acked, figures.sent);
  assert.ok(figures.cpu_ms_per_1000 > 0 && figures.ack_p99_ms > 0);
});

test('all come back after a restart', async (t) => {
  const server = await stage(t);
  let restarts = 0;
  const figures = await generate({ ...server.options, idle: 20, writers: 3, seconds: 0, reconnect: true }, {
    onWaiting: () => {
      restarts++;
      return server.restart();
    },
  });
  assert.equal(restarts, 1);
  assert.ok(figures.reconnect_per_s > 0 && figures.reconnect_cpu_us > 0 && figures.reconnect_max_ms >= figures.reconnect_p50_ms);
});

test('plain HTTP', async (t) => {
  const server = await stage(t);
  const plan = { ...server.options, bearer: server.tokens[0], writers: 3, seconds: 0.3, 'warm-up': 0.1 };
  const figures = await generate({ ...plan, get: await server.messagesPath() });
  assert.ok(figures.answers_per_s > 0 && figures.answers_per_cpu_s > 0 && figures.answer_bytes > 100);
  await assert.rejects(generate({ ...plan, get: '/api/v1/nothing' }), /404/);
});

test('what goes wrong is told', async (t) => {
  const server = await stage(t);
  await assert.rejects(generate({ ...server.options, site: 'nonsense', idle: 1 }), /bad_site/);
  await assert.rejects(generate({ ...server.options, dialect: 'telnet' }), /telnet/);
  await assert.rejects(generate({ ...server.options, port: 1 }), /refused/);
  await assert.rejects(generate({ ...server.options, idle: 3, reconnect: true, 'at-once': 3 }, {
    onWaiting: async () => {
      await server.stop();
      return process.pid;
    },
  }), /refused/);
});

test('medians, ratios and targets', () => {
  const results = new Results();
  for (const [ours, theirs] of [[900, 300], [100, 500], [600, 100]]) {
    results.add('peak', 'A', { messages_per_s: ours });
    results.add('peak', 'B', { messages_per_s: theirs });
  }
  results.add('footprint', 'A', { rss_idle_bytes: 26 * 2 ** 20 });
  results.add('footprint', 'B', { rss_idle_bytes: 60 * 2 ** 20 });
  const [peak, footprint] = results.targets('A', 'B');
  assert.equal(results.targets('A', 'B').length, 2, 'only what was measured');
  assert.deepEqual([peak.ours, peak.peer, peak.ratio, peak.must.reached, peak.aim.reached], [600, 300, 2, true, false]);
  assert.deepEqual([footprint.must.reached, footprint.aim.reached], [false, false]);
  const text = results.markdown({ cpu: 'one' }, [{ name: 'peak', title: 'much', shows: { messages_per_s: ['messages', 'n', 'more'] } }], 'A', 'B');
  assert.match(text, /\| messages \| 600 \| 300 \| 2\.0 \(more is better\) \|/);
  assert.match(text, /at least 2x: yes \| at least 3x: \*\*no\*\*/);
});
