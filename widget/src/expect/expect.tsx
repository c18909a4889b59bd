// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import type { Parts, Tools, View, ViewProps } from '../views/view';
import css from './expect.css';
import { dayAndTime, duration } from './times';
import english from './words';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

/** Whether the team has said something since the visitor did. */
function answered({ chat }: View): boolean {
  const bubbles = chat.items().filter((item) => item.kind === 'bubble');
  const last = bubbles[bubbles.length - 1];
  return !!last && last.kind === 'bubble' && !last.mine;
}

/** Whether somebody of the team has written in the conversation that goes on. */
function talking({ chat: { conversation, records } }: View): boolean {
  return conversation?.status === 'open' && [...records.messages.values()].some((one) => one.conversation_id === conversation.id && one.kind === 'text' && one.author_kind === 'agent');
}

function text(view: View): string | undefined {
  const { chat, locale } = view;
  const words = locale.strings.expect ?? english;
  if (chat.closed) return chat.until && chat.until > Date.now() && !answered(view) ? words.back.replace('{}', () => dayAndTime(chat.until!, locale.tag, locale.moment)) : undefined;
  return chat.soon && !talking(view) ? words.usual.replace('{}', () => duration(chat.soon!, locale.tag)) : undefined;
}

/** Says what a visitor may expect who waits for an answer: when the team is back, or how soon it usually replies. */
export default function expect({ h, Base, launcher }: Own): Parts {
  launcher.addStyle(css);
  class Expect extends Base<ViewProps> {
    render({ view }: ViewProps): VNode | null {
      const said = view.chat.caughtUp && text(view);
      return said ? <p class="expect">{said}</p> : null;
    }
  }
  return { Expect };
}
