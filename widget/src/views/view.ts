// SPDX-License-Identifier: MIT
import type { Component } from '../render/component';
import type { Children, ComponentClass, ComponentType } from '../render/element';
import type { Shell, Stand } from '../boot/shell';
import type { Locale } from '../locales/index';
import type { Message } from '../protocol';
import type { RatingProps } from '../rating/rating';
import type { Chat } from '../state/chat';
import type { BubbleItem } from '../state/timeline';

/** What the panel gives to the modules that it fetches, so that nothing is loaded twice. */
export interface Tools<Factory> {
  h: Factory;
  Base: typeof Component;
  newId(): string;
  launcher: Stand;
  server: string;
  site: string;
  emit: Shell['emit'];
}

/** What few need: each is a module of its own, here once it has been needed. */
export interface Parts {
  /** What asks how it was. */
  Rating?: ComponentClass<RatingProps> | undefined;
  /** What asks before it begins. */
  Form?: ComponentClass<ViewProps> | undefined;
  /** What asks while it goes on. */
  Ask?: ComponentClass<ViewProps> | undefined;
  /** What says when somebody answers. */
  Expect?: ComponentClass<ViewProps> | undefined;
  /** What opens the choices in the header; it also calls the visitor when they don't look. */
  Menu?: ComponentClass<ViewProps> | undefined;
  /** What opens the emoji in the composer, and what takes files. */
  Emoji?: ComponentType<ViewProps> | undefined;
  /** What shows the files of a message. */
  Files?: ((item: BubbleItem, view: View) => Children) | undefined;
  /** What shows the photo of an agent. */
  Photo?: ((agent: string, view: View) => Children) | undefined;
  /** What shows the marks in a text. */
  Rich?: ((text: string) => Children) | undefined;
  /** The last message of the team that has come since the page is here. */
  news?: Message;
}

/** What every view is given. */
export interface View extends Parts {
  chat: Chat;
  locale: Locale;
  /** What the site is called here, once that is known. */
  name: string | undefined;
  open: boolean;
  /** A phone or tablet: no keyboard until the visitor asks for one. */
  touch: boolean;
  close(): void;
  /** There are marks to show. */
  rich(): void;
  /** Shows what has changed beside the records. */
  draw(): void;
}

export interface FilesProps extends ViewProps {
  item: BubbleItem;
}

export interface ViewProps {
  view: View;
}
