// SPDX-License-Identifier: GPL-3.0-or-later
//
// The desktop client's own code carries files up to a real daemon and fetches those of a visitor; what is for the team stays there.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';

import { Daemon } from '../lib/daemon.mjs';
import { newId, newVisitorToken } from '../lib/ids.mjs';
import { JPEG, PNG } from '../lib/pictures.mjs';
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';

const PROGRAM = process.env.TEST_HEADLESS_AGENT ?? '_build/test/tests/app/headless-agent';
const PASSWORD = 'a good password';

/** The client without a window, and all that it has said. */
async function start(t, daemon) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-agent-files-'));
  const heard = [];
  const child = spawn(PROGRAM, [daemon.url, 'admin@one.example', PASSWORD], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CACHE_HOME: folder, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', GSETTINGS_BACKEND: 'memory' },
  });
  createInterface({ input: child.stdout }).on('line', (line) => heard.push(JSON.parse(line)));
  t.after(async () => {
    const gone = once(child, 'close');
    child.stdin.end();
    await gone;
    await rm(folder, { recursive: true, force: true });
  });
  await until(() => heard.some(({ event, link }) => event === 'link' && link === 'live'), 'the client to be live');
  return { folder, heard, tell: (line) => child.stdin.write(`${line}\n`) };
}

/** A daemon with an admin, a site, and a visitor who has said hello. */
async function stage(t) {
  const daemon = await Daemon.start({ options: { CHATFLOW_MAX_FILE_SIZE: 3000000 } });
  t.after(() => daemon.remove());
  await daemon.cli(['init', '-o', 'One', '-e', 'admin@one.example', '-n', 'Admin', '--password-stdin'], { input: `${PASSWORD}\n` });
  const site = /key +(\S+)/.exec(await daemon.cli(['site', 'add', '-n', 'Shop', '-o', 'https://shop.example']))[1];
  const visitor = { site, token: newVisitorToken(), origin: 'https://shop.example' };
  const conversation = newId();
  await daemon.rest('POST', '/api/v1/conversations', { ...visitor, body: { id: conversation, message_id: newId(), text: 'hello' } });
  return { daemon, site, visitor, conversation };
}

const seenBy = async (daemon, visitor) => (await daemon.rest('GET', '/api/v1/changes?since=0', visitor)).body.records;

/** The visitor sends a picture; resolves to its id. */
async function sendPicture({ daemon, site, visitor, conversation }) {
  const id = newId();
  const headers = { authorization: `Bearer ${visitor.token}`, 'x-chatflow-site': site, origin: visitor.origin };
  await daemon.rest('POST', '/api/v1/files', { ...visitor, body: { id, conversation_id: conversation, name: 'parcel.jpg', size: JPEG.length } });
  await fetch(`${daemon.url}/api/v1/files/${id}/content`, { method: 'PUT', headers, body: JPEG });
  await until(async () => (await seenBy(daemon, visitor)).find((record) => record.id === id)?.state === 'ready', 'the picture to be ready');
  await daemon.rest('POST', `/api/v1/conversations/${conversation}/messages`, { ...visitor, body: { id: newId(), text: 'Look', files: [id] } });
  return id;
}

test("an agent's files, from the client to the visitor and back", async (t) => {
  const scene = await stage(t);
  const { daemon, visitor, conversation } = scene;
  const client = await start(t, daemon);
  await until(() => client.heard.some(({ event, id }) => event === 'conversation' && id === conversation), 'the conversation');
  const make = async (name, bytes) => {
    const file = path.join(client.folder, name);
    await writeFile(file, bytes);
    return file;
  };
  const seen = () => seenBy(daemon, visitor);
  const upload = (name) => client.heard.filter((line) => line.event === 'upload' && line.name === name);

  await t.test('in pieces, and the visitor gets the same bytes', async () => {
    const bytes = Buffer.from(`These are the terms.\n${'line by line\n'.repeat(180000)}`);
    client.tell(`attach ${conversation} ${await make('terms.txt', bytes)}`);
    const message = await until(async () => (await seen()).find(({ type, text }) => type === 'message' && text === 'terms.txt'), 'the message');
    assert.equal(message.files.length, 1);
    const { link } = (await daemon.rest('GET', `/api/v1/files/${message.files[0]}/link`, visitor)).body;
    assert.ok(Buffer.from(await (await fetch(daemon.url + link)).arrayBuffer()).equals(bytes));
    assert.ok(upload('terms.txt').some(({ state, sent }) => state === 'sending' && sent > 0 && sent < bytes.length), 'it shows progress');
  });

  await t.test('too large, and what may not be sent, say so', async () => {
    client.tell(`attach ${conversation} ${await make('film.mp4', Buffer.alloc(3000001))}`);
    await until(() => upload('film.mp4').at(-1)?.state === 'failed', 'the refusal');
    assert.match(upload('film.mp4').at(-1).problem, /^Too large: 3\.0\s*MB\. At most 3\.0\s*MB can be sent\.$/u);
    assert.ok(upload('film.mp4').every(({ sent }) => sent === 0), 'not a byte was sent');
  });

  await t.test('with a note, the visitor hears of neither', async () => {
    client.tell(`attach-note ${conversation} ${await make('SECRET.txt', 'for the team only\n')}`);
    await until(() => upload('SECRET.txt').at(-1)?.state === 'ready', 'the note with its file');
    const admin = { token: (await daemon.login('admin@one.example', PASSWORD)).token };
    const note = await until(async () => (await daemon.rest('GET', `/api/v1/conversations/${conversation}/messages`, admin)).body.records
      .find(({ kind, files }) => kind === 'note' && files), 'the note');
    assert.equal((await daemon.rest('GET', `/api/v1/files/${note.files[0]}/link`, visitor)).status, 404);
    assert.ok(!JSON.stringify(await seen()).includes('SECRET'));
  });

  await t.test("a visitor's picture comes to the agent", async () => {
    const id = await sendPicture(scene);
    client.tell(`fetch ${id}`);
    const { path: place, problem } = await until(() => client.heard.find((line) => line.event === 'fetched' && line.id === id), 'the picture');
    assert.equal(problem, undefined);
    assert.equal(path.basename(place), 'parcel.jpg');
    assert.deepEqual([...(await readFile(place)).subarray(0, 3)], [0xff, 0xd8, 0xff]);
  });
});

test('in the window: chosen, sent, seen', async (t) => {
  const scene = await stage(t);
  const { daemon, visitor } = scene;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-agent-window-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, 'terms.txt'), 'These are the terms.\n');
  const agent = await DesktopAgent.start({ keyring: 'harbour' });
  t.after(() => agent.stop());
  await agent.do('start');
  await agent.do('sign_in', { server: daemon.url, email: 'admin@one.example', password: PASSWORD });
  await agent.do('button', { name: 'New message to colleagues' });
  await agent.do('choose', { inbox: 'Unassigned' });
  await agent.do('open', { title: 'Visitor' });
  await agent.do('attach', { path: path.join(folder, 'terms.txt') });
  await agent.do('send', { text: 'As promised' });
  const message = await until(async () => (await seenBy(daemon, visitor)).find(({ type, text }) => type === 'message' && text === 'As promised'), 'the message');
  const { link } = (await daemon.rest('GET', `/api/v1/files/${message.files[0]}/link`, visitor)).body;
  assert.equal(await (await fetch(daemon.url + link)).text(), 'These are the terms.\n');
  await agent.do('button', { name: 'Save as…: terms.txt' });
  await sendPicture(scene);
  await agent.do('button', { name: 'Picture parcel.jpg, 16 by 8' });

  // A screenshot, from the clipboard of another program.
  await writeFile(path.join(folder, 'screen.png'), PNG);
  await agent.do('copy_picture', { path: path.join(folder, 'screen.png') });
  const name = await agent.do('paste_picture');
  assert.match(name, /^Screenshot \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.png$/);
  await agent.do('send', { text: 'This is how it looks' });
  const pasted = await until(async () => (await seenBy(daemon, visitor)).find(({ type, text }) => type === 'message' && text === 'This is how it looks'), 'the message');
  const kept = (await seenBy(daemon, visitor)).find(({ id }) => id === pasted.files[0]);
  assert.deepEqual([kept.name, kept.media_type, kept.width, kept.height], [name, 'image/png', 16, 8]);
  const screen = await fetch(daemon.url + (await daemon.rest('GET', `/api/v1/files/${pasted.files[0]}/link`, visitor)).body.link);
  assert.deepEqual([...new Uint8Array(await screen.arrayBuffer()).subarray(1, 4)], [...Buffer.from('PNG')]);
  await agent.do('button', { name: `Picture ${name}, 16 by 8` });

  // Two gigabytes: refused before anything is read or sent.
  const film = await open(path.join(folder, 'film.mkv'), 'w');
  await film.truncate(2 ** 31);
  await film.close();
  await agent.do('attach', { path: path.join(folder, 'film.mkv') });
  await agent.do('sees', { text: 'Too large: 2.1\u00a0GB. At most 3.0\u00a0MB can be sent.' });
  assert.ok(!(await seenBy(daemon, visitor)).some(({ name: other }) => other === 'film.mkv'));
  assert.deepEqual(await agent.do('leave'), []);
});
