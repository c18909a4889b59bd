// SPDX-License-Identifier: GPL-3.0-or-later
// A file's way up: what is asked of the server, what its answers mean, and how sizes are written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from './lib/sources.mjs';

const { Upload } = await source('files/upload.ts');
const { sizeText } = await source('files/size.ts');
const { CallError } = await source('transport/call-error.ts');

const PIECE = 1 << 20;

/** A server that has `stored` of the file, and answers each PUT with what `answer` gives: a status, or [status, reason]. */
function server(answer = () => 200) {
  const puts = [];
  const world = { stored: 0, puts, calls: [] };
  globalThis.XMLHttpRequest = class {
    upload = {};
    status = 0;
    responseText = '';
    headers = {};
    open(method, url) {
      Object.assign(this, { method, url });
    }
    setRequestHeader(name, value) {
      this.headers[name] = value;
    }
    getResponseHeader() {
      return null;
    }
    abort() {
      this.aborted = true;
    }
    send(blob) {
      puts.push(this.headers['Content-Range']);
      const [status, reason] = [answer(puts.length)].flat();
      this.status = status;
      this.responseText = reason ? JSON.stringify({ reason }) : '';
      if (status === 200) world.stored += blob.size;
      this.upload.onprogress?.({ loaded: blob.size / 2 });
      queueMicrotask(() => this.onloadend());
    }
  };
  globalThis.fetch = async () => ({ ok: true, status: 200, headers: new Map([['upload-offset', String(world.stored)]]) });
  world.way = {
    server: 'https://chat.example/', headers: () => ({ Authorization: 'Bearer t' }), changed() {},
    async write(method, params) {
      world.calls.push([method, params]);
      if (world.refuse) throw world.refuse;
      return {};
    },
  };
  return world;
}

const made = (size, name = 'a.txt') => new Upload(Object.assign(new Blob([new Uint8Array(size)]), { name }), 'id');

test('in pieces of a megabyte, once it was announced', async () => {
  const { way, puts, calls } = server();
  const upload = made(2 * PIECE + 10);
  assert.equal(await upload.run(way, 'c'), 0);
  assert.deepEqual(calls, [['file.create', { id: 'id', conversation_id: 'c', name: 'a.txt', size: 2 * PIECE + 10 }]]);
  assert.deepEqual(puts, [`bytes 0-${PIECE - 1}/${2 * PIECE + 10}`, `bytes ${PIECE}-${2 * PIECE - 1}/${2 * PIECE + 10}`, `bytes ${2 * PIECE}-${2 * PIECE + 9}/${2 * PIECE + 10}`]);
  assert.deepEqual([upload.state, upload.sent], ['checking', 2 * PIECE + 10]);
  assert.equal(upload.see({ state: 'checking' }), false);
  assert.equal(upload.see({ state: 'ready' }), true);
  assert.equal(upload.state, 'ready');
});

test('after a break it goes on from what the server has', async () => {
  for (const status of [0, 409, 429, 503]) {
    const { way, puts } = server((n) => (n === 2 ? status : 200));
    const upload = made(PIECE + 10);
    assert.ok((await upload.run(way, 'c')) > 0, String(status));
    assert.equal(upload.state, 'queued');
    assert.equal(await upload.run(way, 'c'), 0);
    assert.deepEqual(puts.slice(2), [`bytes ${PIECE}-${PIECE + 9}/${PIECE + 10}`]);
    assert.equal(upload.state, 'checking');
  }
});

test('a refusal is the end, with its reason', async () => {
  const { way } = server(() => [403, 'forbidden']);
  const upload = made(10);
  assert.equal(await upload.run(way, 'c'), 0);
  assert.deepEqual([upload.state, upload.reason], ['failed', 'forbidden']);
  const other = server();
  other.refuse = new CallError('too_large');
  const large = made(10);
  assert.equal(await large.run(other.way, 'c'), 0);
  assert.deepEqual([large.state, large.reason, other.puts.length], ['failed', 'too_large', 0]);
  large.renew('next');
  assert.deepEqual([large.state, large.id, large.sent, large.place], ['queued', 'next', 0, undefined]);
  for (const reason of ['type', 'image', 'infected']) {
    const one = made(10);
    await one.run(server().way, 'c');
    one.see({ state: 'refused', reason });
    assert.deepEqual([one.state, one.reason], ['failed', reason]);
  }
});

test('without an answer, or when the server has no time, it is tried again', async () => {
  for (const error of [new CallError('lost'), new CallError('rate_limited', 'later', 5000), new CallError('unavailable')]) {
    const world = server();
    world.refuse = error;
    assert.equal(await made(10).run(world.way, 'c'), error.retryAfter || 2000);
  }
});

test('what cannot be read is told from a broken line', async () => {
  const { way, calls } = server();
  const gone = new Upload({ name: 'folder', size: 4096, slice: () => ({ arrayBuffer: async () => Promise.reject(new Error('NotReadableError')) }) }, 'id');
  assert.equal(await gone.run(way, 'c'), 0);
  assert.deepEqual([gone.state, gone.reason, calls.length], ['failed', 'unreadable', 0]);
});

test('what is taken away is given up at the server, as far as it knows of it', async () => {
  const { way, calls } = server();
  made(10).cancel(way);
  assert.deepEqual(calls, []);
  const known = made(10);
  await known.run(way, 'c');
  known.cancel(way);
  assert.deepEqual(calls.at(-1), ['file.cancel', { id: 'id' }]);
});

test('sizes are written as the language does', () => {
  assert.deepEqual([0, 999, 1500, 8_388_608, 25_000_000, 3e12].map((size) => sizeText(size, 'en')), ['0 byte', '999 byte', '1.5 kB', '8.4 MB', '25 MB', '3,000 GB']);
  assert.equal(sizeText(1500, 'de'), '1,5 kB');
  assert.equal(sizeText(1500, 'fr').replace(/\s/u, ' '), '1,5 ko');
});
