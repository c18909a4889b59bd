// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an admin sees of the widget while they set a site: the daemon's own files on a page of WebKit's in the real client, with what is not saved
// yet. Nothing of it may reach the server.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import test from 'node:test';

import { DesktopAgent } from './desktop-agent.mjs';
import { Stage } from './stage.mjs';
import { stepsOf } from './steps.mjs';
import { until } from '../lib/until.mjs';

const SHOTS = path.resolve(process.env.CHATFLOW_SHOTS ?? '.', 'preview');

/** The picture of a window, of which only the right part is looked at: that is where the preview is. */
class Picture {
  #pixels;

  constructor(file) {
    const [width, height] = execFileSync('identify', ['-format', '%w %h', file], { encoding: 'utf8' }).split(' ').map(Number);
    const left = Math.round(width * 0.6);
    this.#pixels = execFileSync('convert', [file, '-crop', `${width - left}x${height}+${left}+0`, '-depth', '8', 'rgb:-'], { maxBuffer: 1 << 26 });
  }

  /** How many pixels have very nearly that colour. */
  count(color) {
    const wanted = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
    let found = 0;
    for (let at = 0; at < this.#pixels.length; at += 3) if (wanted.every((value, channel) => Math.abs(value - this.#pixels[at + channel]) < 4)) found++;
    return found;
  }

  equals(other) {
    return this.#pixels.equals(other.#pixels);
  }
}

test('the preview of a site', async (t) => {
  const stage = await Stage.prepare();
  const daemon = await stage.daemon();
  const admin = stage.credentials[0];
  const { token } = stage.agents[0];
  const desk = await DesktopAgent.start({ keyring: 'open sesame' });
  t.after(async () => {
    await desk.stop();
    await daemon.remove();
    await stage.remove();
  });
  const site = async () => (await daemon.rest('GET', '/api/v1/sites', { token })).body.records[0];
  const { name: window, color } = await site();
  /** How many visitors' sockets the daemon has ever had, whom it knows of them, and what was said. */
  const known = async () => {
    const metrics = await (await fetch(`${daemon.url}/metrics`)).text();
    const visitors = await fetch(`${daemon.url}/api/v1/visitors.csv?site_id=${(await site()).id}`, { headers: { authorization: `Bearer ${token}` } });
    const { body } = await daemon.rest('GET', '/api/v1/conversations', { token });
    return [metrics.match(/^chatflow_session_opens_total\{role="(visitor|none)".*$/gm), await visitors.text(), body.records];
  };
  let number = 0;
  const look = async () => {
    const file = path.join(SHOTS, `${String(number % 20).padStart(2, '0')}.png`);
    await desk.do('picture_of', { window, path: file });
    return new Picture(file);
  };
  /** Until the preview is as it should be, and has come to rest. */
  const seen = async (holds, what) => {
    let last;
    const found = await until(async () => {
      const before = last;
      last = await look();
      return before?.equals(last) && holds(last) && last;
    }, what);
    number++;
    return found;
  };
  const press = (name) => desk.do('press_in', { window, name });
  const step = stepsOf(t, () => desk.do('screenshot', { path: path.join(SHOTS, 'failed.png'), rest: false }));
  let before;
  let button;

  await step('the widget as it is saved', async () => {
    await desk.do('start', {});
    await desk.do('sign_in', { server: daemon.url, email: admin.email, password: admin.password });
    await desk.do('settings', { page: 'Sites' });
    before = await known();
    await desk.do('site', { name: window });
    button = await seen((picture) => picture.count(color) > 300, 'the button in its colour');
    assert.ok(await desk.do('is_pressed', { window, name: 'The button alone' }));
  });

  await step('words are there while they are typed, and are not saved', async () => {
    await desk.do('fill', { dialog: window, field: 'Text of the button (empty: a picture alone)', text: 'Ask us anything' });
    await seen((picture) => picture.count(color) > button.count(color) * 1.5, 'a button that is longer');
    assert.equal((await site()).appearance?.launcher_text, undefined);
  });

  await step('another colour is there before the server has heard of it', async () => {
    process.kill(daemon.pid, 'SIGSTOP');
    try {
      await desk.do('choose_color', { window, color: 'Dark Purple' });
      await seen((picture) => picture.count(color) === 0, 'another colour');
    } finally {
      process.kill(daemon.pid, 'SIGCONT');
    }
    await until(async () => (await site()).color !== color, 'the new colour with the server');
    assert.ok((await look()).count((await site()).color) > 300);
  });

  await step('the chat, with the greeting as it is typed', async () => {
    const now = (await site()).color;
    await press('The chat open');
    const open = await seen((picture) => picture.count(now) > button.count(color) * 5, 'the head of the chat');
    await desk.do('fill', { dialog: window, field: 'Greeting', text: ' Everybody here knows the shop by heart.' });
    await seen((picture) => !picture.equals(open), 'another greeting');
    assert.doesNotMatch((await site()).greeting, /by heart/);
  });

  await step('what is written there is answered there', async () => {
    const now = (await site()).color;
    const empty = await look();
    await desk.do('click_preview', { window, right: 0.55, up: 105 });
    await desk.do('type_in', { window, text: 'Is anybody there?' });
    await desk.do('key_in', { window, keys: 'Return' });
    await seen((picture) => picture.count(now) > empty.count(now) + 500, 'a bubble of the visitor');
  });

  await step('the button for files opens nothing, and says why', async () => {
    const files = 'Files can’t be sent from the preview: what is done here stays here.';
    assert.ok(!(await desk.do('lines_in', { window })).includes(files));
    await desk.do('click_preview', { window, right: 0.766, up: 110 });
    await until(async () => (await desk.do('lines_in', { window })).includes(files), 'the words below');
    await look();
    number++;
  });

  await step('the chat is closed there, and the button above says so', async () => {
    await desk.do('key_in', { window, keys: 'Escape' });
    await until(() => desk.do('is_pressed', { window, name: 'The button alone' }), 'the chat closed');
    await press('The chat open');
    await until(() => desk.do('is_pressed', { window, name: 'The chat open' }), 'the chat open');
  });

  await step('dark, on a phone, outside the hours', async () => {
    const light = await look();
    await press('On a dark system');
    await seen((picture) => picture.count('#ffffff') < light.count('#ffffff') / 4, 'the dark');
    await press('On a phone');
    const phone = await seen((picture) => !picture.equals(light), 'a phone');
    await press('Outside the business hours');
    await seen((picture) => !picture.equals(phone), 'other words');
    await press('The button alone');
    const now = (await site()).color;
    await seen((picture) => picture.count(now) < phone.count(now), 'the button alone');
  });

  await step('the keyboard comes in and out again', async () => {
    const inside = () => desk.do('is_focused_in_preview', { window });
    const key = (keys) => desk.do('key_in', { window, keys });
    const click = async () => {
      await desk.do('click_preview', { window, right: 0.2, up: 300 });
      await until(inside, 'the focus on the page');
    };
    await click();
    await key('F6');
    await until(async () => !(await inside()), 'the focus in the settings');
    await key('F6');
    await until(inside, 'the focus at the buttons');
    await click();
    for (let tabs = 0; tabs < 4; tabs++) await key('Tab');
    await until(async () => !(await inside()), 'the Tab key out of the page');
  });

  await step('nobody was there', async () => {
    assert.deepEqual(await known(), before);
    assert.deepEqual(await desk.do('complaints'), []);
  });

  await step('a server that does not answer is said to, and tried again', async () => {
    await press('Close');
    await daemon.stop();
    await desk.do('site', { name: window });
    await until(async () => (await desk.do('lines_in', { window })).includes('The widget could not be fetched'), 'the words');
    await daemon.restart();
    await press('Try again');
    const now = (await site()).color;
    await seen((picture) => picture.count(now) > 300, 'the button');
  });
});
