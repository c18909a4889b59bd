// SPDX-License-Identifier: MIT
import { CallError } from '../transport/call-error';
import { newId } from './ids';
import type { Storage } from './storage';
import { keysOf } from './storage';

/** A message of the visitor that the server has not acknowledged yet. */
export interface Entry {
  /** The message's id. */
  id: string;
  text: string;
  /** Ids of files that it takes, all of them in the conversation `place`. */
  files?: string[];
  place?: string;
  created_at: number;
  /** The tab that wrote it and sends it, unless that tab is gone. */
  owner: string;
  /** When its tab last dealt with it. */
  touched_at: number;
  /** Where it goes, fixed at the first attempt: a repeat must be the same call. */
  target?: { conversation_id: string; start: boolean };
  /** Why the server refused it. */
  failed?: string;
}

/** Files that go with a message, and where they are. */
export type Attached = Pick<Entry, 'files' | 'place'>;

export interface OutboxEvents {
  /** Whether messages can be sent now. */
  ready(): boolean;
  /** The conversation that a new message belongs to, if there is one. */
  current(): string | undefined;
  /** Sends; resolves when the server has it. Rejects with CallError. */
  deliver(entry: Entry & { target: NonNullable<Entry['target']> }): Promise<unknown>;
  changed(): void;
}

const PREFIX = 'out:';
/** An entry that its tab has not touched for so long is sent by any other. A double would be harmless: its id is the same. */
const ORPHAN_AFTER = 15_000;
const RETRY_AFTER = 2000;

/** Messages on their way, kept in the browser's storage until they are acknowledged. One at a time, in the order written. */
export class Outbox {
  readonly #storage: Storage;
  readonly #owner: string;
  readonly #events: OutboxEvents;
  #sending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(storage: Storage, owner: string, events: OutboxEvents) {
    this.#storage = storage;
    this.#owner = owner;
    this.#events = events;
  }

  /** What waits, in the order written; all tabs of the visitor see the same. */
  entries(): Entry[] {
    return keysOf(this.#storage)
      .filter((key) => key.startsWith(PREFIX))
      .sort()
      .map((key) => this.#read(key.slice(PREFIX.length)))
      .filter((entry) => entry !== undefined);
  }

  /** Stores a message; it is sent as soon as it can be. */
  add(text: string, files?: Attached): void {
    const now = Date.now();
    this.#write({ id: newId(), text, ...files, created_at: now, owner: this.#owner, touched_at: now });
    this.pump();
  }

  /** Sends a refused message once more. Nothing of it was stored, so it may go another way than before. */
  retry(id: string): void {
    const entry = this.#read(id);
    if (!entry) return;
    const { failed: _failed, target: _target, ...rest } = entry;
    this.#write({ ...rest, owner: this.#owner, touched_at: Date.now() });
    this.pump();
  }

  /** The conversations that messages were meant for are another visitor's now: each finds its way anew. */
  reroute(): void {
    for (const { target: _target, ...rest } of this.entries()) this.#write(rest);
  }

  /** Forgets a message: acknowledged, seen among the records, or no longer wanted. */
  remove(id: string): void {
    if (!this.#read(id)) return;
    this.#storage.remove(PREFIX + id);
    this.#events.changed();
  }

  /** Sends what can be sent. Call whenever that may have changed. */
  pump(): void {
    clearTimeout(this.#timer);
    if (this.#sending || !this.#events.ready()) return;
    const waiting = this.entries().filter((entry) => entry.failed === undefined);
    const now = Date.now();
    const entry = waiting.find((one) => one.owner === this.#owner || now - one.touched_at >= ORPHAN_AFTER);
    if (entry) void this.#send(entry);
    else if (waiting.length > 0) this.#later(ORPHAN_AFTER);
  }

  async #send(entry: Entry): Promise<void> {
    const current = entry.place ?? this.#events.current();
    const target = entry.target ?? { conversation_id: current ?? newId(), start: current === undefined };
    const sent = { ...entry, target, owner: this.#owner, touched_at: Date.now() };
    this.#write(sent);
    this.#sending = true;
    let wait = 0;
    try {
      await this.#events.deliver(sent);
      this.remove(entry.id);
    } catch (thrown) {
      const error = CallError.from(thrown);
      if (error.transient) wait = error.retryAfter || RETRY_AFTER;
      else if (error.reason !== 'lost' && this.#read(entry.id)) this.#write({ ...sent, failed: error.reason });
      else wait = RETRY_AFTER;
    }
    this.#sending = false;
    if (wait) this.#later(wait);
    else this.pump();
  }

  #later(milliseconds: number): void {
    this.#timer = setTimeout(() => this.pump(), milliseconds);
  }

  #read(id: string): Entry | undefined {
    try {
      return JSON.parse(this.#storage.get(PREFIX + id) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  }

  #write(entry: Entry): void {
    this.#storage.put(PREFIX + entry.id, entry);
    this.#events.changed();
  }
}
