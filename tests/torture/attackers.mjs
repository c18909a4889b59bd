// SPDX-License-Identifier: GPL-3.0-or-later
//
// Those who mean harm, or whose programs are broken. They come from many loopback addresses, as a crowd does.

import { randomBytes } from 'node:crypto';
import net from 'node:net';

import { newId, newVisitorToken } from '../lib/ids.mjs';
import { frame } from '../lib/raw-socket.mjs';
import { pause, until } from '../lib/until.mjs';
import { serve } from './own-process.mjs';

const ADDRESSES = 200;
const PATIENCE = 120_000;

let port;
let came = 0;
/** Counts starts and stops; an attack goes on as long as it is the last. */
let turn = 0;
const open = new Set();

/** One connection, and what the server said before it ended. */
class Line {
  ended = false;
  failed = false;
  bytes = Buffer.alloc(0);
  /** Payloads of text frames, when `onText` is set; the code of the close frame. */
  onText = null;
  code = null;
  #socket;
  #isFrames = false;

  constructor({ address, reads = true } = {}) {
    came += 1;
    this.#socket = net.connect({ port, host: '127.0.0.1', localAddress: address ?? `127.0.0.${2 + came % ADDRESSES}` });
    this.#socket.setNoDelay(true);
    this.#socket.on('error', () => { this.failed = true; });
    this.#socket.on('close', () => { this.ended = true; open.delete(this); });
    if (reads) this.read();
    open.add(this);
  }

  read() {
    this.#socket.on('data', (data) => {
      this.bytes = Buffer.concat([this.bytes, data]);
      if (this.#isFrames) this.#frames();
    });
    this.#socket.resume();
  }

  write(bytes) {
    if (!this.ended) this.#socket.write(bytes);
  }

  shakeHands() {
    this.write(`GET /api/v1/socket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`
      + `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`);
  }

  /** Whether the answer to the handshake is here and says yes; from then on frames are read. */
  get upgraded() {
    const head = this.#isFrames ? -1 : this.bytes.indexOf('\r\n\r\n');
    if (head >= 0 && this.bytes.toString('latin1', 0, 12) === 'HTTP/1.1 101') {
      this.bytes = this.bytes.subarray(head + 4);
      this.#isFrames = true;
      this.#frames();
    }
    return this.#isFrames;
  }

  call(id, method, params) {
    this.write(frame(JSON.stringify({ jsonrpc: '2.0', id, method, params })));
  }

  destroy() {
    this.#socket.destroy();
  }

  #frames() {
    let at = 0;
    for (;;) {
      const left = this.bytes.subarray(at);
      const short = left[1] & 127;
      const head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (left.length < Math.max(head, 2)) break;
      const size = short === 126 ? left.readUInt16BE(2) : short === 127 ? Number(left.readBigUInt64BE(2)) : short;
      if (left.length < head + size) break;
      if ((left[0] & 15) === 1) this.onText?.(left.toString('utf8', head, head + size));
      if ((left[0] & 15) === 8) this.code = size >= 2 ? left.readUInt16BE(head) : 1005;
      at += head + size;
    }
    this.bytes = this.bytes.subarray(at);
  }
}

const all = (lines, holds, what) => until(() => lines.every(holds), () => `${what}; ${lines.filter((line) => !holds(line)).length} of ${lines.length} are left`, PATIENCE);

/** Headers and bodies a byte at a time. Who is cut off comes again. */
function slowloris({ count }) {
  const headers = 'GET /api/v1/server HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ';
  const body = 'POST /api/v1/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"email":"';
  const begin = (i) => {
    const line = new Line();
    line.write(i % 2 ? body : headers);
    return line;
  };
  const lines = Array.from({ length: count }, (_, i) => begin(i));
  const state = { cutOff: [0, 0] };
  const mine = turn;
  const timer = setInterval(() => {
    if (turn !== mine) clearInterval(timer);
    else {
      lines.forEach((line, i) => {
        if (line.ended) {
          state.cutOff[i % 2] += 1;
          lines[i] = begin(i);
        } else line.write('x');
      });
    }
  }, 200);
  return state;
}

/** Connections that say nothing: half of them before the handshake, half after it. */
async function mute({ count }) {
  const lines = [];
  for (let i = 0; i < count; i += 1) {
    const line = new Line();
    if (i % 2) line.shakeHands();
    lines.push(line);
    if (i % 50 === 49) await pause(5);
  }
  const silent = lines.filter((_, i) => i % 2 === 0);
  const upgraded = lines.filter((_, i) => i % 2 === 1);
  await all(upgraded, (line) => line.upgraded || line.ended, 'an answer to each handshake');
  const shaken = upgraded.filter((line) => line.upgraded).length;
  await all(lines, (line) => line.ended, 'the mute to be cut off');
  return { silent: silent.length, shaken, codes: tallied(upgraded.map((line) => line.code)) };
}

const tallied = (list) => list.reduce((sum, one) => ({ ...sum, [one]: (sum[one] ?? 0) + 1 }), {});

/** More connections from one address than it may have. */
async function crowdAtOneDoor({ count }) {
  const lines = Array.from({ length: count }, () => new Line({ address: '127.0.0.250' }));
  await pause(0);
  await until(() => lines.filter((line) => line.ended).length > 0, 'the first to be turned away');
  let before;
  do {
    before = lines.filter((line) => line.ended).length;
    await pause(300);
  } while (lines.filter((line) => line.ended).length !== before && lines.some((line) => !line.ended));
  const turnedAway = lines.filter((line) => line.ended).length;
  lines.forEach((line) => line.destroy());
  return { turnedAway };
}

/** Messages over 64 KiB: in one frame, in fragments, or only announced. */
async function oversized({ count }) {
  const piece = 'x'.repeat(33_000);
  const kinds = [
    () => frame('x'.repeat(65_537)),
    () => Buffer.concat([frame(piece, { final: false }), frame(piece, { opcode: 0 })]),
    () => frame('x', { length: 0x7fffffff }),
    () => Buffer.concat([frame('x', { final: false }), ...Array.from({ length: 20 }, () => frame('x'.repeat(4000), { opcode: 0, final: false }))]),
  ];
  const codes = {};
  let sent = 0;
  const one = async () => {
    while (sent < count) {
      const number = sent;
      sent += 1;
      const line = new Line();
      line.shakeHands();
      await all([line], () => line.upgraded || line.ended, 'the handshake');
      line.write(kinds[number % kinds.length]());
      await all([line], () => line.ended, 'the end of the connection');
      codes[line.code] = (codes[line.code] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 10 }, one));
  return { sent, codes };
}

let readers = [];

/** Agents' programs that ask for much and read nothing. */
async function neverRead({ count, token, conversation }) {
  readers = [];
  for (let i = 0; i < count; i += 1) {
    const line = new Line({ reads: false });
    line.shakeHands();
    line.call(1, 'session.open', { token, since: 0 });
    for (let id = 2; id < 30; id += 1) line.call(id, 'message.list', { conversation_id: conversation, limit: 200 });
    readers.push(line);
    await pause(20);
  }
}

/** At last they read: what has reached them ends with the close frame. */
async function readAtLast() {
  for (const line of readers) line.read();
  await all(readers, (line) => line.ended, 'the end of each connection');
  readers.forEach((line) => line.upgraded);
  return { codes: tallied(readers.map((line) => line.code)) };
}

/** One visitor who writes as fast as the wire takes it, and comes again when sent away. */
async function flood({ count, site }) {
  const token = newVisitorToken();
  const conversation = newId();
  const acknowledged = [];
  const reasons = {};
  const codes = {};
  let [sent, connections] = [0, 0];
  while (sent < count) {
    const line = new Line({ address: '127.0.0.251' });
    connections += 1;
    line.shakeHands();
    await all([line], () => line.upgraded || line.ended, 'the handshake');
    if (!line.upgraded) continue; // too many handshakes: also a limit
    const ids = new Map();
    let answered = 0;
    line.onText = (text) => {
      const { id, result, error } = JSON.parse(text);
      if (id === undefined) return;
      answered += 1;
      if (result && ids.has(id)) acknowledged.push(ids.get(id));
      if (error) reasons[error.data.reason] = (reasons[error.data.reason] ?? 0) + 1;
    };
    line.call('open', 'session.open', { site, token });
    line.call('start', 'conversation.start', { id: conversation, message_id: newId(), text: 'here I am' });
    let asked = 2;
    while (sent < count && !line.ended && line.code === null) {
      for (let i = 0; i < 100 && sent < count; i += 1) {
        sent += 1;
        asked += 1;
        ids.set(sent, newId());
        line.call(sent, 'message.send', { id: ids.get(sent), conversation_id: conversation, text: `buy! ${sent}` });
      }
      await until(() => line.ended || line.code !== null || asked - answered < 300, 'answers', PATIENCE);
    }
    await until(() => line.ended || line.code !== null || answered >= asked, 'the last answers', PATIENCE);
    codes[line.code] = (codes[line.code] ?? 0) + 1;
    line.destroy();
  }
  return { token, conversation, sent, connections, acknowledged, reasons, codes };
}

const attacks = { slowloris, mute, crowdAtOneDoor, oversized, neverRead, readAtLast, flood };
let state = null;

serve({
  at: (params) => { port = params.port; },
  /** Resolves with the attack's result, or with its state while it goes on by itself. */
  start: async ({ attack, ...params }) => {
    turn += 1;
    state = await attacks[attack](params);
    return state ?? null;
  },
  state: () => state,
  stop: async () => {
    turn += 1;
    for (const line of open) line.destroy();
  },
});
