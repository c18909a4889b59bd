// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nothing acknowledged is lost: ten visitors and two agents write while the daemon is killed again and again, or the power fails: then
// also whatever was written and not synced may be gone, block by block. After every restart each acknowledged message is there once,
// in one order, on both sides.
//
//   ROUNDS=5   how often        SEED=17   the moments

import test from 'node:test';

import { Random } from '../lib/random.mjs';
import { pause } from '../lib/until.mjs';
import { Stage } from '../e2e/stage.mjs';
import { Relay, checkDatabases } from './crowd.mjs';
import { FULL, SEED } from './length.mjs';
import { must } from './must.mjs';
import { Disk } from './shims.mjs';

const ROUNDS = Number(process.env.ROUNDS ?? (FULL ? 200 : 5));

/** Kills and starts again, ROUNDS times; `disaster` does more to the state in between. */
async function rounds(t, stage, daemon, random, disaster) {
  const relay = new Relay(stage, daemon, { random });
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const crowd = await relay.at(round);
      await must(t, `round ${round}, seed ${SEED}`, async () => {
        await pause(random.between(0, 400));
        await daemon.kill9();
        await disaster();
        await checkDatabases(daemon);
        await daemon.restart();
        await crowd.compareSides();
        await crowd.goesOn();
      });
    }
    await relay.finish();
  } finally {
    await relay.close();
  }
  t.diagnostic(`${relay.count} acknowledged texts in ${ROUNDS} rounds, seed ${SEED}`);
}

test('the end at random moments while all write', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());

  await t.test('kill -9', async (t2) => {
    const daemon = await stage.daemon();
    t2.after(() => daemon.remove());
    await rounds(t2, stage, daemon, new Random(SEED), () => {});
  });

  await t.test('a power cut', async (t2) => {
    const random = new Random(SEED + 1);
    const disk = new Disk({ state: stage.state });
    const daemon = await stage.daemon(disk.options);
    t2.after(() => daemon.remove().finally(() => disk.remove()));
    await rounds(t2, stage, daemon, random, () => disk.powerCut(daemon.state, random));
  });
});
