// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bad network itself: what packet-link does to real packets, and that TCP lives with it.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import test from 'node:test';
import { promisify } from 'node:util';

import { SERVER } from '../../lib/network-link.mjs';
import { NetworkWorld } from '../../lib/network-world.mjs';

const PINGS = 400;
const PORT = 7;
const PINGER = new URL('pinger.mjs', import.meta.url).pathname;

/** {sequence, time} of the echoes of the client's datagrams, in the order in which they came. */
async function pings(link, count = PINGS, address = SERVER) {
  const [program, words] = link.client.command(process.execPath, [PINGER, String(count), address, String(PORT)]);
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (data) => { text += data; });
  await once(child, 'close');
  return JSON.parse(text);
}

test('a bad network', async (t) => {
  const world = await NetworkWorld.make(7);
  t.after(() => world.remove());
  const link = await world.link();
  const echo = dgram.createSocket('udp4', (data, { port, address }) => echo.send(data, port, address));
  t.after(() => echo.close());
  echo.bind(PORT, SERVER);
  await once(echo, 'listening');

  await t.test('a perfect line loses nothing', async () => {
    const answers = await pings(link);
    assert.equal(answers.length, PINGS);
    assert.deepEqual(answers.map(({ sequence }) => sequence), answers.map((_, i) => i));
  });

  await t.test('both directions lose what they are told to', async () => {
    await link.both('loss=30');
    const before = await link.counts();
    const answers = await pings(link);
    const after = await link.counts();
    // 0.7 * 0.7 of 400 are 196; six standard deviations are 60.
    assert.ok(answers.length > 136 && answers.length < 256, `${answers.length} of ${PINGS} came back`);
    for (const way of ['up', 'down']) {
      const [came, lost] = ['came', 'lost'].map((what) => after[way][what] - before[way][what]);
      assert.ok(lost > came * 0.2 && lost < came * 0.4, `${way}: lost ${lost} of ${came}`);
    }
  });

  await t.test('delay, in order', async () => {
    await link.down('delay=150');
    await link.up('delay=100');
    const answers = await pings(link, 100);
    assert.equal(answers.length, 100);
    assert.ok(answers.every(({ time }) => time >= 250), 'none came sooner than both delays');
    assert.ok(answers.every(({ sequence }, i) => i === 0 || sequence > answers[i - 1].sequence));
  });

  await t.test('reordered and doubled', async () => {
    await link.down('reorder=20 duplicate=20');
    await link.up('');
    const answers = await pings(link);
    const late = answers.filter(({ sequence }, i) => answers.slice(0, i).some((earlier) => earlier.sequence > sequence));
    assert.ok(late.length > PINGS / 20, `${late.length} came late`);
    assert.ok(answers.length - new Set(answers.map(({ sequence }) => sequence)).size > PINGS / 10, 'doubles came');
  });

  await t.test('one way only', async () => {
    await link.both('');
    await link.block('client');
    try {
      const before = await link.counts();
      assert.equal((await pings(link, 20)).length, 0);
      const after = await link.counts();
      assert.equal(after.up.left - before.up.left, 20, 'the questions went');
      assert.equal(after.down.left - before.down.left, 20, 'so did the answers');
    } finally {
      await link.unblock('client');
    }
    assert.equal((await pings(link, 20)).length, 20);
  });

  await t.test('TCP carries everything across, and sends again what was lost', async () => {
    const SIZE = 300_000;
    const sink = net.createServer((socket) => socket.end(Buffer.alloc(SIZE, 'x')));
    sink.listen(0, SERVER);
    await once(sink, 'listening');
    t.after(() => sink.close());
    await link.both('loss=10 delay=5 reorder=5 duplicate=2');
    const before = await world.server.retransmitted();
    const read = `exec 3<>/dev/tcp/${SERVER}/${sink.address().port} && wc -c <&3`;
    const { stdout: text } = await promisify(execFile)(...link.client.command('bash', ['-c', read]));
    assert.equal(Number(text), SIZE);
    assert.ok(await world.server.retransmitted() > before, 'some were sent again');
  });

  await t.test('a client that moves', async () => {
    await link.both('');
    const old = link.address;
    await link.move();
    assert.notEqual(link.address, old);
    assert.equal((await pings(link, 20)).length, 20);
    assert.ok(!(await link.client.run('ip -brief address')).includes(old), 'the old address is nobody’s');
  });
});
