// SPDX-License-Identifier: GPL-3.0-or-later
//
// A disk that fails: the n-th call on the database's files, for every n in a run. Whatever fails, a writer is told `unavailable`
// or the write is there; nothing acknowledged is lost, reading goes on, and with the disk well again everything goes on by itself.
//
//   SEED=17   which n the short run takes

import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Random } from '../lib/random.mjs';
import { CallError, Socket } from '../lib/socket.mjs';
import { pause, until } from '../lib/until.mjs';
import { Stage } from '../e2e/stage.mjs';
import { checkDatabases, holdsAll, wholeConversation } from './crowd.mjs';
import { FULL, SEED, numbers } from './length.mjs';
import { Disk, FOREVER } from './shims.mjs';
import { startOnce } from './start-once.mjs';

const random = new Random(SEED);
/** The log is copied into the database, beside the writer, when it has grown by so many pages. */
const CHECKPOINT_FRAMES = 2000;
const LONG = 'ä'.repeat(7900);

/** Each way in which a call fails. */
const FAULTS = [
  { error: 'EIO', mode: 'refuse', calls: 1 },
  { error: 'ENOSPC', mode: 'refuse', calls: 4 },
  { error: 'EIO', mode: 'torn', calls: 2 },
  { error: 'ENOSPC', mode: 'short', calls: 3 },
  { error: 'EIO', mode: 'refuse', calls: FOREVER },
];
/** A start reads the log with the first of its calls, and must not take one that it cannot read for one that nobody needs. */
const READING_THE_LOG = 8;
const words = ({ error, mode, calls }) => `${error} ${mode} ${calls === FOREVER ? 'for ever' : `for ${calls}`}`;

/** Makes calls one by one, each once, and keeps what was acknowledged. */
class Caller {
  acknowledged = [];
  refused = 0;
  #socket;

  static async visitor(daemon, site) {
    return Caller.#open(daemon, { site, token: newVisitorToken() });
  }

  static async agent(daemon, token) {
    return Caller.#open(daemon, { token });
  }

  static async #open(daemon, credentials) {
    const caller = new Caller();
    caller.#socket = await Socket.open(daemon.socketUrl);
    await caller.call('session.open', { ...credentials, since: 0 });
    return caller;
  }

  call(method, params) {
    return this.#socket.call(method, params);
  }

  /** A write that may be refused as `unavailable` and in no other way. Returns its records, or null. */
  async write(method, params) {
    try {
      return (await this.call(method, params)).records;
    } catch (error) {
      if (!(error instanceof CallError) || error.reason !== 'unavailable') throw error;
      this.refused += 1;
      return null;
    }
  }

  async send(conversation, text) {
    const message = { id: newId(), conversation_id: conversation, text };
    const made = (await this.write('message.send', message))?.find((record) => record.id === message.id);
    if (made) this.acknowledged.push({ ...message, author: this, position: made.position });
    return Boolean(made);
  }

  close() {
    this.#socket.close();
  }
}

/** A daemon on a failing disk, a visitor with a conversation, and an agent. */
class Scene {
  static async start(stage) {
    const scene = new Scene();
    scene.stage = stage;
    scene.disk = new Disk({ state: stage.state });
    scene.daemon = await stage.daemon(scene.disk.options);
    await scene.enter();
    return scene;
  }

  /** New sockets of the same agent and of a new visitor. */
  async enter() {
    this.agent = await Caller.agent(this.daemon, this.stage.agents[0].token);
    this.visitor = await Caller.visitor(this.daemon, this.stage.site);
    this.conversation = newId();
    const message = { message_id: newId(), text: 'hello' };
    await this.visitor.call('conversation.start', { id: this.conversation, ...message });
    this.acknowledged = () => [...this.visitor.acknowledged, ...this.agent.acknowledged].filter((one) => one.conversation_id === this.conversation);
  }

  leave() {
    this.agent.close();
    this.visitor.close();
  }

  /** Every kind of write that a conversation sees. */
  async everything(mark) {
    const { agent, visitor, conversation: id } = this;
    await visitor.send(id, `${mark}: a question`);
    await agent.send(id, `${mark}: an answer`);
    await agent.write('note.add', { id: newId(), conversation_id: id, text: `${mark}: a note` });
    await visitor.write('visitor.identify', { name: `Bo ${mark}` });
    await agent.write('conversation.close', { id, event_id: newId() });
    await visitor.send(id, `${mark}: and another`);
  }

  /** Up to the write after which the log is copied into the database, until that is over, and the write that begins the log anew. */
  async overCheckpoint(mark) {
    for (let i = 0; i < 15; i += 1) await this.visitor.send(this.conversation, `${mark}: ${i} ${LONG}`); // it may have been asked for some pages later
    for (let before = -1; before !== this.disk.count;) {
      before = this.disk.count;
      await pause(50);
    }
    await this.visitor.send(this.conversation, `${mark}: after it`);
  }

  /** More than fits into one write to the log, in one commit or two. Each of them is answered for itself. */
  async manyAtOnce(mark) {
    const sends = Array.from({ length: 20 }, (_, i) => this.visitor.send(this.conversation, `${mark}: ${i} ${LONG}`));
    await Promise.all(sends);
  }

  /** Long texts until the next three are sure to reach the checkpoint; several at a time as long as there is room. */
  async fillLog() {
    for (;;) {
      const left = CHECKPOINT_FRAMES - this.disk.walFrames % CHECKPOINT_FRAMES;
      if (left <= 20) return;
      const sends = Array.from({ length: left > 200 ? 10 : 1 }, () => this.visitor.send(this.conversation, `filling ${newId()} ${LONG}`));
      for (const sent of await Promise.all(sends)) assert.ok(sent, 'a write on a disk that is well');
    }
  }

  /** The disk is well again: writes are taken at once, and both sides have all that was acknowledged. */
  async recovered(mark) {
    await until(() => this.visitor.send(this.conversation, `${mark}: well again ${newId()}`), 'a write to be taken again');
    await this.hasAll();
    assert.equal((await fetch(`${this.daemon.url}/health`)).status, 200, 'the daemon says that it is well');
  }

  async hasAll() {
    holdsAll(await wholeConversation(this.visitor, this.conversation), this.acknowledged());
    holdsAll(await wholeConversation(this.agent, this.conversation), this.acknowledged());
  }

  /** The power fails, too: what was acknowledged was synced. */
  async powerCut() {
    this.leave();
    await this.daemon.kill9();
    await this.disk.powerCut(this.daemon.state, random);
    await checkDatabases(this.daemon);
    await this.daemon.restart();
    const old = this.acknowledged();
    this.agent = await Caller.agent(this.daemon, this.stage.agents[0].token);
    holdsAll(await wholeConversation(this.agent, this.conversation), old);
    this.agent.close();
    await this.enter();
  }

  async remove() {
    this.disk.disarm();
    try {
      this.leave();
      await this.daemon.remove();
    } finally {
      this.disk.remove();
    }
  }
}

/** Runs `play` once whole to count its calls, then fails each of them (when there are more, `most` of them) in turn, in every way. */
async function failEach(t, stage, { prepare = () => {}, play, sample, most }) {
  const scene = await Scene.start(stage);
  const total = { runs: 0, failed: 0, refused: 0, acknowledged: 0 };
  try {
    await prepare(scene);
    scene.disk.arm();
    await play(scene, 'counted');
    const { count } = scene.disk;
    scene.disk.disarm();
    for (const fault of FAULTS) {
      await t.test(`${words(fault)}: ${FULL && !(count > most) ? 'each' : 'some'} of ${count} calls, seed ${SEED}`, async () => {
        for (const from of numbers(count, sample, random, most)) {
          await prepare(scene);
          scene.disk.arm({ ...fault, from });
          await play(scene, `${words(fault)} at ${from}`);
          await scene.agent.call('conversation.list', { status: 'open' });
          await scene.visitor.call('message.list', { conversation_id: scene.conversation, limit: 20 });
          total.failed += scene.disk.failed;
          scene.disk.disarm();
          await scene.recovered(`${words(fault)} at ${from}`);
          total.runs += 1;
          if (random.chance(FULL ? 0.1 : 0.3)) await scene.powerCut();
          else if (scene.acknowledged().length > 300) await scene.powerCut();
        }
        await checkDatabases(scene.daemon);
      });
      total.refused += scene.visitor.refused + scene.agent.refused;
    }
    await scene.powerCut();
  } finally {
    await scene.remove();
  }
  t.diagnostic(`${total.runs} runs, ${total.failed} calls failed`);
  assert.ok(total.failed >= total.runs / 2, 'the calls that were to fail did fail');
}

test('a disk that fails', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());

  await t.test('while everything is written', (t2) => failEach(t2, stage, { play: (scene, mark) => scene.everything(mark), sample: 3 }));

  await t.test('while much is written at once', (t2) => failEach(t2, stage, { play: (scene, mark) => scene.manyAtOnce(mark), sample: 2 }));

  await t.test('while the log is copied into the database', (t2) =>
    failEach(t2, stage, { prepare: (scene) => scene.fillLog(), play: (scene, mark) => scene.overCheckpoint(mark), sample: 1, most: 25 }));

  // What a kill left, with a log to recover: the state that each start in the next test meets.
  const killed = await mkdtemp(path.join(os.tmpdir(), 'chatflow-killed-'));
  t.after(() => rm(killed, { recursive: true, force: true }));
  const scene = await Scene.start(stage);
  for (let i = 0; i < 3; i += 1) await scene.everything(`before ${i}`);
  scene.leave();
  await scene.daemon.kill9();
  await cp(scene.daemon.state, killed, { recursive: true });
  await scene.remove();

  for (const fault of FULL ? FAULTS : [FAULTS[0], FAULTS[2], FAULTS.at(-1)]) {
    await t.test(`while it starts and ends: ${words(fault)}, seed ${SEED}`, async (t2) => {
      const disk = new Disk();
      t2.after(() => disk.remove());
      const attempt = async (from, mode) => {
        const state = await mkdtemp(path.join(os.tmpdir(), 'chatflow-test-'));
        await cp(killed, state, { recursive: true });
        disk.arm({ ...fault, mode: mode ?? fault.mode, from });
        return { state, result: await startOnce(state, disk.options) };
      };
      const counted = await attempt(0);
      const { count } = disk;
      await rm(counted.state, { recursive: true });
      assert.equal(counted.result.code, 0, counted.result.log);
      let refusals = 0;
      const early = fault.mode === 'torn' ? numbers(READING_THE_LOG, READING_THE_LOG, random) : [];
      for (const from of new Set([...early, ...numbers(count, 2, random)])) {
        const { state, result } = await attempt(from);
        assert.equal(result.signal, null, `call ${from}: ${result.log}`);
        if (!result.served) {
          refusals += 1;
          assert.ok(result.code > 0, `call ${from}: it ended with ${result.code} without having served`);
          assert.match(result.log, /database/, `call ${from}: it says what is wrong`);
        }
        disk.disarm();
        const daemon = await stage.daemon({}, state);
        try {
          await checkDatabases(daemon);
          const agent = await Caller.agent(daemon, stage.agents[0].token);
          holdsAll(await wholeConversation(agent, scene.conversation), scene.acknowledged());
          agent.close();
        } finally {
          await daemon.remove();
          await rm(state, { recursive: true });
        }
      }
      t2.diagnostic(`${count} calls in a start and an end; ${refusals} starts were refused`);
    });
  }
});
