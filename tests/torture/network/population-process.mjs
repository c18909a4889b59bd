// SPDX-License-Identifier: GPL-3.0-or-later
//
// Visitors and agents by the reference client, on a client's machine: population.mjs starts this there and gives the orders.

import { newId } from '../../lib/ids.mjs';
import { Random } from '../../lib/random.mjs';
import { differences } from '../../lib/record-store.mjs';
import { Client } from '../../lib/rpc-client.mjs';
import { pause, until } from '../../lib/until.mjs';

const AT_THE_END = 120_000;

/** One person at one client, and what they have written. */
class Person {
  written = [];
  acknowledged = 0;
  refusals = [];
  #progress = '';
  #since = performance.now();

  constructor(client) {
    this.client = client.start();
  }

  async write(method, params) {
    this.written.push({ conversation: params.conversation_id ?? null, id: params.message_id ?? params.id });
    try {
      await this.client.write(method, params);
      this.acknowledged += 1;
    } catch (error) {
      this.refusals.push(error.message);
    }
  }

  /** The reference client has no clock of its own; this is its keep-alive: what hangs for `stuck` ms is given up. */
  watch(stuck) {
    const progress = `${this.acknowledged} ${this.client.live} ${this.client.records.applied}`;
    if (progress !== this.#progress || (this.client.live && this.client.waiting === 0)) {
      this.#progress = progress;
      this.#since = performance.now();
    } else if (performance.now() - this.#since > stuck) {
      this.client.cut();
      this.#since = performance.now();
    }
  }
}

class Population {
  #random;
  #visitors;
  #agents;
  #talking = true;

  constructor({ url, site, tokens, visitors, stuck, seed }) {
    this.#random = new Random(seed);
    this.#visitors = Array.from({ length: visitors }, () => new Person(Client.visitor(url, site)));
    this.#agents = tokens.map((token) => new Person(new Client({ url, credentials: { token } })));
    setInterval(() => this.#everyone.forEach((one) => one.watch(stuck)), 250);
  }

  get #everyone() {
    return [...this.#visitors, ...this.#agents];
  }

  async begin() {
    await Promise.all(this.#everyone.map((one) => one.client.ready()));
    for (const visitor of this.#visitors) {
      visitor.conversation = newId();
      await visitor.write('conversation.start', { id: visitor.conversation, message_id: newId(), text: 'Hello?' });
    }
    this.#everyone.forEach((one) => this.#talk(one));
    return this.tally();
  }

  async #talk(person) {
    while (this.#talking) {
      const conversation = person.conversation ?? this.#random.pick(this.#visitors).conversation;
      person.write('message.send', { id: newId(), conversation_id: conversation, text: `Word ${person.written.length}` });
      // Whoever can't be heard goes on for a while, and then waits.
      await pause(this.#random.between(150, 450));
      while (person.client.waiting > 20) await pause(100);
    }
  }

  tally() {
    const sum = (what) => this.#everyone.reduce((all, one) => all + what(one), 0);
    return { written: sum((one) => one.written.length), acknowledged: sum((one) => one.acknowledged), live: sum((one) => Number(one.client.live)), people: this.#everyone.length };
  }

  /** Everybody has said what they had to say; resolves with what is wrong, one a line. */
  async finish() {
    const problems = [];
    this.#talking = false;
    await until(() => this.#everyone.every(({ client }) => client.live && client.waiting === 0), () => `all to be sent: ${JSON.stringify(this.tally())}`, AT_THE_END);
    await this.#hearLastWords();
    for (const person of this.#everyone) {
      const fresh = await person.client.twin().start().ready();
      await this.#readBack(fresh);
      const found = differences(person.client.records, fresh.records);
      if (found) problems.push(`the live stream (-) differs from a fresh copy (+):\n${found}`);
      problems.push(...person.refusals, ...this.#outOfOrder(person, fresh.records));
      await fresh.close();
    }
    return { problems, ...this.tally() };
  }

  /** Everybody's stream has come as far as a last word in each conversation. */
  async #hearLastWords() {
    const [agent] = this.#agents;
    for (const visitor of this.#visitors) {
      const id = newId();
      await agent.write('message.send', { id, conversation_id: visitor.conversation, text: 'Goodbye' });
      await until(() => [visitor, ...this.#agents].every(({ client }) => client.records.get('message', id)), 'the last word to be heard by all', AT_THE_END);
    }
  }

  /** A first copy has only the last 50 messages of each conversation. */
  async #readBack(fresh) {
    for (const { id } of fresh.records.all('conversation')) {
      for (let more = fresh.records.messages(id).length > 0; more;) {
        const [oldest] = fresh.records.messages(id);
        ({ more } = await fresh.call('message.list', { conversation_id: id, before: oldest.position, limit: 100 }));
      }
    }
  }

  /** What this person wrote is there once, and as they wrote it. */
  #outOfOrder(person, records) {
    return this.#visitors.map(({ conversation }) => conversation).flatMap((conversation) => {
      const own = new Set(person.written.map(({ id }) => id));
      const stored = records.messages(conversation).map(({ id }) => id).filter((id) => own.has(id));
      const written = person.written.filter((one) => (one.conversation ?? person.conversation) === conversation).map(({ id }) => id);
      return String(stored) === String(written) ? [] : [`in ${conversation}: wrote\n${written.join('\n')}\nand found\n${stored.join('\n')}`];
    });
  }
}

let population;
process.on('message', async ({ order, words }) => {
  try {
    if (order === 'begin') population = new Population(words);
    process.send({ result: await population[order](words) });
  } catch (error) {
    process.send({ error: error.stack });
  }
});
process.on('disconnect', () => process.exit());
