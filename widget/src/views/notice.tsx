// SPDX-License-Identifier: MIT
import type { VNode } from '../render/element';
import { h } from '../render/element';
import type { ViewProps } from './view';

/** One line about the connection when there is something to say. It lies over the conversation, so nothing jumps. */
export function Notice({ view }: ViewProps): VNode {
  const { chat, locale } = view;
  let text = '';
  if (chat.link === 'refused') text = locale.strings.notHere;
  else if (chat.troubled) text = locale.strings.noConnection;
  return (
    <div class="notice" role="status">
      {text && <p>{text}</p>}
    </div>
  );
}
