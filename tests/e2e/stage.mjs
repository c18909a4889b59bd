// SPDX-License-Identifier: GPL-3.0-or-later
import { rm } from 'node:fs/promises';

import { Daemon } from '../lib/daemon.mjs';
import { Client } from '../lib/rpc-client.mjs';

/**
 * A state folder with the demo organisation, its agents signed in, that many daemons can start from:
 * passwords are slow to check on purpose, so this is done once.
 */
export class Stage {
  static async prepare() {
    const stage = new Stage();
    const daemon = await Daemon.start({ demo: true });
    try {
      stage.site = daemon.demo.site.key;
      stage.credentials = daemon.demo.agents;
      stage.agents = await Promise.all(daemon.demo.agents.map(({ email, password }) => daemon.login(email, password)));
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

  visitor(daemon) {
    return Client.visitor(daemon.socketUrl, this.site);
  }

  remove() {
    return rm(this.state, { recursive: true, force: true });
  }
}
