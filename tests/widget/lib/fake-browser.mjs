// SPDX-License-Identifier: GPL-3.0-or-later
// The few things of a browser that the widget's state and transport use.

export class FakeStorage {
  /** The keys are the object's own, as in a browser. */
  static make() {
    return Object.create(FakeStorage.prototype);
  }

  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }

  setItem(key, value) {
    this[key] = String(value);
  }

  removeItem(key) {
    delete this[key];
  }
}

/** A WebSocket whose other end is the test. */
export class FakeSocket {
  static all = [];
  sent = [];
  closed = false;

  constructor(url) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  static get last() {
    return FakeSocket.all.at(-1);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  // The test's side.

  receive(frame) {
    this.onmessage?.({ data: JSON.stringify({ jsonrpc: '2.0', ...frame }) });
  }

  answer(method, result) {
    const { id } = this.sent.findLast((frame) => frame.method === method);
    this.receive({ id, result });
  }

  fail(method, reason, retry_after_ms) {
    const { id } = this.sent.findLast((frame) => frame.method === method);
    this.receive({ id, error: { code: -31000, message: reason, data: { reason, ...(retry_after_ms && { retry_after_ms }) } } });
  }

  break(code = 1006, reason = '') {
    this.onclose?.({ code, reason });
  }
}

/** Puts a browser around the tests of one file. */
export function install() {
  globalThis.localStorage = FakeStorage.make();
  globalThis.sessionStorage = FakeStorage.make();
  globalThis.WebSocket = FakeSocket;
  globalThis.addEventListener = () => {};
  FakeSocket.all = [];
}

/** Lets promises run their course. */
export async function settle() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
