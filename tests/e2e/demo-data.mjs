// SPDX-License-Identifier: GPL-3.0-or-later
//
// Generated history is what the services would have written, and the same for the same seed.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';

const NOW = Date.now();
const size = (messages, seed) => ['demo', '--visitors', '400', '--conversations', '500', '--messages', String(messages), '--seed', String(seed), '--now', String(NOW)];

const sql = (daemon, text) => execFileSync('sqlite3', ['-readonly', path.join(daemon.state, 'chatflow.db'), text], { encoding: 'utf8', maxBuffer: 1 << 28 }).trim();

async function generated(t, seed) {
  const state = await mkdtemp(path.join(os.tmpdir(), 'chatflow-demo-'));
  const daemon = await Daemon.at(state);
  t.after(() => daemon.remove());
  daemon.demo = JSON.parse(await daemon.cli(size(9000, seed)));
  return daemon;
}

/** Each counts what must not be. */
const WRONG = {
  'a revision beyond the last': 'SELECT count(*) FROM counter, (SELECT max(rev) AS newest FROM (SELECT rev FROM message UNION ALL SELECT rev FROM conversation UNION ALL SELECT rev FROM read_mark)) WHERE newest <> counter.rev',
  'a position that is not the revision': 'SELECT count(*) FROM message WHERE position <> rev',
  'messages out of the order of time': 'SELECT count(*) FROM (SELECT created_at < lag (created_at) OVER (ORDER BY rev) AS wrong FROM message) WHERE wrong',
  'a last message that is not the last text': "SELECT count(*) FROM conversation c WHERE last_position <> (SELECT max(position) FROM message m WHERE m.conversation_id = c.id AND kind = 'text')",
  'a conversation older than its messages': 'SELECT count(*) FROM conversation c WHERE rev < last_position',
  'a wrong last author or time': "SELECT count(*) FROM conversation c JOIN message m ON m.conversation_id = c.id AND m.position = c.last_position AND m.kind = 'text' WHERE c.last_author <> m.author_kind OR c.last_message_at <> m.created_at",
  'somebody waiting who was answered': "SELECT count(*) FROM conversation WHERE (status = 'closed' OR last_author = 'agent') AND waiting_since > 0",
  'nobody waiting where nobody answered': "SELECT count(*) FROM conversation WHERE status = 'open' AND last_author = 'visitor' AND waiting_since = 0",
  'closed without saying so': "SELECT count(*) FROM conversation c WHERE (status = 'closed') <> EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND event = 'closed' AND created_at = c.closed_at)",
  'an answer without an assignee': "SELECT count(*) FROM conversation c WHERE (assignee_id IS NULL) = EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND kind = 'text' AND author_kind = 'agent')",
  'a mark on what is no text': "SELECT count(*) FROM read_mark r WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = r.conversation_id AND m.position = r.position AND kind = 'text')",
  'two open conversations of one visitor': "SELECT count(*) FROM (SELECT 1 FROM conversation WHERE status = 'open' GROUP BY visitor_id HAVING count(*) > 1)",
  'a visitor who was not stored with their conversation': 'SELECT count(*) FROM conversation c JOIN visitor v ON v.id = c.visitor_id WHERE v.rev < (SELECT min(position) FROM message m WHERE m.conversation_id = c.id)',
  'a note that is not for the staff': "SELECT count(*) FROM message WHERE staff_only <> (kind = 'note')",
  'an id that is no UUID': "SELECT count(*) FROM message WHERE id NOT GLOB '????????-????-7???-[89ab]???-????????????'",
};

test('generated data', async (t) => {
  const daemon = await generated(t, 7);
  const tables = 'SELECT * FROM message ORDER BY id; SELECT * FROM conversation ORDER BY id; SELECT * FROM visitor ORDER BY id; SELECT * FROM read_mark ORDER BY id; SELECT * FROM site';

  await t.test('has the size asked for', () => {
    assert.equal(sql(daemon, "SELECT (SELECT count(*) FROM message WHERE kind <> 'event'), (SELECT count(*) FROM conversation), (SELECT count(*) FROM visitor)"), '9000|500|400');
  });
  for (const [what, question] of Object.entries(WRONG))
    await t.test(`has not ${what}`, () => assert.equal(sql(daemon, question), '0'));

  await t.test('is the same for the same seed, and other for another', async (u) => {
    const [again, other] = [await generated(u, 7), await generated(u, 8)];
    assert.equal(sql(again, tables), sql(daemon, tables));
    assert.notEqual(sql(other, tables), sql(daemon, tables));
  });

  await t.test('can be worked with', async () => {
    await daemon.restart();
    const { token } = await daemon.login(daemon.demo.agents[0].email, daemon.demo.agents[0].password);
    const client = await new Client({ url: daemon.socketUrl, credentials: { token } }).start().ready();
    const held = sql(daemon, `SELECT count(*) FROM conversation WHERE status = 'open' OR closed_at > ${Date.now() - 14 * 86_400_000}`);
    assert.equal(client.records.all('conversation').length, Number(held));
    await until(async () => (await client.call('search.messages', { text: 'order' })).hits?.length > 0, 'words of old messages');
    await client.close();
  });

  await t.test('does not take the place of a database', async () => {
    await assert.rejects(daemon.cli(size(9000, 7)), /there is a database/);
  });
});

test('a generator that is interrupted leaves nothing', async (t) => {
  const state = await mkdtemp(path.join(os.tmpdir(), 'chatflow-demo-'));
  t.after(() => rm(state, { recursive: true, force: true }));
  const child = spawn(process.env.TEST_CHATFLOWD, ['--state', state, ...size(2_000_000, 1)]);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (data) => { log += data; });
  const end = once(child, 'close');
  while ((await readdir(state)).length === 0) await new Promise((resolve) => { setTimeout(resolve, 5); });
  child.kill('SIGINT');
  assert.deepEqual(await end, [1, null]);
  assert.match(log, /interrupted; the unfinished database was removed/);
  assert.deepEqual(await readdir(state), []);
});
