// SPDX-License-Identifier: MIT
import type { AnyRecord, OpenParams } from '../protocol';
import { json } from '../state/json';
import { backoff } from '../transport/backoff';

const PROBE_EVERY = 30_000;
const DROP_AFTER = 70_000;

export interface LineEvents {
  hello(): OpenParams;
  opened(): void;
  /** A frame of the server, as it came. */
  heard(frame: { method?: string; params?: { records?: AnyRecord[] }; result?: { records?: AnyRecord[] } }): void;
}

/** A socket that says where the visitor is, until the panel has one. It never waits for an answer but the first. */
export class Line {
  readonly #url: string;
  readonly #events: LineEvents;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #probe: ReturnType<typeof setInterval> | undefined;
  #open = false;
  #attempt = 0;
  #heardAt = 0;

  constructor(server: string, events: LineEvents) {
    this.#url = server.replace(/^http/, 'ws') + 'api/v1/socket';
    this.#events = events;
  }

  start(): void {
    if (this.#socket) return;
    clearTimeout(this.#timer);
    let socket: WebSocket;
    try {
      socket = new WebSocket(this.#url);
    } catch {
      return; // A page whose policy forbids the address.
    }
    this.#socket = socket;
    socket.onopen = () => this.#send(1, 'session.open', this.#events.hello());
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = (event) => this.#closed(event.code);
    this.#heardAt = Date.now();
    clearInterval(this.#probe);
    this.#probe = setInterval(() => this.#look(), PROBE_EVERY);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#probe);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#open = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(1000);
  }

  notify(method: string, params: object): void {
    if (this.#open) this.#send(undefined, method, params);
  }

  #send(id: number | undefined, method: string, params: object): void {
    this.#socket?.send(json({ jsonrpc: '2.0', id, method, params }));
  }

  #receive(data: unknown): void {
    this.#heardAt = Date.now();
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

  /** The server's pings are invisible here: whether anybody is there is asked. */
  #look(): void {
    if (Date.now() - this.#heardAt > DROP_AFTER) this.#closed(1006);
    else if (this.#open) this.#send(2, 'server.info', {});
  }

  /** 4001: this page, or this visitor, may not. The panel knows what to do then. */
  #closed(code: number): void {
    this.stop();
    if (code !== 4001) this.#timer = setTimeout(() => this.start(), backoff(this.#attempt++));
  }
}
