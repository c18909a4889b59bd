// SPDX-License-Identifier: GPL-3.0-or-later
//
// What comes from outside and is wrong gets a clear error; the daemon lives on, and nothing acknowledged is lost.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, stat, truncate } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { RawSocket, frame } from '../lib/raw-socket.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { Stage } from './stage.mjs';

const run = promisify(execFile);
const BURST = 10_000;

/** A visitor's raw socket that has opened and has a conversation. */
async function conversing(daemon, site) {
  const raw = await RawSocket.open(daemon.port);
  const conversation = newId();
  raw.call(1, 'session.open', { site, token: newVisitorToken() });
  await raw.answer(1);
  raw.call(2, 'conversation.start', { id: conversation, message_id: newId(), text: 'hello' });
  const { result } = await raw.answer(2);
  assert.ok(result, 'conversation.start');
  return { raw, conversation };
}

test('bad input', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const { site } = stage;
  const alive = async () => assert.equal((await fetch(`${daemon.url}/health`)).status, 200, 'the daemon is well');
  t.afterEach(alive);

  await t.test('a call that arrives byte by byte is one call', async () => {
    const raw = await RawSocket.open(daemon.port);
    for (const byte of frame(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'server.info' }))) raw.write(Buffer.from([byte]));
    assert.equal((await raw.answer(1)).result.name, 'ChatFlow');
    raw.destroy();
  });

  const call = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'server.info' });
  const frames = {
    'an unmasked frame': [frame(call, { masked: false }), 1002],
    'reserved bits': [frame(call, { reserved: 4 }), 1002],
    'a reserved opcode': [frame(call, { opcode: 3 }), 1002],
    'a fragmented ping': [frame('', { opcode: 9, final: false }), 1002],
    'a ping that is too long': [frame('x'.repeat(126), { opcode: 9 }), 1002],
    'a continuation of nothing': [frame(call, { opcode: 0 }), 1002],
    'a new message inside another': [Buffer.concat([frame('{', { final: false }), frame(call)]), 1002],
    'bad UTF-8': [frame(Buffer.from([0x22, 0xc3, 0x28, 0x22])), 1007],
    'a message over 64 KiB': [frame('x'.repeat(65537)), 1009],
    'a length of gigabytes': [frame('x', { length: 0xf0000000 }), 1009],
    'fragments over 64 KiB together': [Buffer.concat([frame('x'.repeat(60000), { final: false }), frame('x'.repeat(60000), { opcode: 0 })]), 1009],
    'a binary message': [frame('x', { opcode: 2 }), 1003],
  };
  for (const [name, [bytes, code]] of Object.entries(frames)) {
    await t.test(`${name} closes with ${code}`, async () => {
      const raw = await RawSocket.open(daemon.port);
      raw.write(bytes);
      assert.equal((await raw.end())?.code, code);
    });
  }

  await t.test('every prefix of a frame, then the end of the line', async () => {
    const bytes = frame(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'session.open', params: { site, token: newVisitorToken() } }));
    for (let cut = 0; cut < bytes.length; cut += 1) {
      const raw = await RawSocket.open(daemon.port);
      raw.write(bytes.subarray(0, cut));
      raw.destroy();
    }
  });

  await t.test('wrong JSON and wrong calls get an error each, on a socket that lives on', async () => {
    const { raw, conversation } = await conversing(daemon, site);
    const send = (id, params) => JSON.stringify({ jsonrpc: '2.0', id, method: 'message.send', params });
    const good = { id: newId(), conversation_id: conversation, text: 'x' };
    const wrong = [
      ['{', null],
      ['[]', null],
      ['null', null],
      [`${'['.repeat(30000)}${']'.repeat(30000)}`, null],
      [`{"jsonrpc":"2.0","id":10,"method":"message.send","params":${'{"a":'.repeat(200)}1${'}'.repeat(200)}}`, null],
      ['{"jsonrpc":"1.0","id":11,"method":"server.info"}', 11],
      ['{"jsonrpc":"2.0","id":{},"method":"server.info"}', null],
      ['{"jsonrpc":"2.0","id":12,"method":"no.such.method"}', 12],
      ['{"jsonrpc":"2.0","id":13,"method":7}', 13],
      ['{"jsonrpc":"2.0","id":14,"method":"message.send","params":[1]}', 14],
      [send(15, { ...good, extra: 1 }), 15],
      [send(16, { ...good, text: 7 }), 16],
      [send(17, { ...good, text: '' }), 17],
      [send(18, { ...good, text: 'x'.repeat(8001) }), 18],
      [send(19, { ...good, text: 'a\u0007b' }), 19],
      [send(20, { ...good, text: 'a\u0000b' }), null],
      [send(21, { ...good, id: 'not-an-id' }), 21],
      [send(22, { ...good, conversation_id: newId() }), 22],
      ['{"jsonrpc":"2.0","id":23,"method":"message.list","params":{"conversation_id":"x","before":1e400}}', null],
      [`{"jsonrpc":"2.0","id":24,"method":"message.list","params":{"conversation_id":"${conversation}","before":99999999999999999999}}`, null],
      [`{"jsonrpc":"2.0","id":25,"method":"message.list","params":{"conversation_id":"${conversation}","limit":1000000}}`, 25],
      [`{"jsonrpc":"2.0","id":26,"method":"message.list","params":{"conversation_id":"${conversation}","limit":-1}}`, 26],
      ['{"jsonrpc":"2.0","id":27,"method":"message.send"}', 27],
    ];
    for (const [text, id] of wrong) {
      const before = raw.texts.filter((one) => one.includes('"error"')).length;
      raw.text(text);
      await until(() => raw.texts.filter((one) => one.includes('"error"')).length > before || raw.ended, `the error for ${text.slice(0, 80)}`);
      assert.ok(!raw.ended, `the socket after ${text.slice(0, 80)}`);
      const { error, id: answered } = JSON.parse(raw.texts.filter((one) => one.includes('"error"')).at(-1));
      assert.ok(['invalid', 'not_found', 'too_large'].includes(error.data.reason), JSON.stringify(error));
      assert.ok(error.message.length > 5, error.message);
      if (id !== null) assert.equal(answered, id, text.slice(0, 80));
    }
    raw.text(send(99, { ...good, text: '😀'.repeat(8000) }));
    assert.ok((await raw.answer(99)).result, 'and the next good call is carried out');
    raw.destroy();
  });

  await t.test(`${BURST} messages in a burst are all there, once, in order`, async () => {
    const { raw, conversation } = await conversing(daemon, site);
    const ids = Array.from({ length: BURST }, newId);
    const answered = new Map();
    for (let at = 0; at < BURST;) {
      const batch = ids.slice(at, at + 50);
      batch.forEach((id, i) => raw.call(1000 + at + i, 'message.send', { id, conversation_id: conversation, text: `message ${at + i}` }));
      at += batch.length;
      await until(() => {
        for (const text of raw.texts.splice(0)) {
          const message = JSON.parse(text);
          if (message.id >= 1000) answered.set(message.id, message);
        }
        return answered.size >= at || raw.ended;
      }, `${at} answers`);
      assert.ok(!raw.ended);
    }
    const refused = [...answered.values()].filter((message) => message.error);
    assert.deepEqual(refused.slice(0, 1), [], 'all of them were accepted');
    raw.destroy();
    const agent = await stage.agent(daemon, 0).start().ready();
    const found = [];
    for (let before; ;) {
      const page = await agent.call('message.list', { conversation_id: conversation, limit: 200, ...(before && { before }) });
      found.unshift(...page.records.filter(({ text }) => text?.startsWith('message ')));
      if (!page.more) break;
      before = page.records[0].position;
    }
    await agent.close();
    assert.equal(found.length, BURST);
    found.forEach((message, i) => assert.equal(message.id, ids[i], `message ${i}`));
  });

  await t.test('a reader who never reads is closed, and resumes without a loss', async () => {
    const small = await stage.daemon({ CHATFLOW_SEND_QUEUE_MAX: '65536' });
    t.after(() => small.remove());
    const visitor = stage.visitor(small).start();
    await visitor.ready();
    const conversation = newId();
    await visitor.write('conversation.start', { id: conversation, message_id: newId(), text: 'begin' });
    const mute = await RawSocket.open(small.port);
    mute.call(1, 'session.open', { token: stage.agents[0].token });
    await mute.answer(1);
    const slow = stage.agent(small, 1).start();
    await slow.ready();
    const asleep = slow.records.copy();
    await slow.close();
    mute.pause();
    const metric = async () => Number(/chatflow_closed_total\{why="too_slow"\} (\d+)/.exec(await (await fetch(`${small.url}/metrics`)).text())?.[1] ?? 0);
    for (let i = 0; i < 5000 && await metric() === 0; i += 1) {
      for (let j = 0; j < 10; j += 1) await visitor.write('message.send', { id: newId(), conversation_id: conversation, text: `${i} ${'x'.repeat(7000)}` });
    }
    assert.ok(await metric() > 0, 'the mute reader was closed');
    mute.destroy();
    const back = slow.twin(asleep).start();
    const fresh = slow.twin().start();
    await back.ready();
    await fresh.ready();
    const newest = (client) => client.records.messages(conversation).slice(-40).map(({ id }) => id);
    await until(() => back.records.applied === fresh.records.applied, 'both are up to date');
    assert.deepEqual(newest(back), newest(fresh));
    await Promise.all([back.close(), fresh.close(), visitor.close()]);
  });

  await t.test('half-open connections and slow headers are closed', async () => {
    const quick = await stage.daemon({ CHATFLOW_HANDSHAKE_SECONDS: '1', CHATFLOW_SETTLE_SECONDS: '1' });
    t.after(() => quick.remove());
    const ended = [];
    for (const bytes of ['', 'GET /', 'GET /api/v1/socket HTTP/1.1\r\nHost: x\r\n']) {
      const socket = net.connect(quick.port, '127.0.0.1', () => socket.write(bytes));
      socket.on('error', () => {});
      ended.push(new Promise((resolve) => { socket.on('close', resolve); socket.resume(); }));
    }
    const silent = await RawSocket.open(quick.port);
    await Promise.all(ended);
    assert.equal((await silent.end()).code, 1008, 'no session.open in time');
  });

  await t.test('REST: bodies that are too large, of another type, or no JSON', async () => {
    const post = (body, type = 'application/json') => fetch(`${daemon.url}/api/v1/sessions`, { method: 'POST', body, headers: { 'content-type': type } });
    const reason = async (response) => [response.status, (await response.json()).reason, response.headers.get('content-type')];
    assert.deepEqual(await reason(await post('x'.repeat(70000))), [413, 'too_large', 'application/problem+json']);
    assert.deepEqual(await reason(await post('{}', 'text/plain')), [415, 'invalid', 'application/problem+json']);
    assert.deepEqual(await reason(await post('{"email"')), [400, 'invalid', 'application/problem+json']);
    assert.deepEqual(await reason(await post('{"email":"a@b.example","password":"x","admin":true}')), [400, 'invalid', 'application/problem+json']);
    assert.deepEqual(await reason(await fetch(`${daemon.url}/api/v1/nothing`)), [404, 'not_found', 'application/problem+json']);
    assert.equal((await fetch(`${daemon.url}/api/v1/server`, { method: 'DELETE' })).status, 405);
  });
});

/** A small file system of its own; root only, as the suite runs. */
async function smallDisk(t, size) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  t.after(async () => {
    await run('umount', ['-l', folder]);
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

test('a full disk: writers are told, nothing acknowledged is lost, service resumes by itself', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const disk = await smallDisk(t, '8m');
  const daemon = await Daemon.start({ state: stage.state, on: disk });
  t.after(() => daemon.remove());
  const { raw, conversation } = await conversing(daemon, stage.site);
  const filler = path.join(disk, 'filler');
  const file = await open(filler, 'w');
  try {
    for (;;) await file.write(Buffer.alloc(4096, 1));
  } catch (error) {
    assert.equal(error.code, 'ENOSPC');
  }
  await file.close();
  const acknowledged = [];
  let refused = null;
  for (let i = 0; i < 2000 && refused === null; i += 1) {
    const id = newId();
    raw.call(100 + i, 'message.send', { id, conversation_id: conversation, text: `${i} ${'x'.repeat(4000)}` });
    const answer = await raw.answer(100 + i);
    if (answer.error) refused = answer.error;
    else acknowledged.push(id);
  }
  assert.equal(refused?.data.reason, 'unavailable', JSON.stringify(refused));
  const health = await fetch(`${daemon.url}/health`);
  assert.equal(health.status, 503);
  assert.match(JSON.stringify(await health.json()), /disk|full|space/i);
  await truncate(filler, 0);
  await until(async () => {
    const id = newId();
    raw.call(id, 'message.send', { id, conversation_id: conversation, text: 'again' });
    const answer = await raw.answer(id);
    if (answer.result) acknowledged.push(id);
    return answer.result;
  }, 'service after space has returned');
  await until(async () => (await fetch(`${daemon.url}/health`)).status === 200, 'health');
  await daemon.kill9();
  await daemon.restart();
  const agent = await stage.agent(daemon, 0).start().ready();
  const found = new Set();
  for (let before; ;) {
    const page = await agent.call('message.list', { conversation_id: conversation, limit: 200, ...(before && { before }) });
    page.records.forEach(({ id }) => found.add(id));
    if (!page.more) break;
    before = page.records[0].position;
  }
  await agent.close();
  raw.destroy();
  for (const id of acknowledged) assert.ok(found.has(id), `acknowledged ${id}`);
});

test('a read-only database is refused at the start, with what to do', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const disk = await smallDisk(t, '16m');
  const daemon = await Daemon.start({ state: stage.state, on: disk });
  t.after(() => daemon.remove());
  await daemon.stop();
  await run('mount', ['-o', 'remount,ro', disk]);
  await assert.rejects(daemon.restart(), /belong to the user|disk mounted for writing|read-only/i);
  await run('mount', ['-o', 'remount,rw', disk]);
  await daemon.restart();
});

test('a corrupt or newer database is refused at the start, with what to do', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const refused = async (damage, message) => {
    const daemon = await stage.daemon();
    await daemon.stop();
    const [file] = await daemon.databases();
    await damage(file);
    await assert.rejects(daemon.restart(), (error) => {
      assert.match(error.message, message);
      return true;
    });
    await rm(daemon.state, { recursive: true, force: true });
  };
  await refused(async (file) => {
    const handle = await open(file, 'r+');
    await handle.write(Buffer.alloc(100, 0x5a), 0, 100, 0);
    await handle.close();
  }, /not a (SQLite )?database|damaged|corrupt/i);
  await refused(async (file) => truncate(file, Math.floor((await stat(file)).size / 3)), /damaged|corrupt|malformed/i);
  await refused((file) => run('sqlite3', [file, 'UPDATE schema SET version = 999']), /999/);
});
