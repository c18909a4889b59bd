// SPDX-License-Identifier: GPL-3.0-or-later
import { rm } from 'node:fs/promises';

import { Daemon } from '../lib/daemon.mjs';
import { Client } from '../lib/rpc-client.mjs';

/**
 * A state folder with the demo organisation, its agents signed in, that many daemons can start from:
 * passwords are slow to check on purpose, so this is done once.
 */
export class Stage {
  /** With `sites`, a second site, and the last of the agents is one who may be limited to some. */
  static async prepare({ sites = false } = {}) {
    const stage = new Stage();
    const daemon = await Daemon.start({ demo: true });
    try {
      stage.site = daemon.demo.site.key;
      stage.credentials = daemon.demo.agents;
      if (sites) await stage.#addSite(daemon);
      stage.agents = await Promise.all(stage.credentials.map(({ email, password }) => daemon.login(email, password)));
      if (sites) stage.sites = await stage.#listSites(daemon);
    } catch (error) {
      await daemon.remove();
      throw error;
    }
    await daemon.stop();
    stage.state = daemon.state;
    return stage;
  }

  /** A daemon on a copy of the state, or of one that came from it. */
  daemon(options, state = this.state) {
    return Daemon.start({ state, options });
  }

  agent(daemon, index) {
    return new Client({ url: daemon.socketUrl, credentials: { token: this.agents[index].token } });
  }

  visitor(daemon, site = this.site) {
    return Client.visitor(daemon.socketUrl, site);
  }

  async #addSite(daemon) {
    const password = 'a good password';
    await daemon.cli(['site', 'add', '-n', 'Other', '-o', 'https://other.example']);
    await daemon.cli(['agent', 'add', '-e', 'lim@one.example', '-n', 'Lim', '-r', 'agent', '--password-stdin'], { input: `${password}\n` });
    this.limited = this.credentials.length;
    this.credentials = [...this.credentials, { email: 'lim@one.example', password }];
  }

  /** The demo's first. */
  async #listSites(daemon) {
    const { token } = this.agents.find(({ agent }) => agent.role === 'admin');
    const { body } = await daemon.rest('GET', '/api/v1/sites', { token });
    return body.records.sort((a, b) => (b.key === this.site) - (a.key === this.site));
  }

  remove() {
    return rm(this.state, { recursive: true, force: true });
  }
}
