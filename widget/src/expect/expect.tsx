// SPDX-License-Identifier: MIT
import type { VNode } from '../render/element';
import { h } from '../render/element';
import type { View, ViewProps } from '../views/view';
import { fill } from '../locales/index';
import { dayAndTime, duration } from './times';

/** Whether the team has said something since the visitor did. */
function answered({ chat }: View): boolean {
  const last = chat.items().filter((item) => item.kind === 'bubble').pop();
  return !!last && !last.mine;
}

/** Whether somebody of the team has written in the conversation that goes on. */
function talking({ chat: { conversation, records } }: View): boolean {
  return conversation?.status === 'open' && [...records.messages.values()].some((one) => one.conversation_id === conversation.id && one.kind === 'text' && one.author_kind === 'agent');
}

/** Says what a visitor may expect who waits for an answer: when the team is back, or how soon it usually replies. */
export function Expect({ view }: ViewProps): VNode | false | undefined {
  const { chat: { caughtUp, closed, until, soon }, locale: { strings: { expect }, tag, moment } } = view;
  const said = !caughtUp ? '' : closed ? until && until > Date.now() && !answered(view) && fill(expect.back, dayAndTime(until, tag, moment)) : soon && !talking(view) && fill(expect.usual, duration(soon, tag));
  return said ? <p class="expect">{said}</p> : undefined;
}
