// SPDX-License-Identifier: GPL-3.0-or-later
import { randomBytes } from 'node:crypto';
import net from 'node:net';

import { until } from './until.mjs';

/** One client frame; every part of it can be made wrong. */
export function frame(payload, { opcode = 1, final = true, reserved = 0, masked = true, length } = {}) {
  const data = Buffer.from(payload);
  const size = length ?? data.length;
  const head = [(final ? 0x80 : 0) | reserved << 4 | opcode];
  const bit = masked ? 0x80 : 0;
  if (size < 126) head.push(bit | size);
  else if (size < 65536) head.push(bit | 126, size >> 8, size & 255);
  else head.push(bit | 127, 0, 0, 0, 0, (size >>> 24) & 255, (size >>> 16) & 255, (size >>> 8) & 255, size & 255);
  if (!masked) return Buffer.concat([Buffer.from(head), data]);
  const key = randomBytes(4);
  return Buffer.concat([Buffer.from(head), key, data.map((byte, i) => byte ^ key[i & 3])]);
}

/** A WebSocket that is written and read byte by byte, for what no library would send. */
export class RawSocket {
  /** Texts that arrived. */
  texts = [];
  /** {code, reason} of the close frame, or null. */
  closed = null;
  /** Whether the connection has ended. */
  ended = false;
  #socket;
  #bytes = Buffer.alloc(0);

  static async open(port, path = '/api/v1/socket') {
    const socket = net.connect(port, '127.0.0.1');
    const raw = new RawSocket(socket);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`
      + `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`);
    await until(() => raw.#bytes.includes('\r\n\r\n') || raw.ended, 'the answer to the handshake');
    const head = raw.#bytes.indexOf('\r\n\r\n');
    if (!raw.#bytes.subarray(0, head).toString().startsWith('HTTP/1.1 101')) {
      throw new Error(`the handshake was refused: ${raw.#bytes.toString().split('\r\n')[0]}`);
    }
    raw.#bytes = raw.#bytes.subarray(head + 4);
    socket.on('data', () => raw.#frames());
    raw.#frames();
    return raw;
  }

  constructor(socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (data) => { this.#bytes = Buffer.concat([this.#bytes, data]); });
    socket.on('error', () => {});
    socket.on('close', () => { this.ended = true; });
  }

  write(bytes) {
    if (!this.ended) this.#socket.write(bytes);
  }

  text(text) {
    this.write(frame(text));
  }

  call(id, method, params) {
    this.text(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
  }

  /** The answer to call `id`, waiting for it. */
  async answer(id) {
    return until(() => this.texts.map((text) => JSON.parse(text)).find((message) => message.id === id)
      ?? (this.ended ? { lost: this.closed } : null), `the answer to ${id}`);
  }

  async end() {
    await until(() => this.ended, 'the end of the connection');
    return this.closed;
  }

  pause() {
    this.#socket.pause();
  }

  resume() {
    this.#socket.resume();
  }

  destroy() {
    this.#socket.destroy();
  }

  /** Server frames are never masked nor fragmented. */
  #frames() {
    for (;;) {
      const bytes = this.#bytes;
      if (bytes.length < 2) return;
      const short = bytes[1] & 127;
      const at = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (bytes.length < at) return;
      const size = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
      if (bytes.length < at + size) return;
      const payload = bytes.subarray(at, at + size);
      this.#bytes = bytes.subarray(at + size);
      const opcode = bytes[0] & 15;
      if (opcode === 1) this.texts.push(payload.toString());
      if (opcode === 8) this.closed = { code: payload.length >= 2 ? payload.readUInt16BE(0) : 1005, reason: payload.subarray(2).toString() };
      if (opcode === 9) this.write(frame(payload, { opcode: 10 }));
    }
  }
}
