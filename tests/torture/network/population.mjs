// SPDX-License-Identifier: GPL-3.0-or-later
import { fork } from 'node:child_process';
import { once } from 'node:events';

const PROGRAM = new URL('population-process.mjs', import.meta.url).pathname;

/** Many people who write and read all the time, on the machine of a `namespace`. */
export class Population {
  #process;

  /** `words`: {url, site, tokens of the agents, visitors: how many, stuck: ms after which they give a connection up, seed}. */
  static async settle(namespace, words) {
    const population = new Population(namespace);
    await population.#ask('begin', words);
    return population;
  }

  constructor(namespace) {
    const [program, before] = namespace.command(process.execPath);
    this.#process = fork(PROGRAM, [], { execPath: program, execArgv: before });
  }

  /** {written, acknowledged, live, people} so far. */
  tally() {
    return this.#ask('tally');
  }

  /** Lets them come to an end, and holds them to the law; resolves with the tally and `problems`. */
  finish() {
    return this.#ask('finish');
  }

  async leave() {
    const gone = once(this.#process, 'close');
    this.#process.kill();
    await gone;
  }

  async #ask(order, words) {
    this.#process.send({ order, words });
    const [{ result, error }] = await once(this.#process, 'message');
    if (error) throw new Error(error);
    return result;
  }
}
