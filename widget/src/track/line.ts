// SPDX-License-Identifier: MIT
import { polling } from 'virtual:later';
import type { AnyRecord, OpenParams } from '../protocol';
import { json } from '../state/json';
import { backoff } from '../transport/backoff';
import type { PollSocket } from '../transport/poll-socket';

const PROBE_EVERY = 30_000;

export interface LineEvents {
  hello(): OpenParams;
  opened(): void;
  /** A frame of the server, as it came. */
  heard(frame: { params?: { records?: AnyRecord[] }; result?: { records?: AnyRecord[] } }): void;
}

/**
 * A socket that says where the visitor is, until the panel has one. It never waits for an answer but the first. Each third attempt is made by HTTP, and
 * each where there are no WebSockets; the next ones stay there as long as that works.
 */
export class Line {
  readonly #url: string;
  readonly #events: LineEvents;
  #socket: WebSocket | PollSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #probe: ReturnType<typeof setInterval> | undefined;
  #open = false;
  /** Attempts since the line was open. */
  #attempt = 0;
  #polls = false;
  /** Since it was asked whether anybody is there. */
  #heard = false;

  constructor(server: string, events: LineEvents) {
    this.#url = server.replace(/^http/, 'ws') + 'api/v1/socket';
    this.#events = events;
  }

  start(): void {
    if (this.#probe) return;
    clearTimeout(this.#timer);
    const probe = (this.#probe = setInterval(() => this.#look(), PROBE_EVERY));
    if (!this.#polls) {
      try {
        return this.#use(new WebSocket(this.#url));
      } catch {
        // There are none on this page, or its policy forbids the address.
        this.#polls = true;
      }
    }
    const poll = (): unknown => polling().then(({ PollSocket }) => probe === this.#probe && this.#use(new PollSocket(this.#url)), () => {});
    if (document.hidden) document.addEventListener('visibilitychange', poll, { once: true });
    else poll();
  }

  stop(): void {
    const socket = this.#socket;
    clearTimeout(this.#timer);
    clearInterval(this.#probe);
    this.#socket = this.#probe = undefined;
    this.#open = this.#heard = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(1000);
  }

  notify(method: string, params: object): void {
    if (this.#open) this.#send(method, params);
  }

  #use(socket: WebSocket | PollSocket): void {
    this.#socket = socket;
    socket.onopen = () => this.#send('session.open', this.#events.hello(), 1);
    socket.onmessage = (event: { data: unknown }) => this.#receive(event.data);
    socket.onclose = (event: { code: number }) => this.#closed(event.code);
  }

  #send(method: string, params: object, id?: number): void {
    this.#socket?.send(json({ jsonrpc: '2.0', id, method, params }));
  }

  #receive(data: unknown): void {
    this.#heard = true;
    let frame;
    try {
      frame = JSON.parse(String(data));
    } catch {
      return;
    }
    if (frame.id === 1 && frame.result) {
      this.#open = true;
      this.#attempt = 0;
      this.#events.opened();
    }
    this.#events.heard(frame);
  }

  /**
   * The server's pings are invisible here: whether anybody is there is asked. Some proxies leave a WebSocket without an answer. Browsers let few requests
   * wait at once, those of all tabs together: who speaks by HTTP has none where nobody looks.
   */
  #look(): void {
    if (document.hidden && this.#polls) {
      if (!this.#socket) return;
      this.stop();
      this.start();
    } else if (!this.#heard) this.#closed(1006);
    else {
      this.#heard = false;
      this.#send('server.info', {}, 2);
    }
  }

  /** 4001: this page, or this visitor, may not. The panel knows what to do then. */
  #closed(code: number): void {
    const after = backoff(this.#attempt);
    if (!this.#open) this.#polls = ++this.#attempt % 3 > 1;
    this.stop();
    if (code !== 4001) this.#timer = setTimeout(() => this.start(), after);
  }
}
