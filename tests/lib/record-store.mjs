// SPDX-License-Identifier: GPL-3.0-or-later

const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
};

/** The channel that it is of, if any. */
const channelOf = (record) => (record.type === 'channel' ? record.id : record.type === 'team_message' && record.conversation_id);

/** What a client keeps: records by type and id, and the highest revision that it has applied. */
export class RecordStore {
  applied = 0;
  /** The server's epoch that this revision belongs to. */
  epoch = 0;
  /** Whether the first copy has been had whole. */
  complete = false;
  #records = new Map();
  #forgotten = new Map();

  /** Rule 3 of docs/protocol.md: a record is kept unless one with a higher revision is at hand. */
  apply(records) {
    for (const record of records) {
      const key = `${record.type} ${record.id}`;
      const known = this.#records.get(key)?.rev ?? this.#forgotten.get(key) ?? 0;
      if (record.rev < known) continue;
      if (record.deleted) {
        if (record.type === 'channel_member') this.#leave(this.#records.get(key)?.channel_id);
        this.#records.delete(key);
        this.#forgotten.set(key, record.rev);
      } else {
        this.#records.set(key, record);
        this.#forgotten.delete(key);
      }
    }
  }

  /** An answer can be older than what the stream has told since: what it brings of a channel without a seat, or from before the seat, is not kept. */
  applyAnswer(records) {
    this.apply(records.filter((record) => record.type === 'channel_member'));
    const joined = new Map(this.all('channel_member').map((seat) => [seat.channel_id, seat.joined]));
    const isLate = (record) => channelOf(record) && !record.deleted && !(joined.get(channelOf(record)) <= (record.position ?? Infinity));
    this.apply(records.filter((record) => record.type !== 'channel_member' && !isLate(record)));
  }

  /** Who has no seat in a channel any longer keeps nothing of it. */
  #leave(channelId) {
    if (!channelId) return;
    for (const [key, record] of this.#records) {
      if (key === `channel ${channelId}` || record.conversation_id === channelId) this.#records.delete(key);
    }
  }

  /** A seat that came and went while the copy was paged left no name: with the last page, what is in a channel without a seat goes. */
  sweep() {
    const seats = new Set(this.all('channel_member').map((seat) => seat.channel_id));
    for (const [key, record] of this.#records) {
      const channel = channelOf(record);
      if (channel && !seats.has(channel)) this.#records.delete(key);
    }
  }

  get(type, id) {
    return this.#records.get(`${type} ${id}`);
  }

  all(type) {
    return [...this.#records.values()].filter((record) => record.type === type);
  }

  /** The messages of a conversation, or of a channel, in their order. */
  messages(conversationId) {
    return [...this.all('message'), ...this.all('team_message')]
      .filter((message) => message.conversation_id === conversationId)
      .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
  }

  copy() {
    const copy = new RecordStore();
    copy.applied = this.applied;
    copy.epoch = this.epoch;
    copy.complete = this.complete;
    copy.#records = new Map(this.#records);
    copy.#forgotten = new Map(this.#forgotten);
    return copy;
  }

  /** The same text for the same state, one record a line. */
  toString() {
    return [...this.#records.keys()].sort().map((key) => JSON.stringify(sorted(this.#records.get(key)))).join('\n');
  }
}

/** The lines that only one of two states has, for a failed test to show. */
export function differences(left, right) {
  const [a, b] = [left, right].map((store) => new Set(store.toString().split('\n')));
  return [
    ...[...a].filter((line) => !b.has(line)).map((line) => `- ${line}`),
    ...[...b].filter((line) => !a.has(line)).map((line) => `+ ${line}`),
  ].join('\n');
}
