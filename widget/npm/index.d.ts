// SPDX-License-Identifier: MIT
import type { ChatFlowApi } from '../chatflow';

export type * from '../chatflow';

export interface ChatFlowPlace {
  /** The address of the server, such as https://chat.example.com. */
  server: string;
  /** The key of the site. */
  site: string;
  /** The language; otherwise that of the page or of the browser. */
  locale?: string;
  /** What the page's Content-Security-Policy allows scripts by. */
  nonce?: string;
}

/** Fetches the widget from the server; once, however often it is called. */
export function load(place: ChatFlowPlace): void;

/** What a page may call; kept until the widget is there. */
declare const ChatFlow: ChatFlowApi;
export default ChatFlow;
