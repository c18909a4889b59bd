// SPDX-License-Identifier: GPL-3.0-or-later
//
// Visitors come from a table and go into one: looked at first, stopped half way, gone on with, and what is wrong is said line by line.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

import { until } from '../lib/until.mjs';
import { DesktopAgent } from './desktop-agent.mjs';
import { Stage } from './stage.mjs';
import { stepsOf } from './steps.mjs';

const MANY = 10_000;
const LONG = 240_000;
const WINDOW = 'Import visitors';

test('visitors in tables', async (t) => {
  const stage = await Stage.prepare();
  const daemon = await stage.daemon();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-tables-'));
  const admin = stage.agent(daemon, 0).start();
  const desk = await DesktopAgent.start({ keyring: 'open sesame' });
  t.after(async () => {
    await desk.stop();
    await admin.close();
    await daemon.remove();
    await stage.remove();
    await rm(folder, { recursive: true, force: true });
  });
  const step = stepsOf(t, () => desk.do('screenshot', { path: `${process.env.CHATFLOW_SHOTS ?? '.'}/tables-failed.png`, rest: false }));
  const make = async (name, content) => {
    const place = path.join(folder, name);
    await writeFile(place, content);
    return place;
  };
  const choose = async (name, content) => {
    const place = await make(name, content);
    await desk.do('press_in', { window: 'Settings', name: 'Import…' });
    await desk.do('choose_file', { title: WINDOW, path: place });
  };
  const leave = async (button) => {
    await desk.do('press_in', { window: WINDOW, name: button });
    await desk.do('is_gone', { window: WINDOW });
  };
  /** All visitors that the server has, as it exports them. */
  const kept = async () => {
    let [text, after] = ['', undefined];
    do {
      const page = await admin.call('visitor.export', { ...(after && { after }) });
      text += text ? page.csv.slice(page.csv.indexOf('\n') + 1) : page.csv; // each page has the line of names
      after = page.more ? page.next : undefined;
    } while (after);
    return text;
  };
  const imported = async () => (await kept()).match(/@many\.example/g)?.length ?? 0;
  const ended = (words) => until(async () => (await desk.do('lines_in', { window: WINDOW })).find((line) => line.includes(words)), words, LONG);
  const counts = (line) => line.match(/New: (\d+) · changed: (\d+) · as before: (\d+) · left out: (\d+)/).slice(1).map(Number);
  const many = `email,name\n${Array.from({ length: MANY }, (_, i) => `v${i}@many.example,Visitor ${i}\n`).join('')}`;
  let taken;

  await step('signing in', async () => {
    await admin.ready();
    await desk.do('start', {});
    await desk.do('sign_in', { server: daemon.url, email: stage.credentials[0].email, password: stage.credentials[0].password });
    await desk.do('settings', { page: 'Attributes' });
  });

  await step('what is no table says so, and nothing is changed', async () => {
    const before = await kept();
    for (const [name, content, words] of [
      ['picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0xff, 0xfe, 0]), 'This is no text.'],
      ['torn.csv', 'email,name\nana@mail.example,"Ana\nbo@mail.example,Bo\n', 'could not be read'],
    ]) {
      await choose(name, content);
      await desk.do('sees_in', { window: WINDOW, text: words });
      await leave('Close');
    }
    for (const [name, content, words] of [
      ['empty.csv', '', 'There is nobody in this file.'],
      ['shoes.csv', 'email,Shoe size\nana@mail.example,38\n', 'Not understood: “Shoe size”'],
      ['nobody.csv', 'name\nAna\n', 'No column is called “email” or “id”'],
    ]) {
      await choose(name, content);
      await desk.do('sees_in', { window: WINDOW, text: words });
      assert.equal(await desk.do('can_press_in', { window: WINDOW, name: 'Import' }), false);
      await leave('Cancel');
    }
    assert.equal(await kept(), before);
  });

  await step('lines that can’t be taken are left out, each with its reason', async () => {
    await choose('some.csv', 'email;name;tags;note\nana@some.example;Ana;;\nno address;Bo;;\ncy@some.example;Cy;;"A note\nof two lines"\n'
      + 'di@some.example;Di;no such tag;\nemil@some.example;Emil;;\n');
    await desk.do('sees_in', { window: WINDOW, text: '5 lines.' });
    await desk.do('press_in', { window: WINDOW, name: 'Import' });
    const line = await ended('New: ');
    /* Each row says its line, and below that why; a cell of two lines counts as two. */
    const words = await desk.do('lines_in', { window: WINDOW });
    assert.match(words[words.indexOf('Line 3') + 1], /email/);
    assert.match(words[words.indexOf('Line 6') + 1], /there is no tag "no such tag"/);
    assert.deepEqual(counts(line), [3, 0, 0, 2]);
    const now = await kept();
    for (const word of ['ana@some.example', 'cy@some.example', 'emil@some.example']) assert.ok(now.includes(word), word);
    for (const word of ['no address', 'di@some.example']) assert.ok(!now.includes(word), word);
    const place = path.join(folder, 'left-out.csv');
    await desk.do('press_in', { window: WINDOW, name: 'Save the list…' });
    await desk.do('choose_file', { title: 'Save the list', path: place });
    await desk.do('sees_in', { window: WINDOW, text: 'Saved' });
    assert.match(await readFile(place, 'utf8'), /^line,problem\r\n3,[^\n]*email[^\n]*\r\n6,[^\n]*no such tag[^\n]*\r\n$/);
    await leave('Close');
  });

  await step('in another encoding: it says so, shows how it reads it, and takes it so', async () => {
    await choose('old.csv', Buffer.from('email,name\r\njose@old.example,Jos\xe9 Mu\xf1oz\r\n', 'latin1'));
    await desk.do('sees_in', { window: WINDOW, text: 'The file is not UTF-8' });
    await desk.do('sees_in', { window: WINDOW, text: 'José Muñoz' });
    await desk.do('press_in', { window: WINDOW, name: 'Import' });
    assert.deepEqual(counts(await ended('New: ')), [1, 0, 0, 0]);
    assert.match(await kept(), /José Muñoz/);
    await leave('Close');
  });

  await step('ten thousand, stopped half way', async () => {
    await choose('many.csv', many);
    await desk.do('sees_in', { window: WINDOW, text: `${MANY} lines.` });
    assert.equal(await imported(), 0, 'not before it is asked for');
    await desk.do('press_in', { window: WINDOW, name: 'Import' });
    /* Half way the server falls silent, so that there is time to look and to press. */
    await until(() => admin.records.all('visitor').some(({ email }) => email?.endsWith('@many.example')), 'the first of them');
    process.kill(daemon.pid, 'SIGSTOP');
    try {
      const lines = await desk.do('lines_in', { window: WINDOW });
      assert.ok(lines.some((line) => /^\d+ of 10000 lines$/.test(line)), lines.join());
      await desk.do('press_in', { window: WINDOW, name: 'Stop' });
    } finally {
      process.kill(daemon.pid, 'SIGCONT');
    }
    const line = await ended('It was stopped.');
    [taken] = counts(line);
    assert.ok(taken > 0 && taken < MANY, line);
    assert.equal(await imported(), taken, 'what it says it has taken is there');
    await leave('Close');
  });

  await step('and gone on with: nobody is there twice', async () => {
    await choose('many.csv', many);
    await desk.do('sees_in', { window: WINDOW, text: `${MANY} lines.` });
    await desk.do('press_in', { window: WINDOW, name: 'Import' });
    assert.deepEqual(counts(await ended('New: ')), [MANY - taken, 0, taken, 0]);
    assert.equal(await imported(), MANY);
    await leave('Close');
  });

  await step('exported: the file has them all', async () => {
    const place = path.join(folder, 'all.csv');
    await desk.do('press_in', { window: 'Settings', name: 'Export…' });
    await desk.do('choose_file', { title: 'Export visitors', path: place });
    await until(async () => (await desk.do('lines_in', { window: 'Settings' })).includes('Exported the visitors'), 'the end of the export', LONG);
    const text = await readFile(place, 'utf8');
    assert.equal(text.match(/@many\.example/g).length, MANY);
    assert.equal(text, await kept());
  });

  await step('nothing to complain about', async () => {
    assert.deepEqual(await desk.do('complaints'), []);
  });
});
