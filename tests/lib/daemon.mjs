// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { freePort } from './ports.mjs';
import { PATIENCE, until } from './until.mjs';

/** The daemon under test. */
export const PROGRAM = process.env.TEST_CHATFLOWD ?? '_build/test/backend/chatflowd';
const WIDGET = process.env.TEST_WIDGET;

/** Tests come from one address and hurry; the limits have tests of their own. */
const HURRIED = {
  CHATFLOW_PEER_RATE: '100000',
  CHATFLOW_PEER_BURST: '100000',
  CHATFLOW_ADDRESS_RATE: '100000',
  CHATFLOW_ADDRESS_BURST: '100000',
  CHATFLOW_MAX_PER_ADDRESS: '10000',
  CHATFLOW_LOGIN_TRIES: '1000',
};

/** Collects what a process writes, as far as its last part is concerned. */
class Tail {
  text = '';

  follow(stream) {
    stream.setEncoding('utf8');
    stream.on('data', (data) => { this.text = (this.text + data).slice(-64 * 1024); });
  }
}

/** A real chatflowd on a free loopback port with a state folder of its own. */
export class Daemon {
  state;
  host;
  port;
  #environment;
  #arguments;
  #process = null;
  #killed = false;
  #log = new Tail();

  /**
   * Starts one and waits until /health answers. `state` is copied when given (a folder that another daemon
   * has left); else it is new and empty; it lies in the folder `on`. `options`: CHATFLOW_… settings that differ; `demo`: create the demo
   * organisation first (with these arguments, if it is a list of them), `daemon.demo` then holds what `chatflowd demo` printed; `demoPage`: serve /demo; `host`: the address to listen on.
   */
  static async start({ state, on = os.tmpdir(), options = {}, demo = false, demoPage = false, host = '127.0.0.1', port } = {}) {
    const folder = await mkdtemp(path.join(on, 'chatflow-test-'));
    if (state) await cp(state, folder, { recursive: true });
    const daemon = new Daemon(folder, options, demoPage, host, port ?? await freePort());
    try {
      if (demo) daemon.demo = JSON.parse(await daemon.cli(['demo', ...(demo === true ? [] : demo)]));
      await daemon.#up();
    } catch (error) {
      await daemon.remove();
      throw error;
    }
    return daemon;
  }

  /** One on a state folder that is there, and becomes its own; restart() starts it. */
  static async at(state) {
    return new Daemon(state, {}, false, '127.0.0.1', await freePort());
  }

  constructor(state, options, demoPage, host, port) {
    this.state = state;
    this.host = host;
    this.port = port;
    this.#environment = { ...foreign(process.env), ...HURRIED, ...options };
    this.#arguments = ['--state', state, '--listen', `${host}:${port}`];
    if (WIDGET) this.#arguments.push('--widget', WIDGET);
    if (demoPage) this.#arguments.push('--demo-page');
  }

  get url() {
    return `http://${this.host}:${this.port}`;
  }

  get socketUrl() {
    return `ws://${this.host}:${this.port}/api/v1/socket`;
  }

  get pid() {
    return this.#process.pid;
  }

  /** The end of its log. */
  get log() {
    return this.#log.text;
  }

  /** Runs a subcommand on the same state (`['agent', 'list']`); resolves with what it printed. */
  async cli(words, { input = '' } = {}) {
    const child = spawn(PROGRAM, ['--state', this.state, ...words], { env: this.#environment });
    const [out, log] = [new Tail(), new Tail()];
    out.follow(child.stdout);
    log.follow(child.stderr);
    child.stdin.on('error', () => {}); // it may have ended without reading
    child.stdin.end(input);
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`chatflowd ${words.join(' ')} ended with ${code}:\n${log.text}`);
    return out.text;
  }

  /** Calls a method by its REST door. */
  async rest(verb, place, { token, site, origin, body } = {}) {
    const response = await fetchInTime(`${this.url}${place}`, {
      method: verb,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(site && { 'x-chatflow-site': site }),
        ...(origin && { origin }),
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: response.text && JSON.parse(response.text) };
  }

  /** Signs an agent in; resolves with the answer: token, session, agent. */
  async login(email, password) {
    const { status, body } = await this.rest('POST', '/api/v1/sessions', { body: { email, password, device: 'test' } });
    if (status >= 300) throw new Error(`session.login of ${email}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** Ends it in the middle of whatever it does. */
  async kill9() {
    this.#killed = true;
    this.#process.kill('SIGKILL');
    await this.#gone();
  }

  /** Ends it as a service manager does; it must drain and leave without complaint. */
  async stop() {
    if (this.#process === null) return;
    this.#process.kill('SIGTERM');
    const { code, signal } = await this.#gone();
    if (code !== 0) throw new Error(`chatflowd ended with ${signal ?? code} after SIGTERM:\n${this.log}`);
  }

  /** Starts it again on the same state and port. */
  async restart() {
    if (this.#process !== null) await this.stop();
    await this.#up();
  }

  /** Stops it and removes its state. */
  async remove() {
    try {
      await this.stop();
    } finally {
      await rm(this.state, { recursive: true, force: true });
    }
  }

  /** The SQLite files in the state folder. */
  async databases() {
    const found = [];
    for (const entry of await readdir(this.state, { withFileTypes: true })) {
      const file = path.join(this.state, entry.name);
      if (entry.isFile() && await beginsWith(file, 'SQLite format 3\0')) found.push(file);
    }
    return found;
  }

  async #up() {
    const child = spawn(PROGRAM, this.#arguments, { env: this.#environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    this.#killed = false;
    this.#log.follow(child.stdout);
    this.#log.follow(child.stderr);
    const end = once(child, 'close').then(([code, signal]) => ({ code, signal }));
    child.end = end;
    await until(async () => {
      if (child.exitCode !== null || child.signalCode !== null) {
        await this.#gone();
        throw new Error(`chatflowd ended with ${child.signalCode ?? child.exitCode} while starting:\n${this.log}`);
      }
      try {
        return (await fetchInTime(`${this.url}/health`)).status > 0; // a full disk makes it 503
      } catch {
        return false;
      }
    }, () => `/health of chatflowd; its log:\n${this.log}`);
  }

  async #gone() {
    const child = this.#process;
    const late = setTimeout(() => child.kill('SIGABRT'), PATIENCE);
    const result = await child.end;
    clearTimeout(late);
    this.#process = null;
    if (!this.#killed && result.signal !== null) throw new Error(`chatflowd died of ${result.signal}:\n${this.log}`);
    return result;
  }
}

/** A timer of its own holds on to the request; AbortSignal.timeout() may be collected before it fires. */
async function fetchInTime(url, options = {}) {
  const controller = new AbortController();
  const late = setTimeout(() => controller.abort(new Error(`${options.method ?? 'GET'} ${url}: no answer in ${PATIENCE} ms`)), PATIENCE);
  try {
    const response = await fetch(url, { ...options, signal: controller.signal });
    return { ok: response.ok, status: response.status, headers: response.headers, text: await response.text() };
  } finally {
    clearTimeout(late);
  }
}

/** Without CHATFLOW_…, which would be settings of the daemon. */
const foreign = (environment) => Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('CHATFLOW_')));

async function beginsWith(file, head) {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(head.length), 0, head.length, 0);
    return buffer.toString('latin1', 0, bytesRead) === head;
  } finally {
    await handle.close();
  }
}
