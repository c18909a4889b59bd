// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { h } from 'preact';
import { Composer } from './composer';
import { Header } from './header';
import { Log } from './log';
import { Notice } from './notice';
import type { ViewProps } from './view';

/** The panel: who, what was said, and where to write. */
export function App({ view }: ViewProps): JSX.Element {
  const { chat, locale, name, open, close } = view;
  return (
    <section
      id="panel"
      class="panel"
      role="dialog"
      aria-label={name ? `${locale.strings.chat}, ${name}` : locale.strings.chat}
      tabIndex={-1}
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
