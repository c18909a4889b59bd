// SPDX-License-Identifier: GPL-3.0-or-later
import { Namespace } from './network.mjs';
import { NetworkLink, SERVER } from './network-link.mjs';

/** The server's machine, which is where the test runs, and clients' machines behind lines that can be impaired. */
export class NetworkWorld {
  links = [];
  #seed;

  static async make(seed = 1) {
    const world = new NetworkWorld(Namespace.here(), seed);
    await world.server.run(`ip address replace ${SERVER}/32 dev lo`);
    return world;
  }

  constructor(server, seed) {
    this.server = server;
    this.#seed = seed;
  }

  /** One more client's machine, with a perfect line. */
  async link() {
    const link = await NetworkLink.lay(this.server, this.links.length + 1, this.#seed);
    this.links.push(link);
    return link;
  }

  async remove() {
    await Promise.all(this.links.map((link) => link.remove()));
  }
}
