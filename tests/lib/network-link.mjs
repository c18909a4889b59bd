// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { Namespace } from './network.mjs';

const PROGRAM = process.env.TEST_PACKET_LINK ?? '_build/test/tests/torture/network/packet-link';

/** Where the server listens, in every test: an address that no link has. */
export const SERVER = '10.77.0.1';

/** A client's machine, and the line between it and the server; packet-link.c says what can be wrong with it. */
export class NetworkLink {
  /** The client's machine. */
  client;
  #server;
  #number;
  #process;
  #answers;
  #moves = 0;
  #last = Promise.resolve();

  /** `number`: from 1, of this link at the server; the seed of its bad luck is made of it and of `seed`. */
  static async lay(server, number, seed) {
    const link = new NetworkLink(server, number, await Namespace.make());
    link.#process = spawn(PROGRAM, [String(seed * 100 + number), server.path, link.#far, link.client.path, 'line'], { stdio: ['pipe', 'pipe', 'inherit'] });
    link.#process.stdin.on('error', () => {}); // the missing answer tells
    link.#answers = createInterface({ input: link.#process.stdout })[Symbol.asyncIterator]();
    try {
      await link.#answer();
      await server.run(`ip link set ${link.#far} up`);
      await server.run(`ip route replace 10.77.${number}.0/24 dev ${link.#far} src ${SERVER}`);
      await link.client.run('ip link set line up');
      await link.#settle();
    } catch (error) {
      await link.remove();
      throw error;
    }
    return link;
  }

  constructor(server, number, client) {
    this.#server = server;
    this.#number = number;
    this.client = client;
  }

  /** The client's address now. */
  get address() {
    return `10.77.${this.#number}.${2 + this.#moves % 200}`;
  }

  /** Impairs both directions ("loss=30 delay=500"); '' mends the line. */
  both(impairment) {
    return this.#order(`both ${impairment}`);
  }

  /** From the server to the client. */
  down(impairment) {
    return this.#order(`a-to-b ${impairment}`);
  }

  /** From the client to the server. */
  up(impairment) {
    return this.#order(`b-to-a ${impairment}`);
  }

  /** Throws away what reaches one end, after the line: at `machine` (client or server), by its firewall. */
  async block(machine) {
    await this.#firewall(machine, '-A');
  }

  async unblock(machine) {
    await this.#firewall(machine, '-D');
  }

  /** {down, up} with what has become of the packets. */
  async counts() {
    const { 'a-to-b': down, 'b-to-a': up } = await this.#order('counts');
    return { down, up };
  }

  /** The client gets another address, as in another room's network; the old one is nobody's from now on. */
  async move() {
    await this.client.run(`ip address del ${this.address}/24 dev line`);
    this.#moves += 1;
    await this.#settle();
  }

  async remove() {
    const gone = once(this.#process, 'close');
    this.#process.stdin.end();
    await gone;
    await this.client.remove();
  }

  get #far() {
    return `to-${this.#number}`;
  }

  async #settle() {
    await this.client.run(`ip address add ${this.address}/24 dev line`);
    await this.client.run(`ip route replace default dev line src ${this.address}`);
  }

  #firewall(machine, verb) {
    const [where, device] = machine === 'client' ? [this.client, 'line'] : [this.#server, this.#far];
    return where.run(`iptables -w ${verb} INPUT -i ${device} -j DROP`);
  }

  /** One after the other: the answers bear no names. */
  #order(words) {
    const done = this.#last.then(() => {
      this.#process.stdin.write(`${words}\n`);
      return this.#answer();
    });
    this.#last = done.catch(() => {});
    return done;
  }

  async #answer() {
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('packet-link ended; what it said stands above');
    return JSON.parse(value);
  }
}
