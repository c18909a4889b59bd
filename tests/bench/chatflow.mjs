// SPDX-License-Identifier: GPL-3.0-or-later
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { Daemon } from '../lib/daemon.mjs';
import { newId } from '../lib/ids.mjs';

/** Limits that protect a server from strangers are raised, because everything comes from few addresses; nothing is switched off. */
const LIMITS = { CHATFLOW_MAX_PER_ADDRESS: '100000', CHATFLOW_LOG_LEVEL: 'warning' };
const PASSWORD = 'a password for the benchmark';

/** chatflowd with the demo organisation, as one of the two servers that are compared. */
export class ChatFlow {
  static label = 'ChatFlow';
  #daemon;
  #agentsFile;
  tokens = [];

  /** `folder`: where its state folder goes; `agents`: how many are signed in. */
  static async start({ folder, agents = 1 }) {
    const daemon = await Daemon.start({ on: folder, demo: true, options: LIMITS });
    const self = new ChatFlow(daemon);
    try {
      await self.#signIn(agents);
    } catch (error) {
      await self.stop();
      throw error;
    }
    return self;
  }

  constructor(daemon) {
    this.#daemon = daemon;
    this.#agentsFile = path.join(daemon.state, 'agents');
  }

  get pid() {
    return this.#daemon.pid;
  }

  get url() {
    return this.#daemon.url;
  }

  /** What the load generator needs to know of it. */
  get options() {
    return { dialect: 'chatflow', port: this.#daemon.port, server: this.pid, site: this.#daemon.demo.site.key, agents: this.#agentsFile };
  }

  /** A conversation's page of messages, as the agent reads it. */
  async messagesPath() {
    const { body } = await this.#daemon.rest('GET', '/api/v1/conversations?limit=1', { token: this.tokens[0] });
    return `/api/v1/conversations/${body.records.find(({ type }) => type === 'conversation').id}/messages?limit=50`;
  }

  async restart() {
    await this.#daemon.restart();
    return this.pid;
  }

  async stop() {
    await this.#daemon.remove();
  }

  async #signIn(agents) {
    const { email, password } = this.#daemon.demo.agents[0];
    const { token } = await this.#daemon.login(email, password);
    this.tokens = [token];
    for (let i = 1; i < agents; i++) this.tokens.push(await this.#hire(i));
    await writeFile(this.#agentsFile, this.tokens.join('\n'));
  }

  async #hire(number) {
    const email = `agent${number}@bench.example`;
    const { status, body } = await this.#daemon.rest('POST', '/api/v1/agents', {
      token: this.tokens[0], body: { id: newId(), email, name: `Agent ${number}`, role: 'agent', password: PASSWORD },
    });
    if (status >= 300) throw new Error(`agent.add: ${status} ${JSON.stringify(body)}`);
    return (await this.#daemon.login(email, PASSWORD)).token;
  }
}
