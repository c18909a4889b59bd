// SPDX-License-Identifier: MIT
import type { AnyRecord, Changes, Conversation, File, Message, ReadMark, RecordsResult, Site, Visitor } from '../protocol';

/** The visitor's copy of the server's records, and the revision up to which it is complete. Never changed, only replaced. */
export interface Records {
  readonly applied: number;
  /** The server's epoch that the revisions belong to. */
  readonly epoch: number;
  /** The revision of every record seen, tombstones too, by "type id". */
  readonly revs: ReadonlyMap<string, number>;
  readonly site: Site | undefined;
  readonly visitor: Visitor | undefined;
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly messages: ReadonlyMap<string, Message>;
  readonly marks: ReadonlyMap<string, ReadMark>;
  readonly attached: ReadonlyMap<string, File>;
}

export const noRecords: Records = {
  applied: 0,
  epoch: 0,
  revs: new Map(),
  site: undefined,
  visitor: undefined,
  conversations: new Map(),
  messages: new Map(),
  marks: new Map(),
  attached: new Map(),
};

/** A copy to be filled before it is given away. */
interface Draft {
  applied: number;
  epoch: number;
  revs: Map<string, number>;
  site: Site | undefined;
  visitor: Visitor | undefined;
  conversations: Map<string, Conversation>;
  messages: Map<string, Message>;
  marks: Map<string, ReadMark>;
  attached: Map<string, File>;
}

function applyOne(draft: Draft, record: AnyRecord): void {
  const { type, id, deleted } = record;
  const key = `${type} ${id}`;
  const rev = record.rev ?? 0;
  if (rev < (draft.revs.get(key) ?? 0)) return;
  const map = ({ conversation: draft.conversations, message: draft.messages, read_mark: draft.marks, file: draft.attached } as Partial<Record<string, Map<string, object>>>)[type];
  if (map) deleted ? map.delete(id) : map.set(id, record);
  else if (type === 'site' || type === 'visitor') (draft as Record<typeof type, AnyRecord | undefined>)[type] = deleted ? undefined : record;
  else return;
  draft.revs.set(key, rev);
}

/** Takes in records, wherever they came from. Unknown types are passed over, older revisions change nothing. */
export function apply(state: Records, records: readonly AnyRecord[] = []): Records {
  const draft: Draft = {
    ...state,
    revs: new Map(state.revs),
    conversations: new Map(state.conversations),
    messages: new Map(state.messages),
    marks: new Map(state.marks),
    attached: new Map(state.attached),
  };
  for (const record of records) applyOne(draft, record);
  return draft;
}

/** Takes in a page of `session.open` or `sync.changes`. */
export function catchUp(state: Records, page: RecordsResult): Records {
  return { ...apply(state, page.records), applied: Math.max(state.applied, page.rev ?? 0), epoch: page.epoch ?? 0 };
}

/** Takes in a live frame. Undefined when something before it is missing: then the caller has to catch up. */
export function applyChanges(state: Records, frame: Changes): Records | undefined {
  const rev = frame.rev ?? 0;
  if ((frame.prev ?? 0) > state.applied) return undefined;
  if (rev <= state.applied) return state;
  return { ...apply(state, frame.records), applied: rev };
}

/** From where to go on. */
export function cursor({ applied, epoch }: Records): { since: number; epoch?: number } {
  return epoch ? { since: applied, epoch } : { since: applied };
}

/** The order of a conversation, and of everything that a visitor sees. */
export function byPosition(a: Message, b: Message): number {
  return (a.position ?? 0) - (b.position ?? 0) || (a.id < b.id ? -1 : 1);
}

/** The conversation that a new message belongs to: the open one, or else the last. */
export function currentConversation(state: Records): Conversation | undefined {
  let best: Conversation | undefined;
  for (const one of state.conversations.values()) {
    const rank = (c: Conversation): number => (c.status === 'open' ? Infinity : (c.last_position ?? 0));
    if (!best || rank(one) > rank(best)) best = one;
  }
  return best;
}

function ownPosition(state: Records, conversation: string): number {
  for (const mark of state.marks.values())
    if (mark.conversation_id === conversation && mark.reader_kind === 'visitor') return mark.position;
  return 0;
}

/** How far an agent has read in a conversation. */
export function seenPosition(state: Records, conversation: string): number {
  let position = 0;
  for (const mark of state.marks.values())
    if (mark.conversation_id === conversation && mark.reader_kind === 'agent') position = Math.max(position, mark.position);
  return position;
}

/** The team's text messages that the visitor has not read yet, in order. */
export function unreadMessages(state: Records): Message[] {
  return [...state.messages.values()]
    .filter((m) => m.kind === 'text' && m.author_kind !== 'visitor' && (m.position ?? 0) > ownPosition(state, m.conversation_id))
    .sort(byPosition);
}
