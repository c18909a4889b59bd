// SPDX-License-Identifier: GPL-3.0-or-later
//
// SIGTERM while all write: what was accepted is finished, stored and answered, everyone is told to come back (1012), and the daemon
// ends with 0, whoever else hangs on to it. What was acknowledged is there after the restart.
//
//   ROUNDS=2   how often        SEED=17

import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import test from 'node:test';

import { Random } from '../lib/random.mjs';
import { RawSocket, frame } from '../lib/raw-socket.mjs';
import { pause, until } from '../lib/until.mjs';
import { Stage } from '../e2e/stage.mjs';
import { Relay, checkDatabases } from './crowd.mjs';
import { FULL, SEED } from './length.mjs';
import { must } from './must.mjs';
import { Disk } from './shims.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? (FULL ? 100 : 2));

async function halfSent(daemon, text) {
  const socket = net.connect(daemon.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'connect');
  return socket;
}

/** Those who would hold it up if they could. Returns how to get rid of them. */
async function hangersOn(daemon, token) {
  const raw = await Promise.all([0, 1, 2].map(() => RawSocket.open(daemon.port)));
  raw[1].write(frame('{"jsonrpc"', { final: false }));
  raw[2].call(1, 'session.open', { token, since: 0 });
  raw[2].pause();
  for (let id = 2; id < 20; id += 1) raw[2].call(id, 'sync.changes', { since: 0 });
  const sockets = [
    await halfSent(daemon, 'GET /api/v1/server HT'),
    await halfSent(daemon, 'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"email":'),
    await halfSent(daemon, ''),
  ];
  return () => [...raw, ...sockets].forEach((socket) => socket.destroy());
}

test('SIGTERM while all write', async (t) => {
  const random = new Random(SEED);
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const disk = new Disk();
  const daemon = await stage.daemon(disk.options);
  const relay = new Relay(stage, daemon, { random, rest: 1 });
  let crowd;
  t.after(async () => {
    disk.syncDelay = 0;
    await relay.close();
    await daemon.remove();
    disk.remove();
  });

  const everyoneIsTold = async () => {
    await until(() => crowd.everyone.every((client) => !client.live), 'the sockets to close');
    assert.deepEqual(crowd.everyone.map((client) => client.closeCode), crowd.everyone.map(() => 1012));
  };

  for (let round = 1; round <= ROUNDS; round += 1) {
    crowd = await relay.at(round);
    await must(t, `round ${round}, seed ${SEED}`, async () => {
      const letGo = await hangersOn(daemon, stage.agents[0].token);
      await Promise.all(crowd.everyone.map((client) => client.ready()));
      await pause(random.between(0, 300));
      await daemon.stop(); // which insists on 0
      letGo();
      await everyoneIsTold();
      await checkDatabases(daemon);
      await daemon.restart();
      await crowd.compareSides();
      await crowd.goesOn();
    });
  }

  if (FULL) await must(t, 'a disk that takes longer than the drain may', async () => {
    await Promise.all(crowd.everyone.map((client) => client.ready()));
    disk.syncDelay = 12_000;
    await pause(500);
    const stopped = assert.rejects(daemon.stop(), /ended with 1 after SIGTERM[^]*not answered in time/);
    await until(() => daemon.log.includes('not answered in time'), 'it to give up waiting');
    disk.syncDelay = 0; // or what was begun, and the end of the log, would take a minute
    await stopped;
    await daemon.restart();
    await crowd.compareSides();
    await crowd.goesOn();
  });

  await relay.finish();
  t.diagnostic(`${relay.count} acknowledged texts in ${ROUNDS} rounds, seed ${SEED}`);
});
