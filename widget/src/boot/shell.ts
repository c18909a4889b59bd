// SPDX-License-Identifier: MIT
import type { Site, SiteAppearance } from '../protocol';
import type { Chat } from '../state/chat';

/** What a page can listen to. */
export type PageEvent = 'ready' | 'open' | 'close' | 'message' | 'unread' | 'survey' | 'verified' | Word;

/** What our own modules say to each other in the same way. */
type Word = 'online' | 'logout' | 'page';

/** What the loader has drawn, for the panel to move into. */
export interface Stand {
  /** Everything visible is inside; carries colours, language and direction. */
  frame: HTMLElement;
  button: HTMLButtonElement;
  /** Puts it into the page, also when the page has thrown it out. */
  attach(): void;
  addStyle(css: string): void;
  /** Says what the button is. */
  label(text: string): void;
  /** Puts one more picture into the button. */
  addIcon(path: string): void;
  /** What the page calls itself, while another title stands in its place. */
  title?: string | undefined;
}

/** What the loader offers to the modules that it fetches. */
export interface Shell {
  /** The daemon's address, ending in a slash. */
  server: string;
  site: string;
  launcher: Stand;
  /** The language tag that page or script ask for; those of the browser, with commas, where they don't. */
  locale: string;
  /** Looks as the site wants it, from now on. */
  dress(site: Site): void;
  emit(event: PageEvent, detail?: unknown): void;
  /** Fetches the panel, which listens from then on; nothing where there is no network. */
  wake(): Promise<Panel | undefined>;
  /** The panel's socket is there. */
  online(notify: Notify): void;
}

/** Says something to the server that needs no answer. */
export type Notify = (method: string, params: object) => void;

/** What tells the server on which page the visitor is, as the loader sees it. */
export interface Tracker {
  through(panel?: Notify): void;
}

export interface TrackerModule {
  track(shell: Shell, own: boolean): Tracker;
}

/** What makes looks that are not the usual ones. */
export interface LookModule {
  /** The side, the text of the button and a stylesheet, a line each. */
  look(appearance: SiteAppearance): string;
}

/** What carries out what few pages call. */
export interface ApiModule {
  call(shell: Shell, call: unknown[]): void;
}

/** What those calls may do with the visitor's talk. */
export type Talk = Pick<Chat, 'link' | 'unread' | 'records' | 'storage' | 'send' | 'start' | 'logout' | 'retry' | 'write' | 'moved'>;

/** The panel as the loader sees it. */
export interface Panel {
  readonly chat: Talk;
  open(): void;
  close(): void;
  toggle(): void;
  identify(given: unknown): void;
  locale(tag: string): void;
  logout(): void;
}

/** What the panel's bundle exports. */
export interface PanelModule {
  start(shell: Shell): Panel;
}
