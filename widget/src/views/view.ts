// SPDX-License-Identifier: MIT
import type { Alerts } from '../alerts/alerts';
import type { ChoicesProps } from '../alerts/choices';
import type { Shell, Stand } from '../boot/shell';
import type { InsideProps } from '../extras/opener';
import type { TrayProps } from '../files/tray';
import type { Locale } from '../locales/index';
import type { Message } from '../protocol';
import type { RatingProps } from '../rating/rating';
import type { Component } from '../render/component';
import type { Children, ComponentClass, FunctionComponent } from '../render/element';
import type { Chat } from '../state/chat';
import type { BubbleItem } from '../state/timeline';
import type { TypingSignal } from '../state/typing-signal';

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

/** What few need: each is in a module of its own, here once it has been needed. */
export interface Parts {
  /** What asks how it was. */
  Rating?: ComponentClass<RatingProps>;
  /** What asks before it begins. */
  Form?: ComponentClass<ViewProps>;
  /** What asks while it goes on. */
  Ask?: ComponentClass<ViewProps>;
  /** What calls the visitor when they don't look, and where they choose how. */
  alerts?: Alerts;
  Choices?: ComponentClass<ChoicesProps>;
  /** What a visitor can do with their conversation. */
  Deeds?: ComponentClass<ViewProps>;
  /** What has the emoji. */
  Picker?: ComponentClass<InsideProps>;
  /** What sends files. */
  Tray?: ComponentClass<TrayProps>;
  /** What says why a message was refused. */
  Failure?: FunctionComponent<FilesProps>;
  /** What shows the files of a message. */
  Files?: ComponentClass<FilesProps>;
  /** What shows the photo of an agent. */
  Photo?: (agent: string, view: View) => Children;
  /** What tells the team what is being typed. */
  typing?: (chat: Chat) => TypingSignal;
  /** What reads what the page says of its visitor. */
  identify?: (chat: Chat, given: unknown) => void;
  /** What shows the marks in a text. */
  Rich?: (text: string) => Children;
}

/** What brings them. */
export type PartName = 'rating' | 'form' | 'ask' | 'alerts' | 'menu' | 'picker' | 'failure' | 'tray' | 'shown' | 'photos' | 'rich' | 'identify' | 'typing';

/** What every view is given. */
export interface View extends Parts {
  chat: Chat;
  locale: Locale;
  /** What the site is called here, once that is known. */
  name: string | undefined;
  open: boolean;
  /** A phone or tablet: no keyboard until the visitor asks for one. */
  touch: boolean;
  /** Everything visible is inside. */
  frame: HTMLElement;
  /** The last message of the team that has come since the page is here. */
  news: Message | undefined;
  /** By its name what stands open within the panel. */
  shown: string | undefined;
  /** Puts away what stands open there, and opens this. */
  show(name?: string): void;
  /** What says when somebody answers. */
  Expect: FunctionComponent<ViewProps>;
  close(): void;
  /** Fetches a part once, and gives whether it is here. */
  need(name: PartName): Promise<boolean>;
  /** Shows what has changed beside the records. */
  draw(): void;
}

export interface FilesProps extends ViewProps {
  item: BubbleItem;
}

export interface ViewProps {
  view: View;
}
