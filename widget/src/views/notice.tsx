// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { h } from 'preact';
import type { ViewProps } from './view';

/** One line about the connection when there is something to say. It lies over the conversation, so nothing jumps. */
export function Notice({ view }: ViewProps): JSX.Element {
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
