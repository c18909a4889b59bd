// SPDX-License-Identifier: GPL-3.0-or-later
import { newVisitorToken } from './ids.mjs';
import { RecordStore } from './record-store.mjs';
import { CallError, LostError, Socket } from './socket.mjs';
import { pause, until } from './until.mjs';

const AGAIN = new Set(['unavailable', 'rate_limited']);

/**
 * The reference client: it keeps the rules of docs/protocol.md and nothing more. It stays connected until
 * close(), keeps `records` current, and carries out write()s in order, each until the server has answered.
 */
export class Client {
  records;
  /** The word that session.open was refused with; it then stops trying. */
  refused = null;
  /** True from the answer without `more` to the end of that socket. */
  live = false;
  /** The code that its last socket was closed with. */
  closeCode = null;
  signals = [];
  /** What `monitor.watch` has brought. */
  news = [];
  #url;
  #credentials;
  #outbox = [];
  #socket = null;
  #closed = false;
  #syncing = false;
  #missed = 0;
  #pumping = false;
  #done;

  /** `credentials`: {token} of an agent, {site, token} of a visitor. */
  constructor({ url, credentials, records = new RecordStore() }) {
    this.#url = url;
    this.#credentials = credentials;
    this.records = records;
  }

  /** A visitor who comes for the first time. */
  static visitor(url, site) {
    return new Client({ url, credentials: { site, token: newVisitorToken() } });
  }

  /** Another window, tab or device of the same person; with `records`, one that slept since it had them. */
  twin(records = new RecordStore()) {
    return new Client({ url: this.#url, credentials: this.#credentials, records });
  }

  /** Whether it is the same person. */
  isTwinOf(other) {
    return this.#credentials === other.#credentials;
  }

  /** The visitor's own id. */
  get visitorId() {
    return this.#credentials.token.split('.')[0];
  }

  start() {
    this.#done = this.#stayConnected();
    return this;
  }

  /** Waits until it is live. */
  async ready() {
    await until(() => this.live || this.refused, 'session.open');
    if (this.refused) throw new Error(`session.open was refused: ${this.refused}`);
    return this;
  }

  async close() {
    this.#closed = true;
    this.#socket?.close();
    await this.#done;
  }

  /** Loses the network; it comes back by itself. */
  cut() {
    this.#socket?.cut();
  }

  /** One attempt on the present socket. */
  async call(method, params) {
    if (this.#socket === null) throw new LostError('not connected');
    return this.#socket.call(method, params, (result) => this.#applyAnswer(result));
  }

  signal(method, params) {
    this.#socket?.notify(method, params);
  }

  /** Puts a write in the outbox. Resolves with its answer; rejects only when the server refuses it for good. */
  write(method, params) {
    return new Promise((resolve, reject) => {
      this.#outbox.push({ method, params, resolve, reject });
      this.#pump();
    });
  }

  /** How many writes have no answer yet. */
  get waiting() {
    return this.#outbox.length;
  }

  async #stayConnected() {
    while (!this.#closed && !this.refused) {
      await this.#oneConnection();
      if (!this.#closed) await pause(20 + Math.random() * 40);
    }
  }

  async #oneConnection() {
    let socket;
    try {
      socket = await Socket.open(this.#url);
    } catch {
      return;
    }
    const gone = new Promise((resolve) => { socket.onClose = resolve; });
    this.#socket = socket;
    this.#missed = 0;
    socket.onNotification = (method, params) => this.#notified(method, params);
    if (this.#closed) socket.close();
    try {
      await this.#open(socket);
      this.#pump();
    } catch (error) {
      if (error instanceof CallError && !AGAIN.has(error.reason)) this.refused = error.reason;
      else if (!(error instanceof LostError || error instanceof CallError)) throw error;
      socket.cut();
    }
    this.closeCode = await gone;
    this.live = false;
    this.#socket = null;
  }

  async #open(socket) {
    const { site, token } = this.#credentials;
    const params = { token, ...(site && { site }), ...this.#cursor(), client: 'reference client' };
    await socket.call('session.open', params, (answer) => this.#applyPage(answer));
    while (!this.live) await this.#page(socket);
  }

  #page(socket) {
    return socket.call('sync.changes', this.#cursor(), (answer) => this.#applyPage(answer));
  }

  /** From where to go on; `first` until the copy that began at 0 is complete. */
  #cursor() {
    const { applied: since, epoch } = this.records;
    return { since, ...(epoch && { epoch }), ...(!this.records.complete && { first: true }) };
  }

  /** Of session.open and sync.changes: the only answers that move `applied`. */
  #applyPage(answer) {
    if (answer.reset) this.records = new RecordStore();
    this.records.apply(answer.records ?? []);
    this.records.applied = Math.max(this.records.applied, answer.rev);
    this.records.epoch = answer.epoch ?? 0;
    this.live = !answer.more;
    if (this.live) this.records.sweep();
    this.records.complete ||= this.live;
  }

  #applyAnswer(answer) {
    if (Array.isArray(answer?.records)) this.records.applyAnswer(answer.records);
  }

  #notified(method, params) {
    if (method === 'signal') {
      this.signals.push(params);
    } else if (method === 'monitor') {
      this.news.push(params);
    } else if (method === 'changes' && params.rev > this.records.applied) {
      if (params.prev > this.records.applied) {
        this.#missed = Math.max(this.#missed, params.rev);
        this.#fillHole();
      } else {
        this.records.apply(params.records ?? []);
        this.records.applied = params.rev;
      }
    }
  }

  /** Asks again until it has all of the frames that were dropped, also those that came while it asked. */
  async #fillHole() {
    const socket = this.#socket;
    if (this.#syncing) return;
    this.#syncing = true;
    try {
      do await this.#page(socket);
      while (!this.live || this.records.applied < this.#missed);
    } catch (error) {
      if (!(error instanceof LostError)) socket.cut();
    } finally {
      this.#syncing = false;
    }
    this.#pump();
  }

  async #pump() {
    if (this.#pumping) return;
    this.#pumping = true;
    while (this.live && this.#outbox.length > 0) {
      const { method, params, resolve, reject } = this.#outbox[0];
      try {
        const answer = await this.call(method, params);
        this.#outbox.shift();
        resolve(answer);
      } catch (error) {
        if (error instanceof LostError) break;
        if (AGAIN.has(error.reason)) {
          await pause(error.retryAfter ?? 100);
        } else {
          this.#outbox.shift();
          reject(error);
        }
      }
    }
    this.#pumping = false;
  }
}
