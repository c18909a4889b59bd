// SPDX-License-Identifier: MIT
import type { Message } from '../protocol';
import type { Records } from './records';
import { byPosition } from './records';

/** How many messages of a conversation the server gives at once. */
export const PAGE = 50;

/** For each conversation whether there is more before what is loaded: absent where nobody has asked yet. */
export type OlderThere = ReadonlyMap<string, boolean>;

/** A place in the past from which older messages can be loaded. */
export interface Edge {
  conversation: string;
  position: number;
}

/**
 * All conversations of the visitor are one stream, in the order of positions. Where one of them is not loaded to its
 * beginning, the stream begins at its oldest loaded message: what is older would have a hole.
 */
export function historyEdge(records: Records, older: OlderThere): Edge | undefined {
  const oldest = new Map<string, { position: number; count: number }>();
  for (const message of records.messages.values()) {
    const position = message.position ?? 0;
    const known = oldest.get(message.conversation_id);
    oldest.set(message.conversation_id, { position: Math.min(position, known?.position ?? position), count: (known?.count ?? 0) + 1 });
  }
  let edge: Edge | undefined;
  for (const [conversation, { position, count }] of oldest)
    if ((older.get(conversation) ?? count >= PAGE) && (!edge || position > edge.position)) edge = { conversation, position };
  return edge;
}

/** The messages that can be shown without a hole, in order. */
export function stream(records: Records, edge: Edge | undefined): Message[] {
  return [...records.messages.values()].filter((m) => (m.position ?? 0) >= (edge?.position ?? 0)).sort(byPosition);
}
