// SPDX-License-Identifier: GPL-3.0-or-later
//
// A new daemon meets the database of an old one: tests/db/frozen/ has one of each version that was released; here it is filled with
// generated rows. All of them come through, and an upgrade that is killed half way is finished by the next start.
//
//   SEED=17   the rows, and where it is killed

import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Random } from '../lib/random.mjs';
import { RecordStore } from '../lib/record-store.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { Stage } from '../e2e/stage.mjs';
import { checkDatabases } from './crowd.mjs';
import { FULL, SEED, numbers } from './length.mjs';
import { OldData, sqlite } from './old-data.mjs';
import { Disk } from './shims.mjs';
import { startOnce } from './start-once.mjs';

const FROZEN = fileURLToPath(new URL('../db/frozen/', import.meta.url));
const DATABASE = 'chatflow.db';

/** The frozen databases of all versions before the newest; as long as there is only one version, that. */
async function olderVersions() {
  const all = (await readdir(FROZEN)).filter((name) => name.endsWith('.sql')).sort();
  return all.length > 1 ? all.slice(0, -1) : all;
}

/** What the daemon keeps of an agent's token and of a visitor's secret that the test knows. */
async function knownSecrets(stage) {
  const daemon = await stage.daemon();
  const credentials = { site: stage.site, token: newVisitorToken() };
  const visitor = new Client({ url: daemon.socketUrl, credentials }).start();
  await visitor.write('visitor.identify', { name: 'Bo' });
  const hash = (sql) => sqlite(path.join(daemon.state, DATABASE), sql);
  const hashes = {
    session: await hash(`SELECT token_hash FROM login_session WHERE id = '${stage.agents[0].session.id}';`),
    secret: await hash(`SELECT secret_hash FROM visitor WHERE id = '${visitor.visitorId}';`),
  };
  await visitor.close();
  await daemon.remove();
  assert.ok(hashes.session && hashes.secret);
  return { hashes, token: stage.agents[0].token, secret: credentials.token.split('.')[1] };
}

/** A client that has only the very first revision, so that it is sent everything. */
function seesAll(daemon, credentials) {
  const records = new RecordStore();
  records.applied = 1;
  records.complete = true;
  return new Client({ url: daemon.socketUrl, credentials, records }).start();
}

const types = ['agent', 'login_session', 'visitor', 'conversation', 'message', 'read_mark'];

/** Everything that was in the old database is what clients of the new daemon are sent. */
async function holdsEverything(daemon, data, { token, secret }) {
  const agent = await seesAll(daemon, { token }).ready();
  const expected = data.records;
  for (const record of expected) {
    const found = agent.records.get(record.type, record.id);
    assert.ok(found, `${record.type} ${record.id} is gone`);
    for (const [name, value] of Object.entries(record)) assert.deepEqual(found[name], value, `${name} of ${record.type} ${record.id}`);
  }
  const generated = new Set(expected.map((record) => `${record.type} ${record.id}`));
  const others = types.flatMap((type) => agent.records.all(type)).filter((record) => !generated.has(`${record.type} ${record.id}`));
  assert.ok(others.every((record) => record.rev <= 100), 'nothing has come into being');
  assert.equal(agent.records.applied, data.revision, 'an upgrade is no change: clients need not be sent anything');
  await agent.close();

  const someone = data.visitors.at(-1);
  const visitor = await seesAll(daemon, { site: data.site.key, token: `${someone.id}.${secret}` }).ready();
  const theirs = data.rows.filter((row) => row.type === 'message' && row.visitor_id === someone.id && !row.staff_only).map((row) => row.id);
  assert.deepEqual(visitor.records.all('message').map((record) => record.id).sort(), theirs.sort(), 'a visitor has their own messages');
  await visitor.close();
}

test('an upgrade with live data', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const secrets = await knownSecrets(stage);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-old-'));
  t.after(() => rm(folder, { recursive: true, force: true }));

  for (const frozen of await olderVersions()) {
    const state = path.join(folder, frozen);
    const random = new Random(SEED);
    const data = new OldData({ random, visitors: FULL ? 500 : 40, hashes: secrets.hashes });
    await mkdir(state);
    await data.write(path.join(FROZEN, frozen), path.join(state, DATABASE));

    await t.test(`from ${frozen}, ${data.rows.length} rows, seed ${SEED}`, async () => {
      const daemon = await Daemon.start({ state });
      try {
        await checkDatabases(daemon);
        await holdsEverything(daemon, data, secrets);
        const visitor = seesAll(daemon, { site: data.site.key, token: `${data.visitors[0].id}.${secrets.secret}` });
        const { rev } = await visitor.write('conversation.start', { id: newId(), message_id: newId(), text: 'and it goes on' });
        assert.equal(rev, data.revision + 1);
        await visitor.close();
      } finally {
        await daemon.remove();
      }
    });

    await t.test(`from ${frozen}, killed on the way, seed ${SEED}`, async (t2) => {
      await killedOnTheWay(t2, state, 2, (daemon) => holdsEverything(daemon, data, secrets));
    });
  }

  await t.test(`the first start of all, killed on the way, seed ${SEED}`, async (t2) => {
    const nothing = path.join(folder, 'nothing');
    await mkdir(nothing);
    await killedOnTheWay(t2, nothing, 2, (daemon) => daemon.cli(['demo']));
  });
});

/** Starts on a copy of `state` and ends it, or the power, at the n-th call on its files; then starts again. */
async function killedOnTheWay(t, state, sample, check) {
  const random = new Random(SEED);
  const attempt = async (from) => {
    const copy = await mkdtemp(path.join(os.tmpdir(), 'chatflow-test-'));
    const disk = new Disk({ state });
    await cp(state, copy, { recursive: true });
    disk.arm({ from, mode: 'kill' });
    const result = await startOnce(copy, disk.options);
    return { copy, disk, result, clear: () => { disk.remove(); return rm(copy, { recursive: true }); } };
  };
  const counted = await attempt(0);
  const { count } = counted.disk;
  await counted.clear();
  assert.equal(counted.result.code, 0, counted.result.log);
  let killed = 0;
  for (const from of numbers(count, sample, random, 100)) {
    const { copy, disk, result, clear } = await attempt(from);
    try {
      assert.ok(result.signal === 'SIGKILL' || result.code === 0, `call ${from}: ${result.log}`); // the last calls are not always made
      killed += result.signal === 'SIGKILL';
      if (random.chance(0.5)) await disk.powerCut(copy, random);
      const daemon = await Daemon.start({ state: copy });
      try {
        await checkDatabases(daemon);
        await check(daemon);
      } finally {
        await daemon.remove();
      }
    } finally {
      await clear();
    }
  }
  assert.ok(killed > 0);
  t.diagnostic(`${killed} times killed, at one of ${count} calls each`);
}
