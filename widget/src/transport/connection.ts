// SPDX-License-Identifier: MIT
import type { OpenParams, OpenResult } from '../protocol';
import { json } from '../state/json';
import { backoff, restartDelay } from './backoff';
import { CallError, callError } from './call-error';
import type { PollSocket } from './poll-socket';

/** `waiting` is between two attempts; `refused` is for good: this page may not talk to this server. */
export type Link = 'idle' | 'connecting' | 'online' | 'waiting' | 'refused';

export interface ConnectionEvents {
  /** The params of `session.open`, asked for at each attempt. */
  hello(): OpenParams;
  opened(result: OpenResult): void;
  notified(method: string, params: unknown): void;
  linked(link: Link): void;
  /** The server doesn't know our token (any more): the next attempt needs another one. */
  unauthenticated(): void;
}

const OPEN_WITHIN = 15_000;
const PROBE_AFTER = 30_000;
const DROP_AFTER = 15_000;
/** What waits so long for its answer in silence makes us ask, with less patience: somebody wrote and wants to know. */
const DOUBT_AFTER = 10_000;
const ANSWER_WITHIN = 5_000;
const STEADY_AFTER = 10_000;
const NEW_TOKEN = ['unauthenticated', 'expired', 'revoked'];
const NEVER_AGAIN = ['bad_origin', 'bad_site', 'disabled'];

type Socket = WebSocket | PollSocket;

interface Waiter {
  resolve(result: unknown): void;
  reject(error: CallError): void;
}

/** One lasting WebSocket to the daemon: JSON-RPC calls and notifications, keep-alive, reconnecting. */
export class Connection {
  link: Link = 'idle';
  readonly #url: string;
  readonly #events: ConnectionEvents;
  #socket: Socket | undefined;
  /** Attempts since a WebSocket opened. Each third is made by HTTP, where the next ones stay as long as that works. */
  #vain = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #waiters = new Map<number, Waiter>();
  #lastId = 0;
  #attempt = 0;
  #onlineSince = 0;
  #heardAt = 0;
  /** When we began to wait for answers, having waited for none. */
  #askedAt = 0;
  #probed = false;

  constructor(url: string, events: ConnectionEvents) {
    this.#url = url;
    this.#events = events;
  }

  /** Connects, and stays connected until `stop`. At once, also when waiting for the next attempt. */
  start(): void {
    if (this.link === 'idle' || this.link === 'waiting') this.#connect();
  }

  /** Disconnects until the next `start`. */
  stop(): void {
    this.#attempt = 0;
    this.#abandon();
    this.#setLink('idle');
  }

  /** Gives the socket up and comes back after a while. */
  reconnect(after = backoff(this.#attempt++)): void {
    this.#abandon();
    this.#setLink('waiting');
    this.#timer = setTimeout(() => this.#connect(), after);
  }

  /** The network went away, says the browser. Whatever the socket looks like, it is given up. */
  networkLost(): void {
    if (this.link === 'online' || this.link === 'connecting') this.#dropped();
  }

  /** The network returned, perhaps as another one: an attempt that waits or hangs begins anew, and an open socket must answer. */
  networkBack(): void {
    if (this.link === 'online') this.#probe(ANSWER_WITHIN);
    else if (this.link === 'waiting' || this.link === 'connecting') {
      this.#attempt = 0;
      this.#connect();
    }
  }

  /** Calls a method. Rejects with CallError only. */
  call<Result>(method: string, params: object = {}): Promise<Result> {
    if (this.link !== 'online') return Promise.reject(new CallError('lost'));
    return this.#request(method, params);
  }

  /** Says something that needs no answer, if there is anybody to hear it. */
  notify(method: string, params: object): void {
    if (this.link === 'online') this.#send({ jsonrpc: '2.0', method, params });
  }

  #connect(): void {
    this.#abandon();
    this.#setLink('connecting');
    const timer = (this.#timer = setTimeout(() => this.reconnect(), OPEN_WITHIN));
    if (this.#vain++ % 3 < 2) {
      try {
        return this.#use(new WebSocket(this.#url));
      } catch {
        this.#vain = 3; // there are none on this page
      }
    }
    import('./poll-socket').then(({ PollSocket }) => timer === this.#timer && this.#use(new PollSocket(this.#url)), () => {});
  }

  #use(socket: Socket): void {
    this.#socket = socket;
    socket.onopen = () => this.#open();
    socket.onmessage = (event: { data: unknown }) => this.#receive(event.data);
    socket.onclose = (event: { code: number; reason: string }) => this.#closed(event.code, event.reason);
  }

  #open(): void {
    this.#request<OpenResult>('session.open', this.#events.hello()).then(
      (result) => {
        clearTimeout(this.#timer);
        this.#vain -= this.#vain % 3 || 1;
        this.#onlineSince = Date.now();
        this.#setLink('online');
        this.#watch();
        this.#events.opened(result);
      },
      (error: CallError) => {
        if (error.reason !== 'lost') this.#turnedAway(error.reason, error.retryAfter);
      },
    );
  }

  #request<Result>(method: string, params: object): Promise<Result> {
    const id = ++this.#lastId;
    const first = this.#waiters.size === 0;
    return new Promise<Result>((resolve, reject) => {
      this.#waiters.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.#send({ jsonrpc: '2.0', id, method, params });
      if (!first) return;
      this.#askedAt = Date.now();
      if (this.link === 'online' && !this.#probed) this.#watch();
    });
  }

  #send(frame: object): void {
    this.#socket?.send(json(frame));
  }

  #receive(data: unknown): void {
    this.#heardAt = Date.now();
    this.#probed = false;
    let frame;
    try {
      frame = JSON.parse(String(data));
    } catch {
      this.reconnect();
      return;
    }
    if (typeof frame.method === 'string') {
      if (this.link === 'online') this.#events.notified(frame.method, frame.params ?? {});
      return;
    }
    const waiter = this.#waiters.get(frame.id);
    this.#waiters.delete(frame.id);
    if (frame.error) waiter?.reject(callError(frame.error));
    else waiter?.resolve(frame.result ?? {});
  }

  #closed(code: number, reason: string): void {
    if (code === 4001) this.#turnedAway(reason, 0);
    else if (code === 1012) this.reconnect(restartDelay());
    else this.#dropped();
  }

  /** Only a connection that held for a while takes the back-off to its beginning. */
  #dropped(after?: number): void {
    if (this.link === 'online' && Date.now() - this.#onlineSince > STEADY_AFTER) this.#attempt = 0;
    this.reconnect(after);
  }

  #turnedAway(reason: string, retryAfter: number): void {
    if (NEVER_AGAIN.includes(reason)) {
      this.#abandon();
      this.#setLink('refused');
      return;
    }
    if (NEW_TOKEN.includes(reason)) this.#events.unauthenticated();
    this.#dropped(Math.max(retryAfter, backoff(this.#attempt++)));
  }

  /** Pings are invisible here, so silence is broken by a question; no answer to it means that nobody is there. */
  #watch(): void {
    const now = Date.now();
    this.#heardAt = Math.min(this.#heardAt, now); // a clock that was put back
    const silent = now - this.#heardAt;
    const unanswered = this.#waiters.size > 0 ? now - Math.max(this.#heardAt, Math.min(this.#askedAt, now)) : 0;
    clearTimeout(this.#timer);
    if (unanswered >= DOUBT_AFTER) this.#probe(ANSWER_WITHIN);
    else if (silent >= PROBE_AFTER) this.#probe(DROP_AFTER);
    else this.#timer = setTimeout(() => this.#watch(), Math.min(PROBE_AFTER - silent, this.#waiters.size > 0 ? DOUBT_AFTER - unanswered : Infinity));
  }

  /** Asks whether anybody is there; gives up when nothing at all has come after so long. */
  #probe(within: number): void {
    clearTimeout(this.#timer);
    this.#probed = true;
    this.#timer = setTimeout(() => this.#probed ? this.#dropped() : this.#watch(), within);
    this.#request('server.info', {}).catch(() => {});
  }

  #abandon(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close(1000);
    }
    for (const waiter of this.#waiters.values()) waiter.reject(new CallError('lost'));
    this.#waiters.clear();
  }

  #setLink(link: Link): void {
    if (this.link === link) return;
    this.link = link;
    this.#events.linked(link);
  }
}
