// SPDX-License-Identifier: GPL-3.0-or-later
//
// The drill: a backup while all write, a restore elsewhere and in place, what clients make of it, and what is left when either is killed.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { Random } from '../lib/random.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { differences } from '../lib/record-store.mjs';
import { pause, until } from '../lib/until.mjs';
import { Stage } from './stage.mjs';

const PROGRAM = process.env.TEST_CHATFLOWD ?? '_build/test/backend/chatflowd';
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
const KILLS = Number(process.env.KILLS ?? 12);

const exec = promisify(execFile);
const sqlite = async (file, sql) => (await exec('sqlite3', [file, sql], { maxBuffer: 1e8 })).stdout.trim();

/** Runs chatflowd to its end: {code, out, log}. */
function run(state, ...words) {
  return new Promise((resolve) => {
    execFile(PROGRAM, ['--state', state, ...words], (error, out, log) => resolve({ code: error?.code ?? 0, out, log }));
  });
}

async function succeed(state, ...words) {
  const { code, out, log } = await run(state, ...words);
  assert.equal(code, 0, `${words.join(' ')}: ${log}`);
  return out;
}

async function refuse(message, state, ...words) {
  const { code, log } = await run(state, ...words);
  assert.ok(code > 0, `${words.join(' ')} was not refused`);
  assert.match(log, message);
}

async function folder(t) {
  const made = await mkdtemp(path.join(os.tmpdir(), 'chatflow-backup-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** A visitor who writes without end, and what was acknowledged. */
class Writer {
  acknowledged = [];
  #going = true;
  #done;

  constructor(client, conversation) {
    this.#done = this.#write(client, conversation);
  }

  async #write(client, conversation) {
    while (this.#going) {
      const id = newId();
      const { records } = await client.write('message.send', { id, conversation_id: conversation, text: `text ${this.acknowledged.length}` });
      this.acknowledged.push(records.find((record) => record.id === id));
    }
  }

  async stop() {
    this.#going = false;
    await this.#done;
  }
}

/** Every record that an agent may see, as a client that comes for the first time gets it. */
async function fresh(stage, daemon) {
  const client = stage.agent(daemon, 0).start();
  await client.ready();
  await client.close();
  return client.records;
}

async function crowd(t, stage, daemon) {
  const visitors = Array.from({ length: 4 }, () => stage.visitor(daemon).start());
  t.after(() => Promise.all(visitors.map((client) => client.close())));
  return Promise.all(visitors.map(async (client) => {
    const { records } = await client.write('conversation.start', { id: newId(), message_id: newId(), text: 'begin' });
    return { client, conversation: records.find(({ type }) => type === 'conversation').id };
  }));
}

/** Sends a file in a message, or (`sent` false) only uploads it; resolves with its id when it is ready. */
async function sendFile(daemon, { client, conversation }, token, site, bytes, sent = true) {
  const id = newId();
  const who = { authorization: `Bearer ${token}`, 'x-chatflow-site': site };
  await client.write('file.create', { id, conversation_id: conversation, name: 'notes.txt', size: bytes.length });
  const put = await fetch(`${daemon.url}/api/v1/files/${id}/content`, { method: 'PUT', headers: who, body: bytes });
  assert.equal(put.status, 200, await put.text());
  await until(async () => (await client.call('file.link', { id })).records[0].state === 'ready', 'the file to be looked at');
  if (sent) await client.write('message.send', { id: newId(), conversation_id: conversation, text: 'look', files: [id] });
  return id;
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const text = (random, length) => Buffer.from('These are my notes. ' + Array.from({ length }, () => 'abcdefgh \n'[random.between(0, 9)]).join(''));

test('a backup under load holds all that was acknowledged before it, and starts elsewhere', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const file = path.join(await folder(t), 'chatflow.backup');
  const writers = (await crowd(t, stage, daemon)).map(({ client, conversation }) => new Writer(client, conversation));
  await until(() => writers.every(({ acknowledged }) => acknowledged.length > 50), 'some writing');
  const before = writers.flatMap(({ acknowledged }) => [...acknowledged]);

  const out = await succeed(daemon.state, 'backup', file);
  assert.match(out, /records, .*verified/);
  const during = writers.flatMap(({ acknowledged }) => acknowledged).length - before.length;
  assert.ok(during > 0, 'writing went on meanwhile');
  await Promise.all(writers.map((writer) => writer.stop()));
  assert.equal((await stat(file)).mode & 0o777, 0o600, 'it holds secrets');
  assert.equal(await sqlite(file, 'PRAGMA integrity_check'), 'ok');

  const elsewhere = await folder(t);
  await succeed(elsewhere, 'restore', file);
  const restored = await Daemon.start({ state: elsewhere });
  t.after(() => restored.remove());
  const agent = stage.agent(restored, 0).start();
  t.after(() => agent.close());
  await agent.ready();
  const found = new Map();
  for (const conversation of new Set(before.map((message) => message.conversation_id)))
    for (let position; ;) {
      const page = await agent.call('message.list', { conversation_id: conversation, limit: 200, ...(position && { before: position }) });
      page.records.forEach((record) => found.set(record.id, record));
      if (!page.more) break;
      position = page.records.find(({ type }) => type === 'message').position;
    }
  for (const message of before) {
    const { text, position, author_id: author, created_at: created } = found.get(message.id) ?? {};
    assert.deepEqual({ text, position, author, created }, { text: message.text, position: message.position, author: message.author_id, created: message.created_at });
  }
  t.diagnostic(`${before.length} texts were acknowledged before, ${during} while it ran; ${out.trim()}`);
});

test('clients of a server that was restored know what it knows, and nothing else', async (t) => {
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const file = path.join(await folder(t), 'chatflow.backup');
  const [{ client: visitor, conversation }, { client: other, conversation: second }] = await crowd(t, stage, daemon);
  const agent = stage.agent(daemon, 0).start();
  t.after(() => agent.close());
  await agent.ready();
  await succeed(daemon.state, 'backup', file);
  await visitor.write('message.send', { id: newId(), conversation_id: conversation, text: 'after the backup' });
  const lost = newId();
  await visitor.write('message.send', { id: lost, conversation_id: conversation, text: 'lost with the disk' });
  await until(() => agent.records.get('message', lost), 'the agent to know it');
  const asleep = [visitor.records.copy(), agent.records.copy()];

  await daemon.stop();
  await succeed(daemon.state, 'restore', '--force', file);
  await daemon.restart();
  await Promise.all([visitor, other, agent].map((client) => client.ready()));
  // The restored server counts past all that anyone has known of the other one.
  for (let rev = 0; rev <= asleep[1].applied + 5;)
    ({ rev } = await other.write('message.send', { id: newId(), conversation_id: second, text: 'and on it goes' }));

  const truth = await fresh(stage, daemon);
  await until(() => agent.records.applied >= truth.applied, 'the agent to be up to date');
  assert.equal(agent.records.get('message', lost), undefined);
  assert.equal(differences(agent.records, truth), '');
  const laptop = agent.twin(asleep[1]).start();
  const phone = visitor.twin(asleep[0]).start();
  t.after(() => Promise.all([laptop.close(), phone.close()]));
  await Promise.all([laptop.ready(), phone.ready()]);
  assert.equal(differences(laptop.records, truth), '', 'one that slept through it');
  assert.equal(phone.records.get('message', lost), undefined);
  assert.equal(differences(phone.records, visitor.records), '');

  const resent = await visitor.write('message.send', { id: lost, conversation_id: conversation, text: 'lost with the disk' });
  assert.ok(resent.records.some(({ id }) => id === lost), 'what a client still has to send goes through with the same id');
  const epoch = truth.epoch;
  await daemon.stop();
  await succeed(daemon.state, 'restore', '--force', file);
  await daemon.restart();
  assert.ok((await fresh(stage, daemon)).epoch > epoch, 'the same backup once more is yet another epoch');
});

test('what cannot be backed up or restored is refused, with a reason', async (t) => {
  const daemon = await Daemon.start({ demo: true });
  t.after(() => daemon.remove());
  const place = await folder(t);
  const file = path.join(place, 'good');
  const bad = path.join(place, 'bad');
  const empty = path.join(place, 'empty');
  await mkdir(empty);

  await refuse(/no database at/, empty, 'backup', file);
  await refuse(/expected one FILE/, daemon.state, 'backup');
  await refuse(/cannot write|cannot create|No such file/, daemon.state, 'backup', path.join(place, 'no', 'such', 'folder'));
  await succeed(daemon.state, 'backup', file);
  await refuse(/good exists.*--force/, daemon.state, 'backup', file);
  await succeed(daemon.state, 'backup', '--force', file);
  await refuse(/the database itself/, daemon.state, 'backup', '--force', path.join(daemon.state, 'chatflow.db'));
  const good = await readFile(file);

  // A disk that takes no more in the middle of it: what was there stays, nothing is left beside it.
  const full = await exec('bash', ['-c', 'trap "" XFSZ; ulimit -f 64; exec "$@"', 'bash', PROGRAM, '--state', daemon.state, 'backup', '--force', file]).then(() => '', ({ stderr }) => stderr);
  assert.match(full, /the copy could not be written: .*disk/);
  assert.deepEqual(await readFile(file), good);
  assert.deepEqual((await readdir(place)).filter((name) => name.startsWith('good')), ['good']);

  await refuse(/chatflowd runs on it; stop it first/, daemon.state, 'restore', '--force', file);
  await refuse(/another chatflowd runs on it/, daemon.state, '--listen', '127.0.0.1:0', 'serve');
  await refuse(/cannot read .*nothing/, empty, 'restore', path.join(place, 'nothing'));
  await writeFile(bad, 'no database at all'.repeat(1000));
  await refuse(/cannot be restored/, empty, 'restore', bad);
  await writeFile(bad, good.subarray(0, good.length / 2));
  await refuse(/cannot be restored.*damaged/, empty, 'restore', bad);
  const torn = Buffer.from(good);
  torn.fill(0x5a, good.length / 2, good.length / 2 + 4096);
  await writeFile(bad, torn);
  await refuse(/cannot be restored.*damaged/, empty, 'restore', bad);
  await writeFile(bad, good);
  await sqlite(bad, 'UPDATE schema SET version = 9999');
  await refuse(/version 9999.*newer chatflowd/, empty, 'restore', bad);
  await copyFile(path.join(daemon.state, 'chatflow.db'), bad);
  await writeFile(`${bad}-wal`, 'x');
  await refuse(/no backup but a database in use/, empty, 'restore', bad);
  assert.deepEqual((await readdir(empty)).filter((name) => name !== 'lock'), [], 'nothing was left behind');

  await daemon.stop();
  await refuse(/chatflow\.db exists.*--force/, daemon.state, 'restore', file);
  assert.match(await succeed(daemon.state, 'restore', '--force', file), /The database that was there is now .*chatflow\.db\.before-/);
  assert.deepEqual(await readFile(file), good, 'the backup is as it was');
  await daemon.restart();
});

test(`files that people sent go with the backup, each proven by its hash, seed ${SEED}`, async (t) => {
  const random = new Random(SEED);
  const stage = await Stage.prepare();
  t.after(() => stage.remove());
  const daemon = await stage.daemon();
  t.after(() => daemon.remove());
  const place = await folder(t);
  const file = path.join(place, 'today.db');
  const store = `${file}.files`;
  const token = newVisitorToken();
  const client = new Client({ url: daemon.socketUrl, credentials: { site: stage.site, token } }).start();
  t.after(() => client.close());
  const { records } = await client.write('conversation.start', { id: newId(), message_id: newId(), text: 'begin' });
  const writer = { client, conversation: records.find(({ type }) => type === 'conversation').id };
  const contents = new Map();
  const send = async (length, sent) => {
    const bytes = text(random, length);
    contents.set(await sendFile(daemon, writer, token, stage.site, bytes, sent), bytes);
  };
  const names = () => [...contents].map(([id, bytes]) => `${id}.${sha256(bytes)}`).sort();
  /** Whether a server on that folder hands out every file with its own content. */
  const serves = async (state) => {
    const other = await Daemon.start({ state });
    try {
      const agent = stage.agent(other, 0).start();
      await agent.ready();
      for (const [id, bytes] of contents) {
        const { link } = await agent.call('file.link', { id });
        assert.deepEqual(Buffer.from(await (await fetch(`${other.url}${link}`)).arrayBuffer()), bytes, id);
      }
      await agent.close();
    } finally {
      await other.remove();
    }
  };

  await succeed(daemon.state, 'backup', file);
  assert.deepEqual((await readdir(place)).sort(), ['today.db'], 'without files there is no folder for them');
  for (const [length, sent] of [[10, true], [300000, true], [5000, false]]) await send(length, sent);
  await succeed(daemon.state, 'backup', '--force', file);
  assert.deepEqual((await readdir(store)).sort(), names());
  for (const name of await readdir(store)) assert.equal((await stat(path.join(store, name))).mode & 0o777, 0o600, 'they hold what people wrote');
  assert.equal((await stat(store)).mode & 0o777, 0o700);
  const before = await Promise.all(names().map(async (name) => (await stat(path.join(store, name))).ino));
  const older = names();
  await send(70000, true);
  assert.match(await succeed(daemon.state, 'backup', '--force', file), /4 files, .*verified/);
  assert.deepEqual((await readdir(store)).sort(), names());
  assert.deepEqual(await Promise.all(older.map(async (name) => (await stat(path.join(store, name))).ino)), before, 'what is there is not copied again');

  const elsewhere = await folder(t);
  assert.match(await succeed(elsewhere, 'restore', file), /4 files, .*verified/);
  assert.deepEqual((await readdir(path.join(elsewhere, 'files'))).sort(), [...contents.keys()].sort());
  await serves(elsewhere);

  // A copy that has changed is found out by both, and mended by the next backup.
  const [first] = older;
  await writeFile(path.join(store, first), 'something else');
  await refuse(/is damaged; get it from another copy/, await folder(t), 'restore', file);
  await succeed(daemon.state, 'backup', '--force', file);
  await serves(await folder(t).then(async (state) => (await succeed(state, 'restore', file), state)));

  // The database without its folder, as from a version that kept no files, or brought along alone.
  const alone = path.join(place, 'alone.db');
  await copyFile(file, alone);
  const empty = await folder(t);
  await refuse(/3 of the files that people have sent are not in .*--allow-missing/, empty, 'restore', alone);
  assert.ok(!(await readdir(empty)).includes('chatflow.db'), 'nothing was put in place');
  assert.match((await run(empty, 'restore', '--allow-missing', alone)).log, /3 of the files .* are missing/);
  await daemon.stop();
  await succeed(daemon.state, 'restore', '--force', alone); // they are in their places
  await serves(daemon.state);

  // Files that the server has lost are told of, and nothing else fails for it; what the backup has of them stays.
  await rm(path.join(daemon.state, 'files', first.slice(0, 36)));
  await succeed(daemon.state, 'backup', '--force', file);
  assert.deepEqual((await readdir(store)).sort(), names());
  const lost = path.join(place, 'other.db');
  assert.match((await run(daemon.state, 'backup', lost)).log, /1 of the files that people have sent are missing/);

  // Killed in the middle, either leaves what can be restored.
  for (let round = 0; round < 6; round += 1) {
    const child = spawn(PROGRAM, ['--state', elsewhere, 'backup', '--force', file], { stdio: 'ignore' });
    const end = once(child, 'close');
    await pause(random.between(1, 60));
    child.kill('SIGKILL');
    await end;
    await serves(await folder(t).then(async (state) => (await succeed(state, 'restore', file), state)));
  }
  await succeed(elsewhere, 'backup', '--force', file);
  assert.deepEqual((await readdir(store)).sort(), names(), 'the next one cleans up');
});

test(`kill -9 in the middle of either leaves what was there, ${KILLS} rounds, seed ${SEED}`, async (t) => {
  const random = new Random(SEED);
  const state = await folder(t);
  const place = await folder(t);
  const database = path.join(state, 'chatflow.db');
  const files = { old: path.join(place, 'old'), new: path.join(place, 'new') };
  await succeed(state, 'demo');
  await succeed(state, 'backup', files.old);
  // Large enough to be met in the middle.
  await sqlite(database, `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
    INSERT INTO message (id, organisation_id, rev, conversation_id, position, kind, author_kind, text)
    SELECT printf('00000000-0000-7000-8000-%012x', i), (SELECT id FROM organisation), 1, (SELECT min (id) FROM conversation), 1, 'text', 'visitor', hex (randomblob (100)) FROM n`);
  await succeed(state, 'backup', files.new);
  const counts = { old: await sqlite(files.old, 'SELECT count(*) FROM message'), new: await sqlite(files.new, 'SELECT count(*) FROM message') };

  /** Ends it somewhere on its way; whether it was still going. */
  const killed = async (longest, ...words) => {
    const child = spawn(PROGRAM, ['--state', state, ...words], { stdio: 'ignore' });
    const end = once(child, 'close');
    await pause(random.between(1, longest));
    child.kill('SIGKILL');
    return (await end)[1] === 'SIGKILL';
  };
  const timed = async (...words) => {
    const start = performance.now();
    await succeed(state, ...words);
    return Math.ceil(performance.now() - start);
  };
  const holds = async (file, count) => {
    const copy = path.join(place, 'copy');
    await copyFile(file, copy);
    assert.equal(await sqlite(copy, 'PRAGMA integrity_check'), 'ok', file);
    const found = await sqlite(copy, 'SELECT count(*) FROM message');
    assert.ok(count.includes(found), `${file}: got ${found} messages, expected ${count}`);
    return found;
  };

  const target = path.join(place, 'target');
  await copyFile(files.old, target);
  const backing = await timed('backup', '--force', path.join(place, 'timed'));
  let cut = 0;
  for (let round = 0; round < KILLS; round += 1) {
    cut += await killed(backing, 'backup', '--force', target);
    await holds(target, [counts.old, counts.new]);
    await copyFile(files.old, target);
  }
  await succeed(state, 'backup', '--force', target);
  await holds(target, [counts.new]);

  const restoring = await timed('restore', '--force', files.old);
  let there = counts.old;
  for (let round = 0; round < KILLS; round += 1) {
    const next = there === counts.old ? 'new' : 'old';
    cut += await killed(restoring * 2, 'restore', '--force', files[next]);
    there = await holds(database, [there, counts[next]]);
    assert.ok(!(await readdir(state)).includes('chatflow.db-wal') || (await stat(`${database}-wal`)).size === 0, 'no log of another database');
  }
  await succeed(state, 'restore', '--force', files.new);
  await holds(database, [counts.new]);
  assert.deepEqual((await readdir(state)).filter((name) => name.includes('.part')), [], 'the next one cleans up');
  assert.ok(cut > 0, 'at least one was cut off');
  t.diagnostic(`${cut} of ${2 * KILLS} were cut off on their way, seed ${SEED}`);
});
