// SPDX-License-Identifier: MIT
import type { Locale } from '../locales/index';
import type { Chat } from '../state/chat';

/** What every view is given. */
export interface View {
  chat: Chat;
  locale: Locale;
  open: boolean;
  /** A phone or tablet: no keyboard until the visitor asks for one. */
  touch: boolean;
  close(): void;
}

export interface ViewProps {
  view: View;
}
