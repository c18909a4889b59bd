// SPDX-License-Identifier: GPL-3.0-or-later
// The line by which a page says where its visitor is: a WebSocket, or HTTP requests where none gets through.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeSocket, install, settle } from './lib/fake-browser.mjs';
import { clock } from './lib/fake-clock.mjs';
import { source } from './lib/sources.mjs';

const { Line } = await source('track/line.ts');

/** What the line had to say, and the HTTP requests that it made: the server of those opens links and holds questions. */
let events;
let asked;
let line;
/** Whether anybody answers HTTP. */
let reachable;
let page;

beforeEach(() => {
  install();
  clock.install(1_000_000);
  events = [];
  asked = [];
  reachable = true;
  page = Object.assign(new EventTarget(), { hidden: false });
  globalThis.document = page;
  globalThis.fetch = (url, { method = 'GET', body = '' } = {}) => {
    asked.push(`${method} ${url.replace('https://chat.example/api/v1/poll', '')} ${body}`.trim());
    if (!reachable) return Promise.reject(new TypeError('Failed to fetch'));
    const answer = (status, text = '') => Promise.resolve({ status, text: async () => text });
    if (url.endsWith('/poll')) return answer(201, 'LINK');
    if (method === 'POST') return answer(204);
    return url.endsWith('after=0') ? answer(200, '1\n{"jsonrpc":"2.0","id":1,"result":{}}') : new Promise(() => {});
  };
  line = new Line('https://chat.example/', { hello: () => ({ site: 'demo' }), opened: () => events.push('opened'), heard: () => {} });
});

const look = (hidden) => {
  page.hidden = hidden;
  page.dispatchEvent(new Event('visibilitychange'));
};
const opens = () => FakeSocket.last.receive({ id: 1, result: {} });
/** Time for what is fetched later, and for answers. */
const turn = async () => {
  for (let i = 0; i < 5; i++) await settle();
};
/** What was said by HTTP. */
const said = () => asked.filter((one) => one.includes('first='));

test('a page without WebSockets speaks by HTTP at once', async () => {
  delete globalThis.WebSocket;
  line.start();
  await turn();
  assert.deepEqual(events, ['opened']);
  assert.match(said()[0], /^POST \/LINK\?first=1 .*"session.open"/);
  line.notify('visit.page', { id: 'a' });
  await turn();
  assert.match(said()[1], /^POST \/LINK\?first=2 .*"visit.page"/);
  line.notify('visit.page', { id: 'a', left: true });
  line.stop();
  assert.match(said().at(-1), /^POST \/LINK\?first=3&end=1 .*"left":true/);
});

test('the third attempt goes by HTTP, and the next one too', async () => {
  line.start();
  for (let i = 1; i <= 2; i++) {
    assert.equal(FakeSocket.all.length, i);
    assert.deepEqual(asked, []);
    FakeSocket.last.break();
    clock.tick(30_000);
    await turn();
  }
  assert.deepEqual([FakeSocket.all.length, events], [2, ['opened']]);
  // Nobody is there any more: the line is lost, and comes back where it was.
  reachable = false;
  line.notify('visit.page', {});
  for (let i = 0; i < 2; i++) {
    await turn();
    clock.tick(1000);
  }
  await turn();
  reachable = true;
  clock.tick(30_000);
  await turn();
  assert.deepEqual([FakeSocket.all.length, events], [2, ['opened', 'opened']]);
});

test('a WebSocket that opened once is tried again twice', async () => {
  line.start();
  opens();
  for (let i = 2; i <= 3; i++) {
    FakeSocket.last.break();
    clock.tick(30_000);
    assert.equal(FakeSocket.all.length, i);
  }
  assert.deepEqual(asked, []);
});

test('a WebSocket that a proxy leaves without an answer is given up', async () => {
  line.start();
  clock.tick(30_000);
  assert.ok(FakeSocket.all[0].closed);
  clock.tick(30_000);
  assert.equal(FakeSocket.all.length, 2);
  clock.tick(5000);
  await turn();
  assert.deepEqual(events, ['opened']);
  assert.equal(FakeSocket.all.length, 2);
});

test('whether anybody is there is asked; who does not answer is gone', () => {
  line.start();
  opens();
  for (let i = 1; i <= 3; i++) {
    clock.tick(30_000);
    assert.equal(FakeSocket.last.sent.filter(({ method }) => method === 'server.info').length, i);
    FakeSocket.last.receive({ id: 2, result: {} });
  }
  clock.tick(60_000);
  assert.ok(FakeSocket.all[0].closed);
  clock.tick(30_000);
  assert.equal(FakeSocket.all.length, 2);
});

test('a page that nobody sees keeps no request waiting; a WebSocket stays', async () => {
  line.start();
  opens();
  look(true);
  clock.tick(30_000);
  assert.ok(!FakeSocket.last.closed);
  line.stop();

  delete globalThis.WebSocket;
  look(false);
  line.start();
  await turn();
  assert.equal(events.length, 2);
  look(true);
  clock.tick(30_000);
  await turn();
  assert.match(asked.at(-1), /end=1/);
  const before = asked.length;
  clock.tick(600_000);
  await turn();
  assert.equal(asked.length, before, 'nothing is asked meanwhile');
  look(false);
  await turn();
  assert.equal(events.length, 3);
});

test('a page that is opened in a tab behind asks nothing until it is seen, and nothing after it was stopped', async () => {
  delete globalThis.WebSocket;
  look(true);
  line.start();
  await turn();
  assert.deepEqual(asked, []);
  line.stop();
  look(false);
  await turn();
  assert.deepEqual(asked, []);
  look(true);
  line.start();
  look(false);
  await turn();
  assert.deepEqual(events, ['opened']);
});

test('one that is stopped while HTTP is fetched stays stopped', async () => {
  delete globalThis.WebSocket;
  line.start();
  line.stop();
  await turn();
  assert.deepEqual(asked, []);
});

test('a page that may not is told so once', async () => {
  line.start();
  FakeSocket.last.break(4001, 'bad_origin');
  clock.tick(600_000);
  await turn();
  assert.equal(FakeSocket.all.length, 1);
  assert.deepEqual(asked, []);
});
