// SPDX-License-Identifier: MIT
import type { Message, MessageEvent } from '../protocol';
import type { Entry } from './outbox';
import type { Records } from './records';
import { seenPosition } from './records';

export type Delivery = 'sending' | 'sent' | 'seen' | 'failed';

export interface DayItem {
  kind: 'day';
  key: string;
  at: number;
}

export interface EventItem {
  kind: 'event';
  key: string;
  event: MessageEvent;
  /** Who came, who left, or to whom the conversation went. */
  name: string;
  at: number;
}

export interface BubbleItem {
  kind: 'bubble';
  key: string;
  mine: boolean;
  author: string;
  /** The id of the agent who says it. */
  agent?: string | undefined;
  text: string;
  /** Ids of files. */
  files?: string[] | undefined;
  /** Its words were taken back. */
  removed?: boolean;
  at: number;
  /** The first and the last of a group of one author. */
  first: boolean;
  last: boolean;
  delivery?: Delivery;
  /** The word for why it was refused. */
  reason?: string | undefined;
}

export type Item = DayItem | EventItem | BubbleItem;

const GROUP_WITHIN = 180_000;

/** Events that a visitor is told of; newer servers know others. */
const SHOWN: readonly MessageEvent[] = ['assigned', 'unassigned', 'transferred', 'closed', 'reopened'];

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

function fromMessage(message: Message): BubbleItem | EventItem | undefined {
  if (message.kind === 'event' && message.event && SHOWN.includes(message.event))
    return { kind: 'event', key: message.id, event: message.event, name: message.target_name ?? message.author_name ?? '', at: message.created_at ?? 0 };
  if (message.kind !== 'text') return undefined;
  return {
    kind: 'bubble',
    key: message.id,
    mine: message.author_kind === 'visitor',
    author: message.author_name ?? '',
    agent: message.author_kind === 'agent' ? message.author_id : undefined,
    text: message.text ?? '',
    files: message.files,
    removed: !!message.removed_at,
    at: message.created_at ?? 0,
    first: true,
    last: true,
  };
}

function fromEntry({ id, text, files, created_at, failed }: Entry): BubbleItem {
  return { kind: 'bubble', key: id, mine: true, author: '', text, files, at: created_at, first: true, last: true, delivery: failed ? 'failed' : 'sending', reason: failed };
}

/** Joins what one author said in a short time, and puts a separator where a day begins. */
function arrange(items: readonly (BubbleItem | EventItem)[]): Item[] {
  const out: Item[] = [];
  let day: number | undefined;
  let before: BubbleItem | undefined;
  for (const item of items) {
    const { at } = item;
    if (day === undefined || !sameDay(day, at)) {
      out.push({ kind: 'day', key: `day ${item.key}`, at });
      before = undefined;
    }
    day = at;
    if (item.kind === 'bubble' && before && before.mine === item.mine && before.author === item.author && item.at - before.at < GROUP_WITHIN) {
      before.last = false;
      item.first = false;
    }
    before = item.kind === 'bubble' ? item : undefined;
    out.push(item);
  }
  return out;
}

/** What the log shows, top to bottom: days, events, and messages with their place in a group; what is unsent comes last. */
export function timeline(records: Records, messages: readonly Message[], outbox: readonly Entry[]): Item[] {
  const items: (BubbleItem | EventItem)[] = [];
  let lastOwn: BubbleItem | undefined;
  for (const message of messages) {
    const item = fromMessage(message);
    if (!item) continue;
    items.push(item);
    if (item.kind === 'bubble' && item.mine) {
      item.delivery = (message.position ?? 0) <= seenPosition(records, message.conversation_id) ? 'seen' : 'sent';
      if (lastOwn) delete lastOwn.delivery;
      lastOwn = item;
    }
  }
  for (const entry of outbox) {
    if (records.messages.has(entry.id)) continue;
    items.push(fromEntry(entry));
  }
  return arrange(items);
}
