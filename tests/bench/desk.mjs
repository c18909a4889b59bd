// SPDX-License-Identifier: GPL-3.0-or-later
//
// An agent's desk at work: how fast it changes from conversation to conversation, whether typing goes on smoothly while messages stream
// in, and what it holds in memory after the work of an hour. Beside it a GTK window that shows a list and nothing else. Prints a Markdown
// table; --json FILE keeps the figures, every frame among them, --docs puts the table into docs/benchmarks.md. Nothing is asserted: the figures depend on
// the machine.
//
//   desk.mjs [--json FILE] [--docs] [--conversations 10000] [--minutes 60]
//
// A real daemon, real sockets of visitors, and the real client on a display of its own, painted by the processor. TEST_CHATFLOWD,
// TEST_CHATFLOW and TEST_PLAIN_LIST say where the programs are.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { Daemon } from '../lib/daemon.mjs';
import { Display } from '../lib/display.mjs';
import { newId } from '../lib/ids.mjs';
import { Client } from '../lib/rpc-client.mjs';
import { pause } from '../lib/until.mjs';
import { writeDocs } from './docs.mjs';
import { describeMachine, listMachine } from './machine.mjs';
import { MeasuredWindow, megabytes, percentile } from './measured-window.mjs';

const CLIENT = process.env.TEST_CHATFLOW ?? '_build/test/app/chatflow';
const PLAIN = process.env.TEST_PLAIN_LIST ?? path.join(path.dirname(CLIENT), '../tests/bench/plain-list');
const FRAME_MS = 1000 / 60;
const VISITORS = 20;
const SWITCHES = 24;
const PAINTED = /conversation \S+ painted with \d+ messages at (\d+), processor time (\d+)/;
const LOOK_MS = 400, AGAIN_MS = 5000, TRIES = 3;
const HAND_MS = 150; // from where a pointer has come to rest until its button is down, for a quick hand
const FAR = 12; // rows, more than are in sight
const UP = 4, DOWN = 5; // the wheel, as xdotool counts buttons
const ANSWER = 'Thank you for waiting. Your order left our warehouse this morning and will be with you tomorrow.';
// What happens in a minute of work.
const MESSAGES = 60, CHANGES = 3;

/** Visitors who write in turn, so many messages a second, until told to stop. */
class Stream {
  #visitors;
  #going = true;
  #done;
  count = 0;

  static async start(daemon, rate) {
    const stream = new Stream();
    stream.#visitors = await Promise.all(Array.from({ length: VISITORS }, async (_, i) => {
      const visitor = await Client.visitor(daemon.socketUrl, daemon.demo.site.key).start().ready();
      const conversation = newId();
      await visitor.write('conversation.start', { id: conversation, message_id: newId(), text: `Is there somebody? I am number ${i + 1}` });
      return { visitor, conversation };
    }));
    stream.#done = stream.#flow(rate);
    return stream;
  }

  async #flow(rate) {
    for (; this.#going; this.count += 1) {
      const { visitor, conversation } = this.#visitors[this.count % VISITORS];
      await visitor.write('message.send', { id: newId(), conversation_id: conversation, text: `Where is my order ${this.count}?` });
      await pause(1000 / rate);
    }
  }

  async stop() {
    this.#going = false;
    await this.#done;
    await Promise.all(this.#visitors.map(({ visitor }) => visitor.close()));
  }
}

/** No keyring that asks, nobody who reads the screen. */
function surroundings(display) {
  return { ...display.environment, GTK_A11Y: 'none', GSETTINGS_BACKEND: 'memory', DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
}

/** What the frames of a stretch of time say. */
function frames(list) {
  return { frames: list.length, late: list.filter((ms) => ms > FRAME_MS).length, p95: percentile(list, 0.95) ?? 0, longest: Math.max(0, ...list) };
}

/**
 * From one conversation to another, so many times: milliseconds from the key or click to the painted conversation, and the processor's on the way there.
 * Between them a person looks at what is there, as short as it may be.
 */
async function change(window, act, times) {
  const result = { took: [], cpu: [] };
  for (let i = 0; i < times; i += 1) {
    const from = window.lines.length;
    let acted, before, said;
    for (let tries = 0; !said; tries += 1) { // a click on a row that moves is none
      before = await window.mainCpu();
      acted = act();
      said = await window.says(PAINTED, from, AGAIN_MS).catch((error) => {
        if (tries + 1 === TRIES) throw error;
      });
    }
    const [, painted, cpu] = said;
    result.took.push((painted - acted) / 1000);
    result.cpu.push(cpu / 1000 - before);
    await pause(LOOK_MS);
  }
  return result;
}

/** One click where the wheel has led to and the pointer was put, so many times. */
async function clicks(window, button) {
  const result = { took: [], cpu: [] };
  for (let i = 0; i < SWITCHES; i += 1) {
    await window.wheel(button, FAR);
    await window.rest(400 + i % 2, 400, HAND_MS);
    const one = await change(window, () => window.click(1), 1);
    result.took.push(...one.took);
    result.cpu.push(...one.cpu);
  }
  return result;
}

/**
 * Neighbours in the order of the list, by key; far ones, by a click where nobody has been, whose messages only the server has; and on the way back the
 * same ones, which are in the cache by then and, but for the last few, laid out no more.
 */
async function changes(window) {
  await window.keys('ctrl+1', 'ctrl+6', 'alt+Down');
  await pause(LOOK_MS);
  const neighbours = await change(window, () => window.press('alt+Down'), SWITCHES);
  const far = await clicks(window, DOWN);
  const again = await clicks(window, UP);
  return { neighbours, far, again };
}

/** A minute of work, as fast as it can be done. The order of the list changes meanwhile, and it may be at its end. */
async function minute(window, number) {
  for (let i = 0; i < CHANGES; i += 1) await window.keys(number % 2 ? 'alt+Up' : 'alt+Down');
  await window.type(ANSWER);
  await window.keys('ctrl+Return');
  if (number % 2) return;
  await window.keys('ctrl+k');
  await window.type('order');
  await window.rests();
  await window.keys('Escape');
}

async function scroll(window) {
  const from = window.lines.length;
  await window.wheel(DOWN);
  await window.wheel(UP);
  return frames(window.account(from).frames);
}

async function work(window, daemon, minutes) {
  const result = {};
  await window.says(/read \d+ rows/);
  for (let rows = false; !rows; rows = window.lines.some((line) => /first rows painted/.test(line))) await window.keys('ctrl+1', 'ctrl+6'); // most are closed
  await window.rests();
  result.memory = megabytes(await window.memory('Rss'));
  result.scroll = await scroll(window);
  const stream = await Stream.start(daemon, 20);
  await window.keys('ctrl+4', 'ctrl+j'); // all, and who waits longest
  let from = window.lines.length;
  await window.type(ANSWER.repeat(3));
  const { stall, frames: typed } = window.account(from);
  result.typing = { ...frames(typed), stall };
  await window.keys('ctrl+a', 'Delete');
  await stream.stop();
  await window.rests();

  result.changes = await changes(window);

  await window.keys('ctrl+4');
  from = window.lines.length;
  const hour = await Stream.start(daemon, 15);
  for (let number = 0; number < minutes || hour.count < minutes * MESSAGES; number += 1) await minute(window, number);
  await hour.stop();
  await window.rests();
  result.work = { messages: hour.count, stall: window.account(from).stall, ...frames(window.account(from).frames) };
  result.memoryAfter = megabytes(await window.memory('Rss'));
  return result;
}

async function measureClient(conversations, minutes) {
  const daemon = await Daemon.start({ demo: ['--visitors', String(conversations / 5), '--conversations', String(conversations), '--messages', String(conversations * 6), '--seed', '7'] });
  const display = await Display.start();
  try {
    const [{ email, password }] = daemon.demo.agents;
    const file = path.join(display.environment.HOME, 'sign-in');
    await writeFile(file, `[sign-in]\nserver=${daemon.url}\nemail=${email}\npassword=${password}\n`, { mode: 0o600 });
    const window = new MeasuredWindow(surroundings(display), CLIENT, ['--sign-in-file', file]);
    try {
      return await work(window, daemon, minutes);
    } finally {
      await window.stop();
    }
  } finally {
    await display.stop();
    await daemon.remove();
  }
}

async function measurePlain(rows) {
  const display = await Display.start();
  // The client leaves OpenGL alone by itself where the processor paints.
  const window = new MeasuredWindow({ ...surroundings(display), GDK_DEBUG: 'gl-disable' }, PLAIN, [String(rows)]);
  try {
    await window.says(/first rows painted/);
    await window.rests();
    const memory = megabytes(await window.memory('Rss'));
    return { memory, scroll: await scroll(window), memoryAfter: megabytes(await window.memory('Rss')) };
  } finally {
    await window.stop();
    await display.stop();
  }
}

const ms = (number) => (number === undefined ? '' : number.toFixed(1));

function changed(what, { took, cpu }) {
  return [
    [`${what} (two frames are ${ms(2 * FRAME_MS)}), p50, ms`, ms(percentile(took, 0.5)), ''],
    ['… p95, ms', ms(percentile(took, 0.95)), ''],
    ['… longer than two frames', `${took.filter((one) => one > 2 * FRAME_MS).length} of ${took.length}`, ''],
    ['… processor time until it is painted, p50, ms', ms(percentile(cpu, 0.5)), ''],
    ['… p95, ms', ms(percentile(cpu, 0.95)), ''],
  ];
}

function table(client, plain, minutes) {
  const late = (one) => (one === undefined ? '' : `${one.late} of ${one.frames}`);
  return [
    ['', 'ChatFlow', 'a list alone'],
    ['---', '--:', '--:'],
    ['memory (RSS) after the start, MB', ms(client.memory), ms(plain.memory)],
    [`memory (RSS) after ${minutes} minutes of work, of a list: after scrolling, MB`, ms(client.memoryAfter), ms(plain.memoryAfter)],
    ['scrolling 400 rows there and back: work on a frame, p95, ms', ms(client.scroll.p95), ms(plain.scroll.p95)],
    ['… frames over 16.7 ms', late(client.scroll), late(plain.scroll)],
    ...changed('key to the next conversation painted', client.changes.neighbours),
    ...changed('click on a conversation that was open before', client.changes.again),
    ...changed('click on one whose messages the server has', client.changes.far),
    ['typing while 20 messages a second arrive: work on a frame, p95, ms', ms(client.typing.p95), ''],
    ['… frames over 16.7 ms', late(client.typing), ''],
    ['… longest time in which the window did not listen, ms', ms(client.typing.stall), ''],
    [`the work of ${minutes} minutes (${client.work.messages} messages, a reply and ${CHANGES} conversations a minute): frames over 16.7 ms`, late(client.work), ''],
    ['… longest frame, ms', ms(client.work.longest), ''],
  ].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const { values } = parseArgs({ options: {
  json: { type: 'string' },
  docs: { type: 'boolean', default: false },
  conversations: { type: 'string', default: '10000' },
  minutes: { type: 'string', default: '60' },
} });
const [conversations, minutes] = [Number(values.conversations), Number(values.minutes)];
const machine = { ...describeMachine(), conversations };
const plain = await measurePlain(conversations);
const client = await measureClient(conversations, minutes);
const markdown = `${listMachine(machine)}\n\n${table(client, plain, minutes)}`;
console.log(markdown);
if (values.json) await writeFile(values.json, `${JSON.stringify({ machine, client, plain }, null, 2)}\n`);
if (values.docs) await writeDocs('scripts/bench --desk --docs', markdown);
