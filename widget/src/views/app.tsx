// SPDX-License-Identifier: MIT
import type { VNode } from '../render/element';
import { h } from '../render/element';
import { Composer } from './composer';
import { Header } from './header';
import { Log } from './log';
import { Notice } from './notice';
import type { ViewProps } from './view';

/** The panel: who, what was said, and where to write. */
export function App({ view }: ViewProps): VNode {
  const { chat, locale, name, open, close } = view;
  return (
    <section
      id="panel"
      class="panel"
      role="dialog"
      aria-label={name ? `${locale.strings.chat}, ${name}` : locale.strings.chat}
      tabindex={-1}
      hidden={!open}
      onKeyDown={(event) => event.key === 'Escape' && !event.isComposing && close()}
    >
      <Header view={view} />
      <Notice view={view} />
      {chat.asks || [<Log view={view} />, <Composer key={chat.generation} view={view} />]}
      {view.Form && <view.Form key={chat.generation} view={view} />}
      <p class="brand">ChatFlow</p>
    </section>
  );
}
