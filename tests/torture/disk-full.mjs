// SPDX-License-Identifier: GPL-3.0-or-later
//
// A disk without space, a small one of its own (own-mounts runs this): writers are told `unavailable`, nothing acknowledged is lost,
// reading goes on, and with space again everything goes on by itself.
//
//   SEED=17

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, rmdir, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';

import { Daemon } from '../lib/daemon.mjs';
import { newId } from '../lib/ids.mjs';
import { Random } from '../lib/random.mjs';
import { CallError } from '../lib/socket.mjs';
import { pause, until } from '../lib/until.mjs';
import { Stage } from '../e2e/stage.mjs';
import { Relay, checkDatabases } from './crowd.mjs';
import { FULL, SEED } from './length.mjs';
import { must } from './must.mjs';

const run = promisify(execFile);
const ROUNDS = FULL ? 50 : 2;
const skip = process.env.TORTURE_OWN_MOUNTS ? false : 'may not mount a disk here';

/** A file system of its own. */
class SmallDisk {
  static async mount(megabytes) {
    const disk = new SmallDisk();
    disk.folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-disk-'));
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk.folder]);
    return disk;
  }

  resize(megabytes) {
    return run('mount', ['-o', `remount,size=${megabytes}m`, this.folder]);
  }

  /** Grows so that this much is left. */
  async leave(megabytes) {
    const { blocks, bfree, bsize } = await statfs(this.folder);
    await this.resize(megabytes + Math.ceil((blocks - bfree) * bsize / 2 ** 20));
  }

  /** Takes all the space that is left. */
  async fill() {
    const ballast = await open(path.join(this.folder, 'ballast'), 'a');
    try {
      for (const size of [65536, 4096, 1]) {
        const bytes = Buffer.alloc(size, 'x');
        while (await ballast.write(bytes).catch(() => null));
      }
    } finally {
      await ballast.close();
    }
  }

  async free() {
    await rm(path.join(this.folder, 'ballast'), { force: true });
  }

  async remove() {
    await run('umount', [this.folder]);
    await rmdir(this.folder);
  }
}

/** A number of /metrics. */
async function metric(daemon, name) {
  const text = await (await fetch(`${daemon.url}/metrics`)).text();
  return Number(text.split('\n').find((line) => line.startsWith(`${name} `))?.split(' ').at(-1));
}

const refused = (daemon) => metric(daemon, 'chatflow_errors_total{reason="unavailable"}');

test('a full disk', { skip }, async (t) => {
  const random = new Random(SEED);
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const disk = await SmallDisk.mount(6);
  const daemon = await Daemon.start({ state: stage.state, on: disk.folder });
  const relay = new Relay(stage, daemon, { random, rounds: 5 }); // all is compared three times a round
  let crowd = await relay.at(1);
  t.after(async () => {
    await relay.close();
    await disk.leave(100);
    await daemon.remove();
    await disk.free();
    await disk.remove();
  });

  const isFull = async () => {
    const before = await refused(daemon);
    await until(async () => await refused(daemon) > before + crowd.everyone.length, 'the writers to be told `unavailable`');
    // Not at every moment: the log may have room for a small commit where it overwrites what it no longer needs.
    await until(async () => {
      const { status, body } = await daemon.rest('GET', '/health');
      return status === 503 && /disk is full/.test(body.problems.join());
    }, '/health to say that the disk is full');
    await crowd.compareSides();
  };

  await must(t, 'filled by a visitor who writes', async () => {
    const visitor = await stage.visitor(daemon).start().ready();
    const conversation = newId();
    await visitor.write('conversation.start', { id: conversation, message_id: newId(), text: 'hello' });
    const sent = [];
    let last;
    await assert.rejects(async () => {
      for (;;) {
        last = { id: newId(), conversation_id: conversation, text: `${sent.length} ${'x'.repeat(7900)}` };
        await visitor.call('message.send', last);
        sent.push(last.id);
      }
    }, (error) => error instanceof CallError && error.reason === 'unavailable' && error.retryAfter > 0);
    await isFull();
    await disk.resize(12); // little more than the log has by then
    await visitor.write('message.send', last);
    const { records } = await visitor.call('message.list', { conversation_id: conversation, limit: 20 });
    const found = records.filter((record) => record.type === 'message').map((record) => record.id);
    assert.deepEqual(found, [...sent, last.id].slice(-found.length), 'what was acknowledged, and what was refused once');
    await visitor.close();
    await crowd.goesOn();
  });

  /** A start without space either works as far as it can or says what is missing. */
  const killAndStart = async () => {
    await daemon.kill9();
    try {
      await daemon.restart();
      await isFull();
    } catch (error) {
      assert.match(error.message, /while starting[^]*(disk|space)/);
      await disk.free();
      await daemon.restart();
    }
  };

  for (let round = 1; round <= ROUNDS; round += 1) {
    const killed = round % 2 === 0;
    if (round > 1) crowd = await relay.at(round);
    await must(t, `round ${round}${killed ? ', and kill -9' : ''}, seed ${SEED}`, async () => {
      await disk.leave(40); // a round must not fill it by itself
      await pause(random.between(0, 300));
      await disk.fill();
      try {
        await isFull();
        if (killed) await killAndStart();
      } finally {
        await disk.free();
      }
      await crowd.goesOn();
      await crowd.compareSides();
      const { body } = await daemon.rest('GET', '/health');
      assert.deepEqual(body.problems, [], 'nothing that /health complains of');
    });
  }

  await relay.finish();
  await disk.leave(100);
  await checkDatabases(daemon);
  t.diagnostic(`${relay.count} acknowledged texts in ${ROUNDS} times without space, seed ${SEED}`);
});
