// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files in a conversation: their way up, with breaks; what is found in them; who gets them, and for how long.

import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import test from 'node:test';

import { EICAR, noClamd, startClamd } from '../lib/clamd.mjs';
import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { GIF, JPEG, PNG, WEBP, jpegSize, jpegWithPlace } from '../lib/pictures.mjs';
import { freePort } from '../lib/ports.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';

const PASSWORD = 'a good password';

/** A daemon with an agent and a visitor in a conversation; `who` are credentials for rest(). */
async function stage(t, options = {}) {
  const daemon = await Daemon.start({ options });
  t.after(() => daemon.remove());
  await daemon.cli(['init', '-o', 'One', '-e', 'admin@one.example', '-n', 'Admin', '--password-stdin'], { input: `${PASSWORD}\n` });
  const site = /key +(\S+)/.exec(await daemon.cli(['site', 'add', '-n', 'Shop', '-o', 'https://shop.example']))[1];
  const agent = { token: (await daemon.login('admin@one.example', PASSWORD)).token };
  const visitor = { site, token: newVisitorToken(), origin: 'https://shop.example' };
  const other = { site, token: newVisitorToken(), origin: 'https://shop.example' };
  const conversation = newId();
  for (const [who, id] of [[visitor, conversation], [other, newId()]]) {
    await daemon.rest('POST', '/api/v1/conversations', { ...who, body: { id, message_id: newId(), text: 'hello' } });
  }
  return { daemon, agent, visitor, other, conversation };
}

const headersOf = (who) => ({
  authorization: `Bearer ${who.token}`, ...(who.site && { 'x-chatflow-site': who.site }), ...(who.origin && { origin: who.origin }),
});

async function put({ daemon }, who, id, body, headers = {}) {
  const answer = await fetch(`${daemon.url}/api/v1/files/${id}/content`, { method: 'PUT', headers: { ...headersOf(who), ...headers }, body });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

async function progress({ daemon }, who, id) {
  const answer = await fetch(`${daemon.url}/api/v1/files/${id}/content`, { method: 'HEAD', headers: headersOf(who) });
  return { status: answer.status, offset: Number(answer.headers.get('upload-offset')), length: Number(answer.headers.get('upload-length')) };
}

async function create(scene, who, name, size, more = {}) {
  const id = newId();
  const answer = await scene.daemon.rest('POST', '/api/v1/files', { ...who, body: { id, conversation_id: scene.conversation, name, size, ...more } });
  return { id, ...answer };
}

const ask = async ({ daemon }, who, id) => daemon.rest('GET', `/api/v1/files/${id}/link`, who);

/** Sends a whole file and waits for what becomes of it. */
async function send(scene, who, name, bytes, more = {}) {
  const { id, status, body } = await create(scene, who, name, bytes.length, more);
  assert.equal(status, 200, JSON.stringify(body));
  const sent = await put(scene, who, id, bytes);
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  return settled(scene, who, id);
}

async function settled(scene, who, id) {
  let answer;
  await until(async () => {
    answer = (await ask(scene, who, id)).body;
    return ['ready', 'refused'].includes(answer.records[0].state);
  }, 'what becomes of the file');
  return { file: answer.records[0], link: answer.link, expires: answer.expires_at };
}

async function get({ daemon }, link, headers = {}) {
  const answer = await fetch(`${daemon.url}${link}`, { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

test('files go up and come down', async (t) => {
  const scene = await stage(t);
  const { daemon, agent, visitor, other } = scene;

  await t.test('a text, and its headers', async () => {
    const { file, link, expires } = await send(scene, visitor, 'notes.txt', Buffer.from('Hello, world. These are my notes.\n'));
    assert.deepEqual([file.state, file.media_type, file.size], ['ready', 'text/plain', 34]);
    assert.ok(expires > Date.now());
    const { status, headers, bytes } = await get(scene, link);
    assert.deepEqual([status, bytes.toString()], [200, 'Hello, world. These are my notes.\n']);
    assert.equal(headers.get('content-disposition'), "attachment; filename=\"notes.txt\"; filename*=UTF-8''notes.txt");
    assert.equal(headers.get('content-type'), 'application/octet-stream');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox");
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
    for (const [range, expected, part] of [['bytes=0-4', 206, 'Hello'], ['bytes=-7', 206, ' notes.\n'.slice(1)], ['bytes=7-', 206, 'world. These are my notes.\n']]) {
      const some = await get(scene, link, { range });
      assert.deepEqual([some.status, some.bytes.toString()], [expected, part], range);
    }
    assert.equal((await get(scene, link, { range: 'bytes=34-' })).status, 416);
    const { mode } = await stat(path.join(daemon.state, 'files', file.id));
    assert.equal(mode & 0o777, 0o600);
    assert.equal((await stat(path.join(daemon.state, 'files'))).mode & 0o777, 0o700);
  });

  await t.test('an address that is wrong in any way is the same 404', async () => {
    const one = await send(scene, visitor, 'a.txt', Buffer.from('one text here\n'));
    const two = await send(scene, visitor, 'b.txt', Buffer.from('two text here\n'));
    const [, , id, proof, name] = one.link.split('/');
    const wrong = [`/files/${two.file.id}/${proof}/${name}`, `/files/${newId()}/${proof}/${name}`, `/files/${id}/${proof.slice(0, -1)}_/${name}`,
      `/files/${id}/f${proof}/${name}`, `/files/${id}/-/${name}`, `/files/${id}/0-${proof.split('-')[1]}/${name}`, `/files/${id}`, '/files/'];
    const answers = [];
    for (const place of wrong) answers.push(await get(scene, place));
    for (const { status, bytes } of answers) assert.deepEqual([status, bytes.toString()], [404, answers[0].bytes.toString()]);
  });

  await t.test('cut and resumed, restarted in between', async () => {
    const bytes = Buffer.from(`${'All work and no play. '.repeat(60000)}\n`);
    const { id, body } = await create(scene, visitor, 'long.txt', bytes.length);
    assert.equal(body.upload, `/api/v1/files/${id}/content`);
    const half = Math.floor(bytes.length / 2);
    await sendHalf(scene, visitor, id, bytes, half);
    let offset;
    await until(async () => { ({ offset } = await progress(scene, visitor, id)); return offset > 0; }, 'some of it');
    assert.ok(offset <= half);
    const beyond = await put(scene, visitor, id, bytes.subarray(half + 10), { 'content-range': `bytes ${half + 10}-${bytes.length - 1}/${bytes.length}` });
    assert.deepEqual([beyond.status, beyond.body.reason], [409, 'conflict']);
    ({ offset } = await progress(scene, visitor, id));
    const some = await put(scene, visitor, id, bytes.subarray(offset, half + 5), { 'content-range': `bytes ${offset}-${half + 4}/${bytes.length}` });
    assert.deepEqual([some.status, some.body.records[0].state, Number(some.headers.get('upload-offset'))], [200, 'uploading', half + 5]);
    assert.equal(some.headers.get('access-control-allow-origin'), 'https://shop.example');
    await daemon.restart();
    assert.deepEqual(await progress(scene, visitor, id), { status: 200, offset: half + 5, length: bytes.length });
    const rest = await put(scene, visitor, id, bytes.subarray(half + 5), { 'content-range': `bytes ${half + 5}-${bytes.length - 1}/${bytes.length}` });
    assert.equal(rest.status, 200, JSON.stringify(rest.body));
    const { file, link } = await settled(scene, visitor, id);
    assert.equal(file.state, 'ready');
    assert.ok((await get(scene, link)).bytes.equals(bytes));
    const again = await put(scene, visitor, id, bytes.subarray(0, 100));
    assert.deepEqual([again.status, again.body.records[0].state], [200, 'ready'], 'a repeat changes nothing');
    assert.ok((await get(scene, link)).bytes.equals(bytes));
  });

  await t.test('pictures are made anew, upright and without a place', async () => {
    const { file, link } = await send(scene, visitor, 'holiday.jpg', jpegWithPlace());
    assert.deepEqual([file.state, file.media_type, file.width, file.height], ['ready', 'image/jpeg', 8, 16]);
    const { bytes, headers } = await get(scene, link);
    assert.deepEqual(jpegSize(bytes), [8, 16]);
    assert.ok(!bytes.includes('Exif') && !bytes.includes('GPS'));
    assert.equal(headers.get('content-type'), 'image/jpeg');
    assert.match(headers.get('content-disposition'), /^inline;/);
    assert.deepEqual([file.size, Number(headers.get('content-length'))], [bytes.length, bytes.length]);
    for (const [name, picture, size] of [['a.png', PNG, [16, 8]], ['a.gif', GIF, [4, 4]], ['a.webp', WEBP, [16, 8]]]) {
      const commented = name === 'a.png' ? Buffer.concat([picture, Buffer.from('SECRET tail')]) : picture;
      const sent = await send(scene, agent, name, commented);
      assert.deepEqual([sent.file.state, sent.file.width, sent.file.height], ['ready', ...size], JSON.stringify(sent.file));
      assert.ok(!(await get(scene, sent.link)).bytes.includes('SECRET'));
    }
  });

  await t.test('content that is not what its name says', async () => {
    const page = Buffer.from('<!DOCTYPE html><html><head><title>x</title></head><body><script>alert(1)</script></body></html>');
    const html = await send(scene, visitor, 'cat.png', page);
    assert.deepEqual([html.file.state, html.file.reason, html.link], ['refused', 'type', undefined]);
    assert.equal((await ask(scene, agent, html.file.id)).body.records[0].finding, 'text/html');
    assert.equal(html.file.finding, undefined, 'is for the staff');
    const program = await send(scene, visitor, 'cat.png', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(200)]));
    assert.deepEqual([program.file.state, program.file.reason], ['refused', 'type']);
    const svg = await send(scene, visitor, 'a.svg', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'));
    assert.equal(svg.file.state, 'refused');
    const image = await send(scene, visitor, 'page.html', JPEG);
    assert.deepEqual([image.file.state, image.file.media_type], ['ready', 'image/jpeg']);
    const bomb = Buffer.from(PNG);
    bomb.writeUInt32BE(60000, 16);
    bomb.writeUInt32BE(60000, 20);
    const large = await send(scene, visitor, 'bomb.png', bomb);
    assert.deepEqual([large.file.state, large.file.reason], ['refused', 'image']);
    const torn = await send(scene, visitor, 'torn.gif', GIF.subarray(0, 40));
    assert.deepEqual([torn.file.state, torn.file.reason], ['refused', 'image']);
    const left = await readdir(path.join(daemon.state, 'files'));
    assert.ok(!left.some((name) => [html, program, bomb, torn].some(({ file }) => file && name.startsWith(file.id))), 'nothing of it is kept');
  });

  await t.test('names', async () => {
    const names = [['../../etc/passwd', 'passwd'], ['C:\\temp\\a.txt', 'a.txt'], ['invoice\u202Egpj.exe', 'invoicegpj.exe'], ['..', 'file'], ['a"b;c.txt', 'a_b_c.txt']];
    for (const [given, expected] of names) assert.equal((await create(scene, agent, given, 1)).body.records[0].name, expected);
    const emoji = (await create(scene, agent, `${'👩‍👩‍👧‍👦'.repeat(100)}.pdf`, 1)).body.records[0].name;
    assert.ok(Buffer.byteLength(emoji) <= 200 && emoji.endsWith('.pdf') && !emoji.includes('\uFFFD'), emoji);
    for (const bad of ['a\0b', 'a\nb', '', 'x'.repeat(1001)]) assert.notEqual((await create(scene, agent, bad, 1)).status, 200);
  });

  await t.test('sizes, quotas, repeats', async () => {
    const huge = await create(scene, visitor, 'film.mp4', 2 * 1024 ** 3);
    assert.deepEqual([huge.status, huge.body.reason], [413, 'too_large']);
    assert.match(huge.body.detail, /got 2147483648 bytes, expected at most 26214400/);
    const { id } = await create(scene, agent, 'a.txt', 10);
    const repeat = (body) => daemon.rest('POST', '/api/v1/files', { ...agent, body: { id, conversation_id: scene.conversation, name: 'a.txt', size: 10, ...body } });
    assert.equal((await repeat({})).status, 200);
    assert.deepEqual([(await repeat({ size: 11 })).status, (await repeat({ name: 'b.txt' })).status], [409, 409]);
    assert.equal((await put(scene, agent, id, 'too long for it')).status, 400);
    assert.equal((await put(scene, agent, id, '12345', { 'content-range': 'bytes 0-9/10' })).status, 400);
    assert.equal((await put(scene, agent, id, '12345', { 'content-range': 'bytes 0-4/*' })).status, 400);
    for (let i = 0; i < 5; i += 1) assert.equal((await create(scene, other, 'x', 1)).status, 404, "somebody else's conversation");
    const answers = [];
    for (let i = 0; i < 6; i += 1) answers.push((await create(scene, visitor, 'x.txt', 5)).status);
    assert.deepEqual(answers, [200, 200, 200, 200, 200, 429]);
  });
});

test('who sees which file', async (t) => {
  const scene = await stage(t);
  const { daemon, agent, visitor, other, conversation } = scene;
  const watcher = new Client({ url: daemon.socketUrl, credentials: { site: visitor.site, token: visitor.token } }).start();
  t.after(() => watcher.close());
  await watcher.ready();
  const secret = await send(scene, agent, 'SECRET.txt', Buffer.from('for the staff only\n'), { note: true });
  const unsent = await send(scene, agent, 'UNSENT.txt', Buffer.from('chosen by mistake\n'));
  const own = await send(scene, visitor, 'own.txt', Buffer.from('my own words\n'));
  for (const { file } of [secret, unsent]) {
    assert.equal((await ask(scene, visitor, file.id)).status, 404, file.name);
    assert.equal((await put(scene, visitor, file.id, 'x')).status, 404);
    assert.equal((await progress(scene, visitor, file.id)).status, 404);
  }
  assert.equal((await ask(scene, other, own.file.id)).status, 404, 'another visitor');
  assert.equal((await ask(scene, {}, own.file.id)).status, 401, 'nobody');
  assert.equal((await put(scene, agent, own.file.id, 'x')).status, 403, "an agent does not bring a visitor's bytes");
  assert.equal((await create(scene, visitor, 'a.txt', 1, { note: true })).status, 403);
  const changes = JSON.stringify((await daemon.rest('GET', '/api/v1/changes?since=0', visitor)).body);
  assert.ok(changes.includes('own.txt') && !changes.includes('SECRET') && !changes.includes('UNSENT') && !changes.includes('"secret"'), changes);
  await until(() => JSON.stringify([...watcher.records.all?.() ?? []]).includes('own.txt') || watcher.records.applied > 0, 'the live copy');
  assert.ok((await daemon.rest('GET', '/api/v1/changes?since=0', agent)).body.records.some(({ name }) => name === 'UNSENT.txt'));
  assert.equal((await create({ ...scene, conversation: newId() }, agent, 'a', 1)).status, 404, 'no such conversation');
  assert.equal((await fetch(`${daemon.url}/api/v1/files/${own.file.id}/content`, { method: 'OPTIONS', headers: { origin: 'https://shop.example' } })).headers
    .get('access-control-allow-methods'), 'PUT, HEAD, OPTIONS');
  assert.ok(conversation);
});

test('a virus scanner', async (t) => {
  const port = await freePort();
  const scene = await stage(t, { CHATFLOW_CLAMD: `127.0.0.1:${port}` });
  const { visitor, agent, daemon } = scene;
  const bytes = Buffer.from('this waits for the scanner\n');
  const { id } = await create(scene, visitor, 'a.txt', bytes.length);
  await put(scene, visitor, id, bytes);
  await until(() => daemon.log.includes('clamd'), 'the attempt');
  assert.equal((await ask(scene, visitor, id)).body.records[0].state, 'checking', 'never ready unscanned');
  const server = net.createServer((socket) => scannerOf(socket)).listen(port, '127.0.0.1');
  t.after(() => server.close());
  assert.equal((await settled(scene, visitor, id)).file.state, 'ready');
  const bad = await send(scene, visitor, 'invoice.zip', Buffer.from(EICAR));
  assert.deepEqual([bad.file.state, bad.file.reason, bad.file.finding], ['refused', 'infected', undefined]);
  assert.equal((await ask(scene, agent, bad.file.id)).body.records[0].finding, 'Eicar-Signature');
});

test('the real clamd', { skip: noClamd }, async (t) => {
  const scene = await stage(t, { CHATFLOW_CLAMD: await startClamd(t) });
  const bad = await send(scene, scene.visitor, 'invoice.txt', Buffer.from(EICAR));
  assert.deepEqual([bad.file.state, bad.file.reason], ['refused', 'infected']);
  assert.match((await ask(scene, scene.agent, bad.file.id)).body.records[0].finding, /Eicar-Signature/);
  assert.equal((await send(scene, scene.visitor, 'picture.jpg', jpegWithPlace())).file.state, 'ready');
});

/** Sends half of what it has announced, then drops the line. */
async function sendHalf({ daemon }, who, id, bytes, half) {
  const socket = net.connect(daemon.port, '127.0.0.1');
  const head = Object.entries(headersOf(who)).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(`PUT /api/v1/files/${id}/content HTTP/1.1\r\nHost: x\r\n${head}Content-Length: ${bytes.length}\r\n\r\n`);
  await new Promise((resolve) => { socket.write(bytes.subarray(0, half), resolve); });
  await until(async () => (await stat(path.join(daemon.state, 'files', `${id}.part`)).catch(() => ({ size: 0 }))).size > 0, 'bytes on the disk');
  socket.destroy();
}

/** Speaks INSTREAM as clamd does. */
function scannerOf(socket) {
  let got = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (data) => {
    got = Buffer.concat([got, data]);
    if (got.length >= 14 && got.readUInt32BE(got.length - 4) === 0) {
      socket.end(got.includes('EICAR') ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0');
    }
  });
}
