// SPDX-License-Identifier: GPL-3.0-or-later
import WebSocket from 'ws';

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
      for (const { reject } of this.#calls.values()) reject(lost);
      this.#calls.clear();
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
      this.#calls.set(this.#lastId, { method, resolve, reject, take });
      this.#ws.send(JSON.stringify({ jsonrpc: '2.0', id: this.#lastId, method, params }));
    });
  }

  notify(method, params) {
    if (this.#ws.readyState === WebSocket.OPEN) this.#ws.send(JSON.stringify({ jsonrpc: '2.0', method, params }));
  }

  #take(message) {
    if (message.method !== undefined) {
      this.onNotification(message.method, message.params);
      return;
    }
    const call = this.#calls.get(message.id);
    this.#calls.delete(message.id);
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
