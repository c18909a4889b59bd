// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { freePort } from '../lib/ports.mjs';
import { generate } from './generator.mjs';

const SERVER = fileURLToPath(new URL('peer/server.mjs', import.meta.url));
/** As many conversations as the demo organisation of chatflowd has. */
const DEMO_CONVERSATIONS = 12;

/** The stack of tests/bench/peer, as the other of the two servers. */
export class SocketIo {
  static label = 'socket.io';
  #folder;
  #words;
  #child = null;
  #port;
  tokens = [];

  static async start({ folder, agents = 1, staff = false, demo = false }) {
    const self = new SocketIo(await mkdtemp(path.join(folder, 'peer-')), await freePort(), agents, staff);
    try {
      await self.#up();
      if (demo) await generate({ ...self.options, agents: undefined, writers: DEMO_CONVERSATIONS, seconds: 0 });
    } catch (error) {
      await self.stop();
      throw error;
    }
    return self;
  }

  constructor(folder, port, agents, staff) {
    this.#folder = folder;
    this.#port = port;
    this.#words = ['--expose-gc', SERVER, '--state', folder, '--port', String(port), '--agents', String(agents), ...(staff ? ['--staff'] : [])];
    if (process.env.TEST_WIDGET) this.#words.push('--files', process.env.TEST_WIDGET);
  }

  get pid() {
    return this.#child.pid;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  get options() {
    return {
      dialect: 'socket.io', port: this.#port, server: this.pid, agents: path.join(this.#folder, 'agents'), 'settle-signal': os.constants.signals.SIGUSR2,
    };
  }

  async messagesPath() {
    const response = await fetch(`${this.url}/api/v1/messages?after=0&limit=1`, { headers: { authorization: `Bearer ${this.tokens[0]}` } });
    return `/api/v1/conversations/${(await response.json()).records[0].conversation_id}/messages?limit=50`;
  }

  /** The nearest that it has to catching up: all messages after a number, page by page. Returns {bytes, records}. */
  async messagesSince(number) {
    let [bytes, records] = [0, 0];
    for (let after = number; ;) {
      const response = await fetch(`${this.url}/api/v1/messages?after=${after}&limit=500`, { headers: { authorization: `Bearer ${this.tokens[0]}` } });
      const text = await response.text();
      const page = JSON.parse(text).records;
      if (page.length === 0) return { bytes, records };
      bytes += text.length;
      records += page.length;
      after = page.at(-1).rev;
    }
  }

  async restart() {
    await this.#down();
    await this.#up();
    return this.pid;
  }

  async stop() {
    await this.#down();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #up() {
    const child = spawn(process.execPath, this.#words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text) => { complaint = (complaint + text).slice(-4096); });
    this.#child = child;
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      once(child, 'exit').then(() => { throw new Error(`the peer's stack did not start:\n${complaint}`); }),
    ]);
    const { agents } = JSON.parse(line);
    if (agents.length === 0) return;
    this.tokens = agents;
    await writeFile(path.join(this.#folder, 'agents'), agents.join('\n'));
  }

  async #down() {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}
