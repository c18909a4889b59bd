// SPDX-License-Identifier: MIT
import type { ComponentClass } from 'preact';
import type { Locale } from '../locales/index';
import type { RatingProps } from '../rating/rating';
import type { Chat } from '../state/chat';

/** What every view is given. */
export interface View {
  chat: Chat;
  locale: Locale;
  /** What the site is called here, once that is known. */
  name: string | undefined;
  /** What asks how it was, once it has been needed. */
  Rating: ComponentClass<RatingProps> | undefined;
  open: boolean;
  /** A phone or tablet: no keyboard until the visitor asks for one. */
  touch: boolean;
  close(): void;
}

export interface ViewProps {
  view: View;
}
