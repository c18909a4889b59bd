// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { clock } from './lib/fake-clock.mjs';
import { install, settle } from './lib/fake-browser.mjs';
import { source } from './lib/sources.mjs';

const { PollSocket } = await source('transport/poll-socket.ts');

/** Requests of the widget, in their order; the test answers each. */
let asked;
let heard;
let socket;

/** One that the test has still to answer. */
function waiting(method, query) {
  const found = asked.find((one) => !one.done && one.method === method && one.url.endsWith(query));
  assert.ok(found, `${method} ${query} among ${asked.filter((one) => !one.done).map((one) => `${one.method} ${one.url}`)}`);
  found.done = true;
  return found;
}

async function answer(method, query, status, text = '') {
  waiting(method, query).resolve({ status, text: async () => text });
  await settle();
}

async function fail(method, query) {
  waiting(method, query).reject(new TypeError('Failed to fetch'));
  await settle();
}

beforeEach(async () => {
  install();
  clock.install(1_000_000);
  asked = [];
  heard = [];
  globalThis.fetch = (url, { method = 'GET', body, keepalive } = {}) => new Promise((resolve, reject) => asked.push({ url, method, body, keepalive, resolve, reject }));
  socket = new PollSocket('wss://chat.example/desk/api/v1/socket');
  socket.onopen = () => heard.push('open');
  socket.onmessage = ({ data }) => heard.push(data);
  socket.onclose = ({ code, reason }) => heard.push([code, reason]);
});

async function open() {
  assert.equal(asked[0].url, 'https://chat.example/desk/api/v1/poll');
  await answer('POST', '/poll', 201, 'SECRET');
  assert.deepEqual(heard, ['open']);
  heard = [];
}

test('what is said goes in its order, and what comes in meanwhile goes next, together', async () => {
  await open();
  socket.send('{"a":1}');
  socket.send('{"b":2}');
  socket.send('{"c":3}');
  await settle();
  const first = asked.find(({ method, url }) => method === 'POST' && url.includes('first='));
  assert.deepEqual([first.url, first.body], ['https://chat.example/desk/api/v1/poll/SECRET?first=1', '{"a":1}']);
  await answer('POST', '?first=1', 204);
  assert.equal(asked.at(-1).body, '{"b":2}\n{"c":3}');
  await answer('POST', '?first=2', 204);
  socket.send('{"d":4}');
  await answer('POST', '?first=4', 204);
});

test('a request without an answer is made again, and says the same', async () => {
  await open();
  socket.send('{"a":1}');
  await fail('POST', '?first=1');
  clock.tick(1000);
  await settle();
  assert.equal(asked.at(-1).body, '{"a":1}');
  await answer('POST', '?first=1', 503);
  clock.tick(1000);
  await settle();
  await answer('POST', '?first=1', 204);
  assert.deepEqual(heard, []);
});

test('a long text goes alone', async () => {
  await open();
  socket.send('first');
  socket.send('x'.repeat(9000));
  socket.send('last');
  await answer('POST', '?first=1', 204);
  assert.equal(asked.at(-1).body.length, 9000);
  await answer('POST', '?first=2', 204);
  assert.equal(asked.at(-1).body, 'last');
});

test('what the server says is heard once, and acknowledged', async () => {
  await open();
  await answer('GET', '?after=0', 200, '2\n{"a":1}\n{"b":2}');
  await answer('GET', '?after=2', 200, '2');
  waiting('GET', '?after=2').resolve({ status: 200, text: () => Promise.reject(new TypeError('cut off')) });
  await settle();
  await answer('GET', '?after=2', 200, '3\n{"c":3}');
  assert.deepEqual(heard, ['{"a":1}', '{"b":2}', '{"c":3}']);
});

test('the end is told as by a WebSocket', async () => {
  await open();
  await answer('GET', '?after=0', 410, '4001 bad_origin');
  assert.deepEqual(heard, [[4001, 'bad_origin']]);
  const count = asked.length;
  socket.send('nobody hears this');
  await settle();
  assert.equal(asked.length, count);
});

for (const [name, status] of [['a link that is not known any more', 404], ['numbers that do not fit', 409]])
  test(`${name} is a loss`, async () => {
    await open();
    await answer('GET', '?after=0', status, '{"title":"…"}');
    assert.deepEqual(heard, [[1006, '']]);
  });

test('where nobody answers three times the line is lost', async () => {
  await open();
  for (let i = 0; i < 3; i += 1) {
    assert.deepEqual(heard, []);
    await fail('GET', '?after=0');
    clock.tick(1000);
    await settle();
  }
  assert.deepEqual(heard, [[1006, '']]);
});

test('a server that opens no link is no server', async () => {
  await answer('POST', '/poll', 403);
  assert.deepEqual(heard, [[1006, '']]);
});

test('whoever goes says so, and hears no more', async () => {
  await open();
  socket.close();
  assert.equal(waiting('POST', '?first=1&end=1').body, '');
  await answer('GET', '?after=0', 200, '1\n{"a":1}');
  assert.deepEqual(heard, []);
});

test('whoever goes says last what has not arrived for certain, in a request that outlives the page', async () => {
  await open();
  socket.send('{"a":1}');
  await answer('POST', '?first=1', 204);
  socket.send('{"b":2}');
  socket.send('{"c":3}');
  socket.close();
  const { body, keepalive } = waiting('POST', '?first=2&end=1');
  assert.deepEqual([body, keepalive], ['{"b":2}\n{"c":3}', true]);
  socket.send('nobody hears this');
  await answer('POST', '?first=2', 204);
  assert.ok(!asked.some(({ body: text }) => text?.includes('nobody')));
});

test('in an old Firefox that goes another way', async (t) => {
  const { Request } = globalThis;
  const beacons = [];
  globalThis.Request = class {};
  Object.defineProperty(globalThis, 'navigator', { value: { sendBeacon: (url, body) => beacons.push([url, body]) }, configurable: true });
  t.after(() => {
    globalThis.Request = Request;
    delete globalThis.navigator;
  });
  await open();
  socket.send('{"a":1}');
  socket.close();
  assert.deepEqual(beacons, [['https://chat.example/desk/api/v1/poll/SECRET?first=1&end=1', '{"a":1}']]);
});
