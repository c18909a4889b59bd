// SPDX-License-Identifier: MIT
import type {
  Changes, Conversation, ConversationStartParams, Message, MessageListParams, MessageSendParams, OpenParams, OpenResult, RecordsResult, Signal,
} from '../protocol';
import { CallError } from '../transport/call-error';
import type { ConnectionEvents, Link } from '../transport/connection';
import { Connection } from '../transport/connection';
import type { Edge } from './history';
import { PAGE, historyEdge, stream } from './history';
import { newId, newToken } from './ids';
import type { Attached, Entry, OutboxEvents } from './outbox';
import { Outbox } from './outbox';
import type { Presence } from './presence';
import { TYPING_LASTS, hear, nobody, stopTyping } from './presence';
import type { Records } from './records';
import { apply, applyChanges, catchUp, currentConversation, cursor, noRecords, unreadMessages } from './records';
import { Storage, clear, onOtherTab, tabName } from './storage';
import { timeZone } from './time-zone';
import type { Item } from './timeline';
import { timeline } from './timeline';
import type { TypingSignal } from './typing-signal';

export interface ChatOptions {
  /** The daemon's address, ending in a slash. */
  server: string;
  site: string;
  client: string;
  locale(): string;
  changed(): void;
  /** A new message of the team. */
  arrived(message: Message): void;
  /** The server can be told something, until the connection is gone. */
  online(notify: (method: string, params: object) => void): void;
  /** The visitor was forgotten, here or in another tab. */
  signedOut(): void;
}

/** What stands in the way of a message that waits for its files. */
export interface Tray {
  /** Sends a text with the files; false when they are not ready yet: then it is asked again once they are. */
  send(text: string): boolean;
}

const LOCALE_MAX = 35;
/** An id, a dot and 32 bytes in base64, as newToken() makes it. */
const TOKEN_LENGTH = 80;

/** One visitor's talk with one site: everything that the panel shows and does, without a document. */
export class Chat implements ConnectionEvents, OutboxEvents {
  readonly storage: Storage;
  records: Records = noRecords;
  presence: Presence = nobody;
  /** Whether the server has told us everything since the last connect. */
  caughtUp = false;
  /** Whether the site was outside its hours when we came. */
  closed: boolean | undefined = false;
  /** When it opens again, as far as that is known. */
  until: number | undefined;
  /** In how many minutes visitors usually get an answer, if that is told. */
  soon: number | undefined;
  loadingOlder = false;
  /** Whether the connection broke, or never came about, and is not back yet. */
  troubled = false;
  /** Which visitor this is: counted up when one is forgotten. */
  generation = 0;
  /** Has the files that are to go with the next message, as long as there are any. */
  tray: Tray | undefined;
  /** Called each time when we are up to date. */
  waiting: (() => void) | undefined;
  /** Says what is being typed, once something was. */
  typing: TypingSignal | undefined;
  #older = new Map<string, boolean>();
  readonly #options: ChatOptions;
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  /** What comes before we were up to date for the first time is not news. */
  #live = false;
  #syncing = false;
  /** The highest revision of a frame that had to be dropped. */
  #missed = 0;
  #readUpTo = new Map<string, number>();
  #typingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.storage = new Storage(options.site);
    this.#connection = new Connection(options.server.replace(/^http/, 'ws') + 'api/v1/socket', this);
    this.#outbox = new Outbox(this.storage, tabName(options.site, newId()), this);
    onOtherTab(options.site, (key) => this.#otherTab(key));
  }

  get link(): Link {
    return this.#connection.link;
  }

  /** Whether this visitor ever wrote something that may still be answered. */
  get talked(): boolean {
    return this.storage.get('talked') !== undefined;
  }

  /** The open conversation, or else the last. */
  get conversation(): Conversation | undefined {
    return currentConversation(this.records);
  }

  get unread(): number {
    return unreadMessages(this.records).length;
  }

  /** Whether the site asks something before a conversation begins, and has not been told yet. */
  get asks(): boolean {
    const { site, conversations } = this.records;
    const { on, fields } = site?.form ?? {};
    // What is asked at other times is no reason, but where nothing can be left somebody has to say so.
    const asked = (this.closed && site?.offline?.messages_off) || fields?.some((field) => !field.during && field.asked !== (this.closed ? 'open' : 'closed') && (field.kind !== 'department' || field.offered));
    return !!on && !!asked && !conversations.size && !this.storage.get('reply');
  }

  /** Where older messages can be loaded from, if there are any. */
  get edge(): Edge | undefined {
    return historyEdge(this.records, this.#older);
  }

  items(): Item[] {
    return timeline(this.records, stream(this.records, this.edge), this.#outbox.entries());
  }

  /** Whether messages can be sent. */
  ready(): boolean {
    return this.link === 'online' && this.caughtUp && !this.asks;
  }

  /** The conversation that a new message belongs to, if there is one. */
  current(): string | undefined {
    return this.storage.get('anew') ? undefined : this.conversation?.id;
  }

  changed(): void {
    this.#options.changed();
  }

  /** Connects and stays connected. */
  start(): void {
    this.#connection.start();
  }

  /** Disconnects, keeping everything; `start` goes on from there. */
  pause(): void {
    this.#connection.stop();
  }

  networkLost(): void {
    this.#connection.networkLost();
  }

  networkBack(): void {
    this.#connection.networkBack();
  }

  send(text: string, files?: Attached): void | boolean {
    this.typing?.stop(false);
    this.storage.set('talked', '1');
    this.#outbox.add(text, files);
    this.start();
  }

  retry(id: string): void {
    this.#outbox.retry(id);
  }

  discard(id: string): void {
    this.#outbox.remove(id);
  }

  /** Tells the team that everything up to the newest message was seen. */
  markRead(): void {
    if (this.link !== 'online') return;
    const newest = new Map<string, number>();
    for (const message of unreadMessages(this.records)) newest.set(message.conversation_id, message.position ?? 0);
    for (const [conversation_id, position] of newest) {
      if (position <= (this.#readUpTo.get(conversation_id) ?? 0)) continue;
      this.#readUpTo.set(conversation_id, position);
      this.write('conversation.read', { conversation_id, position }).catch((error: CallError) => {
        if (error.reason === 'lost' || error.transient) this.#readUpTo.delete(conversation_id);
      });
    }
  }

  /** Loads what was said before what is shown. */
  async loadOlder(): Promise<void> {
    const edge = this.edge;
    if (!edge || this.loadingOlder || this.link !== 'online') return;
    this.loadingOlder = true;
    this.changed();
    try {
      const params: MessageListParams = { conversation_id: edge.conversation, before: edge.position, limit: PAGE };
      const page = await this.#connection.call<RecordsResult>('message.list', params);
      this.#older.set(edge.conversation, page.more === true && (page.records ?? []).length > 0);
      this.records = apply(this.records, page.records);
    } catch {
      // Asked again at the next scroll.
    }
    this.loadingOlder = false;
    this.changed();
  }

  /** Forgets this visitor in this browser. What they wrote stays with the team. */
  logout(): void {
    this.waiting = undefined;
    clear(this.storage);
    this.#leave();
  }

  #leave(): void {
    this.#connection.stop();
    this.generation++;
    this.#reset();
    this.#options.signedOut();
  }

  /** Our token opens nothing (any more): go on as a new visitor, with what was not sent yet. */
  unauthenticated(): void {
    this.storage.remove('token');
    this.#outbox.reroute();
    this.#reset();
  }

  #reset(): void {
    this.records = noRecords;
    this.presence = nobody;
    this.#older.clear();
    this.#readUpTo.clear();
    this.caughtUp = false;
    this.#live = false;
    this.#missed = 0;
    this.changed();
  }

  hello(): OpenParams {
    let token = this.storage.get('token');
    if (token?.length !== TOKEN_LENGTH) {
      this.storage.set('token', newToken());
      // Read back: another tab may have been quicker.
      token = this.storage.get('token');
    }
    return { token, site: this.#options.site, ...cursor(this.records), client: this.#options.client, locale: this.#options.locale().slice(0, LOCALE_MAX), time_zone: timeZone() };
  }

  opened(result: OpenResult): void {
    if (result.reset) {
      // The server was restored: what we know may not be so any more, and what waits finds its way anew.
      this.#outbox.reroute();
      this.#reset();
    }
    this.presence = (result.signals ?? []).reduce((presence, signal) => hear(presence, signal), nobody);
    this.closed = result.opening?.closed;
    this.until = result.opening?.until;
    this.soon = result.opening?.reply_minutes;
    this.#take(catchUp(this.records, result));
    if (result.more) void this.#sync();
    else this.#complete();
  }

  #complete(): void {
    this.caughtUp = true;
    this.#live = true;
    if (this.records.conversations.size > 0 && !this.talked) this.storage.set('talked', '1');
    this.waiting?.();
    this.#outbox.pump();
    this.#options.online((method, params) => this.#connection.notify(method, params));
    this.changed();
  }

  linked(): void {
    if (this.link === 'waiting') this.troubled = true;
    if (this.link === 'online' || this.link === 'idle') this.troubled = false;
    if (this.link !== 'online') {
      this.caughtUp = false;
      this.presence = nobody;
    }
    this.changed();
  }

  notified(method: string, params: unknown): void {
    if (method === 'changes') this.#pushed(params as Changes);
    else if (method === 'signal') this.#heard(params as Signal);
  }

  #pushed(frame: Changes): void {
    const next = applyChanges(this.records, frame);
    if (next) {
      this.#take(next);
      return;
    }
    this.#missed = Math.max(this.#missed, frame.rev ?? 0);
    void this.#sync();
  }

  /** Asks for everything since the last revision, until nothing is missing. */
  async #sync(): Promise<void> {
    if (this.#syncing) return;
    this.#syncing = true;
    try {
      let page: RecordsResult;
      do {
        page = await this.#syncPage();
        this.#take(catchUp(this.records, page));
      } while (page.more || this.#missed > this.records.applied);
      this.#syncing = false;
      this.#complete();
    } catch (error) {
      this.#syncing = false;
      // Without an answer there is no way on but a new beginning, which asks the same.
      if (CallError.from(error).reason !== 'lost') this.#connection.reconnect();
    }
  }

  async #syncPage(): Promise<RecordsResult> {
    for (;;) {
      try {
        return await this.#connection.call<RecordsResult>('sync.changes', cursor(this.records));
      } catch (thrown) {
        const error = CallError.from(thrown);
        if (!error.transient) throw error;
        await new Promise((resolve) => setTimeout(resolve, error.retryAfter || 1000));
      }
    }
  }

  #heard(signal: Signal): void {
    this.presence = hear(this.presence, signal);
    clearTimeout(this.#typingTimer);
    if (this.presence.typing)
      this.#typingTimer = setTimeout(() => {
        this.presence = stopTyping(this.presence);
        this.changed();
      }, TYPING_LASTS);
    this.changed();
  }

  /** Makes a call that changes something. The records of its answer never move `applied`. */
  async write(method: string, params: object): Promise<RecordsResult> {
    const result = await this.#connection.call<RecordsResult>(method, params);
    this.#take(apply(this.records, result.records));
    return result;
  }

  /** The token in our storage is another visitor's now. */
  moved(): void {
    this.#reset();
    if (this.link !== 'idle') this.#connection.reconnect(0);
  }

  #take(next: Records): void {
    const before = this.records;
    this.records = next;
    const fresh = [...next.messages.values()].filter((message) => !before.messages.has(message.id) && message.kind === 'text');
    for (const message of fresh) {
      if (message.author_kind === 'visitor') this.#outbox.remove(message.id);
      else {
        this.presence = stopTyping(this.presence);
        if (this.#live) this.#options.arrived(message);
      }
    }
    this.changed();
  }

  deliver({ id, text, files, target: { conversation_id, start } }: Entry & { target: NonNullable<Entry['target']> }): Promise<unknown> {
    if (!start) return this.write('message.send', { id, conversation_id, text, files } satisfies MessageSendParams);
    const form = this.storage.get('reply');
    return this.write('conversation.start', { id: conversation_id, message_id: id, text, form: form && JSON.parse(form) } satisfies ConversationStartParams);
  }

  /** Tells the team what is being typed; undefined when it ended. */
  sayTyping(text: string | undefined): void {
    const { conversation } = this;
    if (!conversation) return;
    const active = text !== undefined;
    this.#connection.notify('signal.typing', { conversation_id: conversation.id, active, text: this.records.site?.peek_off ? undefined : text });
  }

  /** Another tab wrote, sent or was signed out: both show the same. */
  #otherTab(key: string | undefined): void {
    if (key?.startsWith('out:')) {
      this.#outbox.pump();
      this.changed();
    } else if (key === 'talked' && this.talked) {
      this.start();
    } else if (key === undefined || (key === 'token' && !this.storage.get('token'))) {
      this.#leave();
    } else if (key === 'token') {
      this.moved();
    }
  }
}
