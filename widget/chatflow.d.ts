// SPDX-License-Identifier: MIT
// What a page may call: docs/widget.md says what each does.

/** What the page says of its visitor; nothing is verified by it. */
export interface ChatFlowIdentity {
  name?: string;
  email?: string;
  /** By the names of the team's attributes; null takes a value away. At most 50, and 10,240 characters in all. */
  customData?: Record<string, string | number | boolean | Date | null>;
}

export interface ChatFlowMessage {
  id: string;
  conversation_id: string;
  text: string;
  /** The name of who wrote it; empty for none. */
  author: string;
  /** Milliseconds since 1970, UTC. */
  created_at: number;
}

export interface ChatFlowSurvey {
  conversation_id: string;
  /** In stars, 1 to 5. */
  rating: number;
  comment: string;
  /** Where the visitor was not asked for stars. */
  kind?: 'thumbs' | 'scale';
  /** 0 or 1; 0 to 10. */
  score?: number;
}

/** How things are, as `ChatFlow('get', …)` tells it. */
export interface ChatFlowState {
  open: boolean;
  unread: number;
  connected: boolean;
  /** Whether it was proven in this browser who the visitor is. */
  verified: boolean;
  /** What is known of the visitor; absent for one who has never written. */
  visitor?: { id: string; name?: string; email?: string };
}

export interface ChatFlowEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  message: ChatFlowMessage;
  unread: number;
  survey: ChatFlowSurvey;
  verified: undefined;
}

/** What an event was worth, and up to 20 things more. */
export interface ChatFlowEventData {
  value?: number;
  [name: string]: string | number | boolean | undefined;
}

export interface ChatFlowApi {
  (verb: 'open' | 'close' | 'toggle' | 'hide' | 'show' | 'logout'): void;
  (verb: 'identify', identity: ChatFlowIdentity): void;
  (verb: 'verify', jwt: string): void;
  (verb: 'message', text: string): void;
  (verb: 'locale', tag: string): void;
  (verb: 'page', url?: string): void;
  (verb: 'track', name: string, data?: ChatFlowEventData): void;
  (verb: 'get', listener: (state: ChatFlowState) => void): void;
  <Event extends keyof ChatFlowEvents>(verb: 'on', event: Event, listener: (detail: ChatFlowEvents[Event]) => void): void;
  <Event extends keyof ChatFlowEvents>(verb: 'off', event: Event, listener?: (detail: ChatFlowEvents[Event]) => void): void;
  /** Calls made before the script was there. */
  q?: ArrayLike<unknown>[];
}

declare global {
  interface Window {
    ChatFlow?: ChatFlowApi;
    WebsiteChat?: { identify(identity: ChatFlowIdentity): void };
  }
  var ChatFlow: ChatFlowApi;
}
