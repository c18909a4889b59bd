// SPDX-License-Identifier: GPL-3.0-or-later
//
// Behind the proxies that data/server/proxy/ describes: a real nginx and a real Caddy, with TLS, in front of a real daemon.
// CHATFLOW_TORTURE=full also leaves a connection alone for longer than anybody's patience with a silent one.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import WebSocket from 'ws';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { freePort } from '../lib/ports.mjs';
import { pause, until } from '../lib/until.mjs';

const exec = promisify(execFile);
const SAMPLES = new URL('../../data/server/proxy/', import.meta.url).pathname;
const NAME = 'chat.example.com';
const IDLE_SECONDS = 70;

/** A certificate authority of this test's, and what it says about NAME. */
async function certify(folder) {
  const file = (name) => path.join(folder, name);
  const openssl = (...words) => exec('openssl', words);
  await openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=Test CA',
    '-keyout', file('ca.key'), '-out', file('ca.pem'));
  await openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', `/CN=${NAME}`, '-keyout', file('key.pem'), '-out', file('request.pem'));
  await writeFile(file('names'), `subjectAltName=DNS:${NAME}\n`);
  await openssl('x509', '-req', '-in', file('request.pem'), '-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-days', '2', '-extfile', file('names'),
    '-out', file('cert.pem'));
  return { ca: await readFile(file('ca.pem')), cert: file('cert.pem'), key: file('key.pem') };
}

/** Replaces each piece of a sample, which must be there; so the rest of it is what is tested. */
function adapt(sample, pieces) {
  return pieces.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), `the sample has: ${from}`);
    return text.replaceAll(from, to);
  }, sample);
}

const proxies = {
  async nginx({ folder, port, plain, backend, cert, key }) {
    const site = adapt(await readFile(path.join(SAMPLES, 'nginx.conf'), 'utf8'), [
      ['127.0.0.1:8080', `127.0.0.1:${backend}`],
      ['  listen [::]:443 ssl http2;\n', ''], ['  listen [::]:80;\n', ''], ['listen 80;', `listen 127.0.0.1:${plain};`],
      ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
      [`/etc/letsencrypt/live/${NAME}/fullchain.pem`, cert], [`/etc/letsencrypt/live/${NAME}/privkey.pem`, key],
    ]);
    const config = path.join(folder, 'nginx.conf');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n');
    await writeFile(path.join(folder, 'site.conf'), site);
    await writeFile(config, `daemon off;\nmaster_process off;\npid ${folder}/pid;\nevents {}\nhttp {\naccess_log off;\n${temporary}\ninclude ${folder}/site.conf;\n}\n`);
    return ['/usr/sbin/nginx', ['-e', path.join(folder, 'error.log'), '-p', folder, '-c', config]];
  },

  async caddy({ folder, port, plain, backend, cert, key }) {
    const site = adapt(await readFile(path.join(SAMPLES, 'caddy.conf'), 'utf8'), [
      ['127.0.0.1:8080', `127.0.0.1:${backend}`],
      [`${NAME} {\n`, `https://${NAME}:${port} {\n\tbind 127.0.0.1\n\ttls ${cert} ${key}\n`],
    ]);
    const config = path.join(folder, 'Caddyfile');
    await writeFile(config, `{\n\tadmin off\n\tauto_https disable_redirects\n\thttp_port ${plain}\n\tstorage file_system ${folder}/storage\n}\n\n${site}`);
    await exec('caddy', ['validate', '--config', config, '--adapter', 'caddyfile'], { env: { ...process.env, HOME: folder } });
    return ['caddy', ['run', '--config', config, '--adapter', 'caddyfile']];
  },
};

/** One of them in front of a daemon of its own. */
class Front {
  log = '';

  static async start(t, name) {
    const front = new Front();
    front.name = name;
    front.folder = await mkdtemp(path.join(os.tmpdir(), `chatflow-${name}-`));
    t.after(() => rm(front.folder, { recursive: true, force: true }));
    await chmod(front.folder, 0o755);
    const { ca, cert, key } = await certify(front.folder);
    front.ca = ca;
    front.daemon = await Daemon.start({ demo: true, options: { CHATFLOW_PROXIES: '127.0.0.1, ::1' } });
    t.after(() => front.daemon.remove());
    front.port = await freePort();
    await mkdir(path.join(front.folder, 'storage'));
    const [program, words] = await proxies[name]({ folder: front.folder, port: front.port, plain: await freePort(), backend: front.daemon.port, cert, key });
    const child = spawn(program, words, { env: { ...process.env, HOME: front.folder }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { front.log = (front.log + data).slice(-8192); });
    const end = once(child, 'close');
    t.after(async () => {
      child.kill('SIGTERM');
      await end;
    });
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`${name} ended:\n${front.log}`);
      return (await front.ask('GET', '/health').catch(() => null))?.status === 200;
    }, () => `${name} to answer:\n${front.log}`);
    return front;
  }

  get options() {
    return { host: '127.0.0.1', port: this.port, servername: NAME, ca: this.ca };
  }

  /** An HTTPS request; `from`: the loopback address that it comes from. */
  ask(verb, place, { from = '127.0.0.1', body, headers = {} } = {}) {
    return new Promise((resolve, reject) => {
      const request = https.request({ ...this.options, method: verb, path: place, localAddress: from, agent: false, headers: { host: NAME, ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (data) => { text += data; });
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** A WebSocket, and what to do with it. */
  async socket(from = '127.0.0.1') {
    const ws = new WebSocket(`wss://${NAME}:${this.port}/api/v1/socket`, {
      ...this.options, localAddress: from, perMessageDeflate: false, lookup: (name, options, done) => done(null, options.all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4),
    });
    const answers = new Map();
    let last = 0;
    ws.on('message', (data) => {
      const message = JSON.parse(data);
      answers.get(message.id)?.(message);
    });
    const closed = once(ws, 'close').then(([code]) => code);
    await once(ws, 'open');
    const call = (method, params = {}) => new Promise((resolve, reject) => {
      last += 1;
      answers.set(last, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result)));
      ws.send(JSON.stringify({ jsonrpc: '2.0', id: last, method, params }));
    });
    return { ws, call, closed };
  }
}

for (const name of Object.keys(proxies))
  test(`behind ${name}`, async (t) => {
    const front = await Front.start(t, name);
    const { daemon } = front;
    const { token } = await daemon.login(daemon.demo.agents[0].email, daemon.demo.agents[0].password);
    const agent = { authorization: `Bearer ${token}` };

    await t.test('REST, the widget, and errors that are the daemon’s', async () => {
      const { status, text } = await front.ask('GET', '/api/v1/agents', { headers: agent });
      assert.equal(status, 200, text);
      assert.ok(text.includes(daemon.demo.agents[0].email));
      const direct = await (await fetch(`${daemon.url}/widget.js`)).text();
      const loader = await front.ask('GET', '/widget.js');
      assert.equal(loader.text, direct);
      assert.equal((await front.ask('GET', '/api/v1/agents')).headers['content-type'], 'application/problem+json');
      assert.equal((await front.ask('GET', '/metrics')).status, 403, 'what is for those who watch over it stays inside');
    });

    await t.test('a body that is too large', async () => {
      const { status } = await front.ask('POST', '/api/v1/sessions', { headers: { 'content-type': 'application/json' }, body: `{"email":"${'x'.repeat(200_000)}"}` });
      assert.equal(status, 413);
    });

    await t.test('the client’s address, not what it says of itself', async () => {
      const { socket, id } = { socket: await front.socket('127.0.0.7'), id: newId() };
      const visitor = newVisitorToken();
      await socket.call('session.open', { site: daemon.demo.site.key, token: visitor });
      await socket.call('conversation.start', { id, message_id: newId(), text: 'hello through a proxy' });
      socket.ws.close();
      await socket.closed;
      const { text } = await front.ask('GET', `/api/v1/visitors/${visitor.split('.')[0]}`, { headers: agent });
      assert.equal(JSON.parse(text).records[0].address, '127.0.0.7');
      const body = JSON.stringify({ email: daemon.demo.agents[1].email, password: daemon.demo.agents[1].password });
      const signed = await front.ask('POST', '/api/v1/sessions', { from: '127.0.0.8', body, headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' } });
      assert.equal(signed.status, 200, signed.text);
      assert.equal(JSON.parse(signed.text).session.address, '127.0.0.8');
    });

    await t.test('large messages both ways, at once', async () => {
      const socket = await front.socket();
      const [site, id] = [daemon.demo.site.key, newId()];
      await socket.call('session.open', { site, token: newVisitorToken() });
      await socket.call('conversation.start', { id, message_id: newId(), text: 'begin' });
      const words = 'ж'.repeat(7000);
      await Promise.all(Array.from({ length: 12 }, () => socket.call('message.send', { id: newId(), conversation_id: id, text: words })));
      const { records } = await socket.call('message.list', { conversation_id: id });
      assert.equal(records.filter((record) => record.text === words).length, 12);
      socket.ws.close(1000);
      assert.equal(await socket.closed, 1000);
    });

    await t.test('a restart of the daemon', async () => {
      const socket = await front.socket();
      await socket.call('session.open', { site: daemon.demo.site.key, token: newVisitorToken() });
      await daemon.stop();
      assert.equal(await socket.closed, 1012, 'clients hear why, and come back within seconds');
      assert.ok([502, 503].includes((await front.ask('GET', '/health')).status));
      await daemon.restart();
      await until(async () => (await front.ask('GET', '/health')).status === 200, 'the proxy to find it again');
      const again = await front.socket();
      await again.call('session.open', { site: daemon.demo.site.key, token: newVisitorToken() });
      again.ws.terminate();
    });

    if (process.env.CHATFLOW_TORTURE === 'full') await t.test(`${IDLE_SECONDS} s of silence`, async () => {
      const socket = await front.socket();
      await socket.call('session.open', { site: daemon.demo.site.key, token: newVisitorToken() });
      let closed = false;
      socket.closed.then(() => { closed = true; });
      await pause(IDLE_SECONDS * 1000);
      assert.equal(closed, false);
      assert.ok((await socket.call('server.info')).version);
      socket.ws.terminate();
    });
  });
