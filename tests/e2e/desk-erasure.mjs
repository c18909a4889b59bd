// SPDX-License-Identifier: GPL-3.0-or-later
//
// One person is exported, then erased, by an admin at the real client: nothing of them is left on that computer, nor on a colleague's.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { newId, newVisitorToken } from '../lib/ids.mjs';
import { PNG } from '../lib/pictures.mjs';
import { Random } from '../lib/random.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Stage } from './stage.mjs';
import { stepsOf } from './steps.mjs';

const LETTERS = 'bcdfghjklmnpqrstvwxz';
const LONG = 120_000;

test('a person is erased', async (t) => {
  const stage = await Stage.prepare();
  const daemon = await stage.daemon();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-erased-'));
  const [admin, colleague] = await Promise.all([DesktopAgent.start({ keyring: 'harbour' }), DesktopAgent.start({ keyring: 'harbour' })]);
  const token = newVisitorToken();
  const visitor = new Client({ url: daemon.socketUrl, credentials: { site: stage.site, token } }).start();
  const other = stage.visitor(daemon).start();
  const desks = [admin, colleague];
  t.after(async () => {
    await Promise.all(desks.map((desk) => desk.stop()));
    await visitor.close();
    await other.close();
    await daemon.remove();
    await stage.remove();
    await rm(folder, { recursive: true, force: true });
  });
  const step = stepsOf(t, () => Promise.all(desks.map((desk, i) => desk.do('screenshot', { path: `${process.env.CHATFLOW_SHOTS ?? '.'}/erased-failed-${i}.png`, rest: false }))));
  const random = new Random(Number(process.env.SEED ?? 1));
  const words = [];
  const word = () => {
    words.push(Array.from({ length: 14 }, () => LETTERS[random.between(0, LETTERS.length - 1)]).join(''));
    return words.at(-1);
  };
  const both = (what) => Promise.all(desks.map(what));
  const traces = (desk, list) => desk.do('traces', { words: list });
  const [name, conversation_id, export_to] = [word(), newId(), path.join(folder, 'person.json')];
  let written;
  let picture;

  await step('somebody writes, and both agents read it', async () => {
    await Promise.all([visitor.ready(), other.ready()]);
    await visitor.write('conversation.start', { id: conversation_id, message_id: newId(), text: word() });
    await visitor.write('visitor.identify', { name, email: `${word()}@mail.example` });
    for (let i = 0; i < 60; i += 1) {
      await visitor.write('message.send', { id: newId(), conversation_id, text: Array.from({ length: 1 + i % 12 }, word).join(' hello ') });
    }
    const elsewhere = newId();
    await other.write('conversation.start', { id: elsewhere, message_id: newId(), text: 'somebodyelsesword' });
    await other.write('visitor.identify', { name: 'Olga Other' });
    picture = `${word()}.png`;
    const file = newId();
    const headers = { authorization: `Bearer ${token}`, 'x-chatflow-site': stage.site };
    await daemon.rest('POST', '/api/v1/files', { token, site: stage.site, body: { id: file, conversation_id, name: picture, size: PNG.length } });
    await fetch(`${daemon.url}/api/v1/files/${file}/content`, { method: 'PUT', headers, body: PNG });
    await until(() => visitor.records.all('file').find(({ id }) => id === file)?.state === 'ready', 'the picture');
    await visitor.write('message.send', { id: newId(), conversation_id, text: word(), files: [file] });
    await both(async (desk, i) => {
      await desk.do('start');
      await desk.do('sign_in', { server: daemon.url, email: stage.credentials[i].email, password: stage.credentials[i].password });
      await until(async () => (await desk.do('inbox')).length > 0, 'the inbox');
      await desk.do('choose', { inbox: 'All' });
      await desk.do('open', { title: name });
      await desk.do('button', { name: `Picture ${picture}, 16 by 8` });
    });
  });

  await step('one has looked for them, the other has begun to answer', async () => {
    await admin.do('search', { text: name });
    await until(async () => (await traces(admin, [name])).some((found) => found.startsWith('searches.ini')), 'what was looked for');
    written = word();
    await colleague.do('type', { text: written });
    await until(() => colleague.do('draft_is_kept', { text: written }), 'the draft on disk');
    await both(async (desk) => until(async () => (await traces(desk, [name, words[1]])).length > 1, 'their words on the disk'));
  });

  await step('exported: all that was said, in one file', async () => {
    await admin.do('person_menu', { item: 'Export what is known…' });
    await admin.do('choose_file', { title: 'Export What Is Known', path: export_to });
    await admin.do('sees', { text: 'Exported what is known' });
    const text = await readFile(export_to, 'utf8');
    assert.deepEqual(words.filter((one) => one !== written && !text.includes(one)), []);
    assert.ok(!text.includes('somebodyelsesword'));
  });

  await step('erased: nothing of them is on either disk, and all of the others is', async () => {
    await admin.do('person_menu', { item: 'Erase this person…' });
    await admin.do('type_name_to_erase', { name });
    await admin.do('answer', { button: 'Erase' });
    await admin.do('sees', { text: `${name} was erased` });
    for (const desk of desks) {
      let left = [];
      await until(async () => {
        left = await traces(desk, words);
        return left.length === 0;
      }, () => `no traces; there are ${left.slice(0, 10)}`, LONG);
      assert.deepEqual(await traces(desk, words.map((one) => one.slice(-8))), [], 'not in part either');
      assert.ok((await traces(desk, ['somebodyelsesword'])).length > 0, 'the others are still there');
    }
  });

  await step('nothing to complain about', async () => {
    for (const desk of desks) assert.deepEqual(await desk.do('leave'), []);
  });
});
