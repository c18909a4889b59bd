// SPDX-License-Identifier: GPL-3.0-or-later
import WebSocket from 'ws';

import { PATIENCE } from './until.mjs';

/** A call that the server answered with an error; `reason` is the stable word. */
export class CallError extends Error {
  constructor(method, error) {
    super(`${method}: ${error.message}`);
    this.reason = error.data?.reason;
    this.retryAfter = error.data?.retry_after_ms;
    this.code = error.code;
  }
}

/** The socket went away before the answer came. */
export class LostError extends Error {}

/** One WebSocket that speaks JSON-RPC 2.0: calls out, notifications in. */
export class Socket {
  #ws;
  #calls = new Map();
  #lastId = 0;
  onNotification = () => {};
  onClose = () => {};

  /** Opens `url`; rejects when the handshake fails. */
  static open(url, { headers = {} } = {}) {
    return new Promise((resolve, reject) => {
      const ws = new WebSocket(url, { headers, perMessageDeflate: false, handshakeTimeout: 10_000 });
      ws.once('open', () => resolve(new Socket(ws)));
      ws.once('error', reject);
    });
  }

  constructor(ws) {
    this.#ws = ws;
    ws.on('message', (data) => this.#take(JSON.parse(data)));
    ws.on('error', () => {});
    ws.on('close', (code, reason) => {
      const lost = new LostError(`the socket closed with ${code} ${reason}`);
      for (const id of [...this.#calls.keys()]) this.#settled(id).reject(lost);
      this.onClose(code, String(reason));
    });
  }

  /**
   * Calls a method. `take` sees the result in the very turn in which it arrived, before any frame that
   * followed it; the promise's own handlers run later.
   */
  call(method, params = {}, take = () => {}) {
    return new Promise((resolve, reject) => {
      if (this.#ws.readyState !== WebSocket.OPEN) {
        reject(new LostError('the socket is closed'));
        return;
      }
      this.#lastId += 1;
      const id = this.#lastId;
      const late = setTimeout(() => this.#settled(id).reject(new Error(`${method}: no answer in ${PATIENCE} ms`)), PATIENCE);
      this.#calls.set(id, { method, resolve, reject, take, late });
      this.#ws.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    });
  }

  notify(method, params) {
    if (this.#ws.readyState === WebSocket.OPEN) this.#ws.send(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  /** The call with that id, which waits no longer. */
  #settled(id) {
    const call = this.#calls.get(id);
    clearTimeout(call?.late);
    this.#calls.delete(id);
    return call;
  }

  #take(message) {
    if (message.method !== undefined) {
      this.onNotification(message.method, message.params);
      return;
    }
    const call = this.#settled(message.id);
    if (call === undefined) throw new Error(`an answer to nothing that was asked: ${JSON.stringify(message).slice(0, 200)}`);
    if (message.error) {
      call.reject(new CallError(call.method, message.error));
      return;
    }
    call.take(message.result);
    call.resolve(message.result);
  }

  close() {
    this.#ws.close(1000);
  }

  /** As a network does that goes away: no closing handshake, what is under way is lost. */
  cut() {
    this.#ws.terminate();
  }
}
