// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nothing acknowledged is lost: ten visitors and two agents write while the daemon is killed again and again.
// After every restart each acknowledged message is there once, in one order, on both sides.
//
//   ROUNDS=30   how often it is killed        SEED=17   the moments

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';

import { newId } from '../lib/ids.mjs';
import { Random } from '../lib/random.mjs';
import { pause, until } from '../lib/until.mjs';
import { Stage } from './stage.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? 30);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const VISITORS = 10;

/** Somebody who writes one text after the other, numbered, until told to stop. */
class Writer {
  acknowledged = [];
  #going = true;
  #done;

  constructor(name, client, where) {
    this.name = name;
    this.client = client;
    this.#done = this.#write(where);
    this.#done.catch(() => {}); // looked at in stop()
  }

  async #write(where) {
    for (let number = 1; this.#going; number += 1) {
      const conversation = where();
      const message = { id: newId(), conversation_id: conversation, text: `${this.name} ${number}` };
      const { records } = await this.client.write('message.send', message);
      const made = records.find((record) => record.id === message.id);
      assert.ok(made, `the answer to message.send holds the message: ${JSON.stringify(records)}`);
      this.acknowledged.push({ ...message, author: this.name, number, position: made.position });
      await pause(5);
    }
  }

  async stop() {
    this.#going = false;
    await this.#done;
  }
}

/** All public messages of a conversation, from its first page to its last. */
async function wholeConversation(client, id) {
  const messages = [];
  for (let before; ;) {
    const page = await client.call('message.list', { conversation_id: id, limit: 200, ...(before && { before }) });
    const found = page.records.filter((record) => record.type === 'message');
    messages.unshift(...found);
    if (!page.more) return messages.filter((message) => !message.staff_only && message.kind === 'text');
    before = found[0].position;
  }
}

/** Asks SQLite about a copy, so that the daemon itself meets what the kill left behind. */
async function checkDatabases(daemon) {
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

/** What was acknowledged is in `messages` once, where the answer said, and each author's texts are in the order written. */
function holdsAll(messages, acknowledged) {
  const places = new Map();
  messages.forEach((message, i) => {
    assert.ok(!places.has(message.id), `message ${message.id} is there twice`);
    places.set(message.id, i);
  });
  const last = new Map();
  for (const { id, text, position, author } of acknowledged) {
    const place = places.get(id);
    assert.notEqual(place, undefined, `"${text}" was acknowledged and is gone`);
    assert.equal(messages[place].text, text);
    assert.equal(messages[place].position, position, `"${text}" has moved`);
    assert.ok(place > (last.get(author) ?? -1), `"${text}" stands before one that ${author} wrote earlier`);
    last.set(author, place);
  }
  const texts = messages.map((message) => message.text);
  assert.equal(new Set(texts).size, texts.length, 'a text is there twice');
}

test(`kill -9 while all write, ${ROUNDS} rounds, seed ${SEED}`, async (t) => {
  const random = new Random(SEED);
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const visitors = Array.from({ length: VISITORS }, () => stage.visitor(daemon).start());
  const agents = [0, 1].map((index) => stage.agent(daemon, index).start());
  const everyone = [...visitors, ...agents];
  t.after(() => Promise.all(everyone.map((client) => client.close())));

  const started = await Promise.all(visitors.map((visitor, i) =>
    visitor.write('conversation.start', { id: newId(), message_id: newId(), text: `visitor ${i} is here` })));
  const conversations = started.map(({ records }) => records.find((record) => record.type === 'conversation').id);
  const writers = [
    ...visitors.map((visitor, i) => new Writer(`visitor ${i}`, visitor, () => conversations[i])),
    ...agents.map((agent, i) => new Writer(`agent ${i}`, agent, () => random.pick(conversations))),
  ];

  const acknowledgedIn = (id) => writers.flatMap((writer) => writer.acknowledged.filter((message) => message.conversation_id === id));
  const compareSides = async () => {
    await Promise.all(everyone.map((client) => client.ready()));
    for (const [i, id] of conversations.entries()) {
      const expected = acknowledgedIn(id);
      const [theirs, ours] = [await wholeConversation(visitors[i], id), await wholeConversation(agents[i % 2], id)];
      holdsAll(theirs, expected);
      holdsAll(ours, expected);
      // Writing goes on between the two calls, so one side may know more at the end.
      const both = Math.min(theirs.length, ours.length);
      assert.deepEqual(theirs.slice(0, both).map((message) => message.id), ours.slice(0, both).map((message) => message.id), 'both sides have one order');
    }
  };

  for (let round = 1; round <= ROUNDS; round += 1) {
    await t.test(`round ${round}`, async () => {
      const before = writers.reduce((sum, writer) => sum + writer.acknowledged.length, 0);
      await pause(random.between(0, 400));
      await daemon.kill9();
      await checkDatabases(daemon);
      await daemon.restart();
      await compareSides();
      await until(() => writers.reduce((sum, writer) => sum + writer.acknowledged.length, 0) > before + writers.length, 'writing to go on');
    });
  }

  await Promise.all(writers.map((writer) => writer.stop()));
  await compareSides();
  for (const [i, id] of conversations.entries()) {
    const whole = (await wholeConversation(agents[0], id)).map((message) => message.id);
    await until(() => [visitors[i], ...agents].every((client) => client.records.get('message', whole.at(-1))), 'the last text on every side');
    for (const client of [visitors[i], ...agents]) {
      const live = client.records.messages(id).filter((message) => message.kind === 'text').map((message) => message.id);
      assert.deepEqual(live, whole.slice(-live.length), 'what the live stream built is what the server has');
    }
  }
  t.diagnostic(`${writers.reduce((sum, writer) => sum + writer.acknowledged.length, 0)} acknowledged texts, seed ${SEED}`);
});
