// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { until } from '../../lib/until.mjs';

const PROGRAM = process.env.TEST_HEADLESS_AGENT ?? '_build/test/tests/app/headless-agent';
/** What is of the moment or of one device, so that two devices may differ in it. */
const PASSING = ['online', 'peek', 'typing_name', 'draft'];

/** The desktop client's own connection, cache and outbox without its window, on the machine of a `namespace`. */
export class HeadlessAgent {
  link = '';
  pending = 0;
  /** The ids of conversations that it knows of. */
  conversations = new Set();
  /** How often it has said that it lost the server. */
  losses = 0;
  problems = [];
  #process;
  #folder;
  #dump = null;
  #written = 0;

  /** Signs in; resolves once it is up to date. */
  static async start(namespace, url, { email, password }) {
    const agent = new HeadlessAgent();
    agent.#folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-headless-'));
    agent.#process = spawn(...namespace.command(PROGRAM, [url, email, password]), {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, HOME: agent.#folder, XDG_DATA_HOME: agent.#folder, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', GSETTINGS_BACKEND: 'memory' },
    });
    createInterface({ input: agent.#process.stdout }).on('line', (line) => agent.#hear(JSON.parse(line)));
    await until(() => agent.link === 'live', () => `a headless agent to be live: ${agent.link} ${agent.problems}`);
    return agent;
  }

  /** Writes into a conversation; resolves to the text, which is like no other. */
  say(conversation) {
    const text = `headless ${this.#written += 1}`;
    this.#tell(`send ${conversation} ${text}`);
    return text;
  }

  /** {conversations and messages as lines of text, texts: of each message, with its conversation} of all that can be had. */
  async dump() {
    this.#dump = [];
    this.#tell('dump');
    const lines = await until(() => this.#dump.at(-1)?.event === 'dumped' && this.#dump.slice(0, -1), 'the dump');
    this.#dump = null;
    return lines;
  }

  async quit() {
    const gone = once(this.#process, 'close');
    this.#process.stdin.end();
    await gone;
    await rm(this.#folder, { recursive: true, force: true });
  }

  #tell(line) {
    this.#process.stdin.write(`${line}\n`);
  }

  #hear(line) {
    if (line.event === 'link') {
      if (this.link === 'live' && line.link !== 'live') this.losses += 1;
      this.link = line.link;
    }
    if (line.event === 'link' || line.event === 'pending') this.pending = line.pending;
    else if (line.event === 'conversation') this.conversations.add(line.id);
    else if (line.event === 'problem' || line.event === 'refused') this.problems.push(line.message);
    else this.#dump?.push(line);
  }
}

/** A dump as text that is the same for the same state. */
export function stateOf(dump) {
  return dump.map((line) => JSON.stringify(Object.fromEntries(Object.entries(line).filter(([name]) => !PASSING.includes(name))))).sort().join('\n');
}
