// SPDX-License-Identifier: GPL-3.0-or-later
//
// Visitors and agents who write without end, and remember what was acknowledged: the load of every test in this folder.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { newId } from '../lib/ids.mjs';
import { pause, until } from '../lib/until.mjs';

/** The last messages of a conversation that a first copy holds. */
const FIRST_COPY = 50;

/** Somebody who writes one text after the other, numbered, until told to stop. */
class Writer {
  acknowledged = [];
  #going = true;
  #done;

  constructor(name, client, where, rest) {
    this.name = name;
    this.client = client;
    this.#done = this.#write(where, rest);
    this.#done.catch(() => {}); // looked at in stop()
  }

  async #write(where, rest) {
    for (let number = 1; this.#going; number += 1) {
      const conversation = where();
      const message = { id: newId(), conversation_id: conversation, text: `${this.name} ${number}` };
      const { records } = await this.client.write('message.send', message);
      const made = records.find((record) => record.id === message.id);
      assert.ok(made, `the answer to message.send holds the message: ${JSON.stringify(records)}`);
      this.acknowledged.push({ ...message, author: this.name, number, position: made.position });
      await pause(rest);
    }
  }

  async stop() {
    this.#going = false;
    await this.#done;
  }
}

/** A call that waits as long as the limits ask it to. */
async function patiently(client, method, params) {
  for (;;) {
    try {
      return await client.call(method, params);
    } catch (error) {
      if (!error.retryAfter) throw error;
      await pause(error.retryAfter);
    }
  }
}

/** All public texts of a conversation, from its first page to its last. */
export async function wholeConversation(client, id) {
  const messages = [];
  for (let before; ;) {
    const page = await patiently(client, 'message.list', { conversation_id: id, limit: 200, ...(before && { before }) });
    const found = page.records.filter((record) => record.type === 'message');
    messages.unshift(...found);
    if (!page.more) return messages.filter((message) => !message.staff_only && message.kind === 'text');
    before = found[0].position;
  }
}

/** What was acknowledged is in `messages` once, where the answer said, and each author's texts are in the order written. */
export function holdsAll(messages, acknowledged) {
  const places = new Map();
  messages.forEach((message, i) => {
    assert.ok(!places.has(message.id), `message ${message.id} is there twice`);
    places.set(message.id, i);
  });
  const last = new Map();
  for (const { id, text, position, author } of acknowledged) {
    const place = places.get(id);
    assert.notEqual(place, undefined, `"${text.slice(0, 80)}" was acknowledged and is gone`);
    assert.equal(messages[place].text, text);
    assert.equal(messages[place].position, position, `"${text.slice(0, 80)}" has moved`);
    assert.ok(place > (last.get(author) ?? -1), `"${text.slice(0, 80)}" stands before one that ${author} wrote earlier`);
    last.set(author, place);
  }
  const texts = messages.map((message) => message.text);
  assert.equal(new Set(texts).size, texts.length, 'a text is there twice');
}

/** Asks SQLite about a copy, so that the daemon itself meets what is there. */
export async function checkDatabases(daemon) {
  const copy = await mkdtemp(path.join(os.tmpdir(), 'chatflow-integrity-'));
  try {
    await cp(daemon.state, copy, { recursive: true });
    const files = await daemon.databases();
    assert.ok(files.length > 0, `a database in ${daemon.state}`);
    for (const file of files) {
      const { stdout } = await promisify(execFile)('sqlite3', [path.join(copy, path.basename(file)), 'PRAGMA integrity_check']);
      assert.equal(stdout.trim(), 'ok', `integrity of ${path.basename(file)}`);
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Visitors, each with a conversation, and two agents who answer in all of them. */
export class Crowd {
  visitors;
  agents;
  conversations;
  #writers;

  /** Everyone has begun to write when it resolves. `rest`: milliseconds between two texts of one writer. */
  static async start(stage, daemon, { visitors = 10, random, rest = 5 }) {
    const crowd = new Crowd();
    crowd.visitors = Array.from({ length: visitors }, () => stage.visitor(daemon).start());
    crowd.agents = [0, 1].map((index) => stage.agent(daemon, index).start());
    const started = await Promise.all(crowd.visitors.map((visitor, i) =>
      visitor.write('conversation.start', { id: newId(), message_id: newId(), text: `visitor ${i} is here` })));
    crowd.conversations = started.map(({ records }) => records.find((record) => record.type === 'conversation').id);
    crowd.#writers = [
      ...crowd.visitors.map((visitor, i) => new Writer(`visitor ${i}`, visitor, () => crowd.conversations[i], rest)),
      ...crowd.agents.map((agent, i) => new Writer(`agent ${i}`, agent, () => random.pick(crowd.conversations), rest)),
    ];
    return crowd;
  }

  get everyone() {
    return [...this.visitors, ...this.agents];
  }

  /** How many texts were acknowledged. */
  get count() {
    return this.#writers.reduce((sum, writer) => sum + writer.acknowledged.length, 0);
  }

  #acknowledgedIn(id) {
    return this.#writers.flatMap((writer) => writer.acknowledged.filter((message) => message.conversation_id === id));
  }

  /** Both sides of each conversation hold what was acknowledged until now, once, in one order. */
  async compareSides() {
    await Promise.all(this.everyone.map((client) => client.ready()));
    for (const [i, id] of this.conversations.entries()) {
      const expected = this.#acknowledgedIn(id);
      const [theirs, ours] = [await wholeConversation(this.visitors[i], id), await wholeConversation(this.agents[i % 2], id)];
      holdsAll(theirs, expected);
      holdsAll(ours, expected);
      // Writing goes on between the two calls, so one side may know more at the end.
      const both = Math.min(theirs.length, ours.length);
      assert.deepEqual(theirs.slice(0, both).map((message) => message.id), ours.slice(0, both).map((message) => message.id), 'both sides have one order');
    }
  }

  /** Waits until each writer, as far as their number goes, has had another text acknowledged. */
  async goesOn(what = 'writing to go on') {
    const before = this.count;
    await until(() => this.count > before + this.#writers.length, what);
  }

  /**
   * Writing ends; then the copy that each client built from the live stream is what the server has: the end of each conversation,
   * for a first copy begins with so many messages, and what one wrote oneself before that may stand alone in front of it.
   */
  async finish() {
    await Promise.all(this.#writers.map((writer) => writer.stop()));
    await this.compareSides();
    for (const [i, id] of this.conversations.entries()) {
      const whole = (await wholeConversation(this.agents[0], id)).map((message) => message.id);
      const clients = [this.visitors[i], ...this.agents];
      await until(() => clients.every((client) => client.records.get('message', whole.at(-1))), 'the last text on every side');
      for (const client of clients) {
        const live = client.records.messages(id).filter((message) => message.kind === 'text').map((message) => message.id);
        assert.deepEqual(live.slice(-FIRST_COPY), whole.slice(-FIRST_COPY), 'what the live stream built is what the server has');
        assert.deepEqual(live, whole.filter((one) => client.records.get('message', one)), 'in one order, and nothing else');
      }
    }
  }

  async close() {
    await Promise.all(this.everyone.map((client) => client.close()));
  }
}

/** After so many rounds others begin to write, in new conversations: reading all of them again and again takes its time. */
const ROUNDS_OF_ONE_CROWD = 20;

/** The load of a test with many rounds: one crowd after the other. */
export class Relay {
  #crowds = [];
  #start;
  #rounds;

  constructor(stage, daemon, { rounds = ROUNDS_OF_ONE_CROWD, ...options }) {
    this.#start = () => Crowd.start(stage, daemon, options);
    this.#rounds = rounds;
  }

  /** The crowd that writes in this round; rounds are counted from 1. */
  async at(round) {
    if (round % this.#rounds === 1) {
      await this.#crowds.at(-1)?.finish();
      this.#crowds.push(await this.#start());
    }
    return this.#crowds.at(-1);
  }

  /** How many texts were acknowledged. */
  get count() {
    return this.#crowds.reduce((sum, crowd) => sum + crowd.count, 0);
  }

  /** The last of them ends, and what all of them wrote is still there. */
  async finish() {
    await this.#crowds.at(-1).finish();
    for (const crowd of this.#crowds) await crowd.compareSides();
  }

  async close() {
    for (const crowd of this.#crowds) await crowd.close();
  }
}
