// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { clock } from './lib/fake-clock.mjs';
import { FakeSocket, install, settle } from './lib/fake-browser.mjs';
import { source } from './lib/sources.mjs';

const { Connection } = await source('transport/connection.ts');
const { backoff, restartDelay } = await source('transport/backoff.ts');

let seen;
let connection;

beforeEach(() => {
  install();
  clock.install(1_000_000);
  seen = { links: [], opened: 0, notified: [], renewed: 0 };
  connection = new Connection('ws://chat.example/api/v1/socket', {
    hello: () => ({ site: 'demo', since: 7 }),
    opened: () => seen.opened++,
    notified: (method, params) => seen.notified.push([method, params]),
    linked: (link) => seen.links.push(link),
    unauthenticated: () => seen.renewed++,
  });
});

async function goOnline() {
  connection.start();
  FakeSocket.last.onopen();
  FakeSocket.last.answer('session.open', { role: 'visitor' });
  await settle();
  assert.equal(connection.link, 'online');
}

/** Until the next socket is made: how long that took. */
function waited() {
  const count = FakeSocket.all.length;
  for (let time = 0; time <= 31_000; time += 50) {
    if (FakeSocket.all.length > count) return time;
    clock.tick(50);
  }
  return Infinity;
}

test('the back-off doubles from half a second to half a minute, and is random', () => {
  assert.deepEqual([0, 1, 2, 3, 6, 7, 100].map((attempt) => backoff(attempt, () => 1)), [500, 1000, 2000, 4000, 30_000, 30_000, 30_000]);
  assert.equal(backoff(3, () => 0), 2000);
  assert.deepEqual([restartDelay(() => 0), restartDelay(() => 1)], [1000, 3000]);
});

test('session.open comes first, calls are told apart by their id', async () => {
  connection.start();
  const socket = FakeSocket.last;
  assert.equal(socket.url, 'ws://chat.example/api/v1/socket');
  await assert.rejects(connection.call('message.send'), { reason: 'lost' });
  socket.onopen();
  assert.deepEqual(socket.sent, [{ jsonrpc: '2.0', id: 1, method: 'session.open', params: { site: 'demo', since: 7 } }]);
  socket.answer('session.open', {});
  await settle();
  const one = connection.call('a', { x: 1 });
  const two = connection.call('b');
  socket.answer('b', { n: 2 });
  socket.fail('a', 'rate_limited', 700);
  assert.deepEqual(await two, { n: 2 });
  await assert.rejects(one, { reason: 'rate_limited', retryAfter: 700, transient: true });
  socket.receive({ method: 'changes', params: { rev: 3 } });
  socket.receive({ id: 99, result: {} });
  assert.deepEqual(seen.notified, [['changes', { rev: 3 }]]);
});

test('a connection that can’t be had is tried with growing pauses', async () => {
  let requests = 0;
  globalThis.fetch = async () => {
    requests += 1;
    throw new TypeError('Failed to fetch');
  };
  connection.start();
  const pauses = [];
  for (let attempt = 0; attempt < 9; attempt++) {
    if (attempt % 3 < 2) FakeSocket.last.break(); // the third fails by itself
    const before = FakeSocket.all.length + requests;
    let pause = 0;
    for (; FakeSocket.all.length + requests === before; pause += 50) {
      clock.tick(50);
      await new Promise(setImmediate);
    }
    pauses.push(pause);
  }
  pauses.forEach((pause, attempt) => {
    const longest = Math.min(30_000, 500 * 2 ** attempt);
    assert.ok(pause >= longest / 2 - 50 && pause <= longest + 50, `attempt ${attempt}: waited ${pause}`);
  });
});

test('what was asked when the connection broke is told so', async () => {
  await goOnline();
  const call = connection.call('message.send');
  FakeSocket.last.break();
  await assert.rejects(call, { reason: 'lost' });
  assert.equal(connection.link, 'waiting');
  connection.start();
  assert.equal(connection.link, 'connecting', 'start does not wait');
});

test('a silent connection is asked after 30 s and given up at 45 s', async () => {
  await goOnline();
  const socket = FakeSocket.last;
  clock.tick(29_000);
  assert.equal(socket.sent.length, 1);
  clock.tick(1000);
  assert.equal(socket.sent.at(-1).method, 'server.info');
  socket.answer('server.info', {});
  clock.tick(15_000);
  assert.equal(socket.closed, false, 'the answer is a sign of life');
  clock.tick(15_000);
  assert.equal(socket.sent.filter((frame) => frame.method === 'server.info').length, 2);
  clock.tick(14_999);
  assert.equal(socket.closed, false);
  clock.tick(1);
  assert.equal(socket.closed, true);
  assert.equal(connection.link, 'waiting');
});

test('a call without an answer in silence is doubted after 10 s and given up at 15 s', async () => {
  await goOnline();
  const socket = FakeSocket.last;
  clock.tick(20_000);
  const call = connection.call('message.send');
  clock.tick(9_999);
  assert.equal(socket.sent.at(-1).method, 'message.send');
  clock.tick(1);
  assert.equal(socket.sent.at(-1).method, 'server.info');
  clock.tick(4_999);
  assert.equal(socket.closed, false);
  clock.tick(1);
  assert.equal(socket.closed, true);
  await assert.rejects(call, { reason: 'lost' });
});

test('a slow answer is no death as long as anything comes', async () => {
  await goOnline();
  const socket = FakeSocket.last;
  const call = connection.call('message.send');
  for (let i = 0; i < 6; i++) {
    clock.tick(9_000);
    socket.receive({ method: 'signal', params: {} });
  }
  assert.equal(socket.sent.filter((frame) => frame.method === 'server.info').length, 0);
  clock.tick(10_000);
  socket.answer('server.info', {});
  clock.tick(9_000);
  socket.answer('message.send', { ok: true });
  assert.deepEqual(await call, { ok: true });
  assert.equal(socket.closed, false);
  clock.tick(30_000);
  assert.equal(socket.sent.filter((frame) => frame.method === 'server.info').length, 2, 'silence counts from what came last');
});

test('a clock that is put back stops no watch', async () => {
  await goOnline();
  clock.back(3_600_000);
  clock.tick(60_000);
  assert.equal(FakeSocket.all[0].sent.at(-1).method, 'server.info');
  clock.tick(15_000);
  assert.equal(FakeSocket.all[0].closed, true);
});

test('the browser says that the network is back: an open socket must answer soon, a hanging attempt begins anew', async () => {
  await goOnline();
  connection.networkBack();
  assert.equal(FakeSocket.last.sent.at(-1).method, 'server.info');
  FakeSocket.last.answer('server.info', {});
  clock.tick(5_000);
  assert.equal(connection.link, 'online', 'it was the same network');
  connection.networkBack();
  clock.tick(5_000);
  assert.equal(connection.link, 'waiting', 'it was another one');
  connection.networkBack();
  assert.equal(FakeSocket.all.length, 2, 'nobody waits');
  clock.tick(8_000);
  connection.networkBack();
  assert.equal(FakeSocket.all.length, 3);
  assert.equal(FakeSocket.all[1].closed, true);
});

test('a browser that says again and again that the network is gone costs a moment each time, never half a minute', async () => {
  await goOnline();
  for (let i = 0; i < 12; i++) {
    clock.tick(11_000);
    connection.networkLost();
    assert.equal(connection.link, 'waiting');
    const pause = waited();
    assert.ok(pause <= 550, `waited ${pause}`);
    FakeSocket.last.onopen();
    FakeSocket.last.answer('session.open', { role: 'visitor' });
    await settle();
  }
});

test('a handshake that hangs is given up', () => {
  connection.start();
  clock.tick(15_000);
  assert.equal(FakeSocket.all[0].closed, true);
  assert.equal(connection.link, 'waiting');
});

test('a restarting server is left alone for 1 to 3 s', async () => {
  await goOnline();
  FakeSocket.last.break(1012);
  const pause = waited();
  assert.ok(pause >= 950 && pause <= 3050, `waited ${pause}`);
});

for (const reason of ['bad_origin', 'bad_site'])
  test(`${reason} is for good`, async () => {
    connection.start();
    FakeSocket.last.onopen();
    FakeSocket.last.fail('session.open', reason);
    FakeSocket.last.break(4001, reason);
    await settle();
    assert.equal(connection.link, 'refused');
    assert.equal(waited(), Infinity);
    connection.start();
    assert.equal(FakeSocket.all.length, 1);
  });

test('a session that ended asks for another token and comes back', async () => {
  await goOnline();
  FakeSocket.last.break(4001, 'revoked');
  assert.equal(seen.renewed, 1);
  assert.ok(waited() <= 1000);
});

test('stop is the end until the next start', async () => {
  await goOnline();
  const call = connection.call('a');
  connection.stop();
  await assert.rejects(call, { reason: 'lost' });
  assert.equal(connection.link, 'idle');
  assert.equal(waited(), Infinity);
});

test('a frame that is no JSON ends the connection, not the page', async () => {
  await goOnline();
  FakeSocket.last.onmessage({ data: '{' });
  assert.equal(connection.link, 'waiting');
});

test('where WebSockets do not open, each third attempt goes by HTTP, and stays there while that works', async () => {
  const asked = [];
  globalThis.fetch = (url) => new Promise((resolve) => asked.push({ url, answer: (status, text) => resolve({ status, text: async () => text }) }));
  connection.start();
  FakeSocket.last.break();
  waited();
  FakeSocket.last.break();
  clock.tick(2000);
  await new Promise(setImmediate); // the module is fetched
  assert.equal(FakeSocket.all.length, 2);
  assert.equal(asked[0].url, 'http://chat.example/api/v1/poll');
  asked[0].answer(201, 'SECRET');
  await settle();
  asked.find(({ url }) => url.endsWith('?after=0')).answer(200, '1\n{"id":1,"result":{}}');
  await settle();
  assert.equal(connection.link, 'online');
  asked.find(({ url }) => url.endsWith('?after=1')).answer(404, '');
  await settle();
  clock.tick(2000);
  await new Promise(setImmediate);
  assert.equal(asked.filter(({ url }) => url.endsWith('/poll')).length, 2);
  assert.equal(FakeSocket.all.length, 2);
});

test('a browser without WebSockets is served by HTTP at once', async () => {
  const asked = [];
  globalThis.fetch = (url) => { asked.push(url); return new Promise(() => {}); };
  delete globalThis.WebSocket;
  connection.start();
  await new Promise(setImmediate);
  assert.deepEqual(asked, ['http://chat.example/api/v1/poll']);
});

test('one who has left does not open a line when its module comes late', async () => {
  const asked = [];
  globalThis.fetch = (url) => { asked.push(url); return new Promise(() => {}); };
  delete globalThis.WebSocket;
  connection.start();
  connection.stop();
  await new Promise(setImmediate);
  assert.deepEqual(asked, []);
});
