// SPDX-License-Identifier: MIT

import type { AlertsWords } from '../alerts/words';
import type { EmojiWords } from '../emoji/words';
import expect from '../expect/words';
import extras from '../extras/words';
import type { FailureWords } from '../failure/words';
import type { FilesWords } from '../files/words';
import type { FormWords } from '../form/words';
import type { MenuWords } from '../menu/words';
import type { RatingWords } from '../rating/words';

/**
 * What the panel says. A language is a file like this one, named after it, with the words of the `words.ts` of each part that is fetched too; `{}` is
 * replaced: by a name, in `stars` by a number, in `today` and `yesterday` by a time of day.
 */
const en = {
  direction: 'ltr' as 'ltr' | 'rtl',
  closeChat: 'Close chat',
  unread: (count: number): string => (count === 1 ? '1 unread message' : `${count} unread messages`),
  /** The launcher is called so too. */
  chat: 'Chat',
  conversation: 'Conversation',
  greeting: 'Hi! How can we help?',
  online: 'Online',
  away: 'Away',
  teamOnline: 'We’re online',
  teamAway: 'We’ll reply here as soon as we can',
  write: 'Write a message…',
  message: 'Message',
  send: 'Send',
  sending: 'Sending…',
  sent: 'Sent',
  seen: 'Seen',
  failed: 'Not sent.',
  tryAgain: 'Try again',
  remove: 'Delete',
  tooLong: (length: string, max: string): string => `${length} of ${max} characters. Please shorten your message.`,
  refusedOther: 'Something went wrong on our side.',
  connecting: 'Connecting…',
  noConnection: 'No connection. Your message will be sent when you’re back.',
  notHere: 'Chat isn’t available on this page.',
  typing: '{} is typing…',
  someoneTyping: 'Typing…',
  newMessages: 'New messages',
  loadingOlder: 'Loading older messages…',
  joined: '{} joined',
  left: '{} left',
  transferred: 'You’re being passed on to {}',
  closed: 'Conversation closed',
  reopened: 'Conversation reopened',
  deleted: 'Message deleted',
  today: 'Today, {}',
  yesterday: 'Yesterday, {}',
  you: 'You',
  team: 'Team',
  expect,
  extras,
};

/** The English words of parts that are fetched come with them. */
export type Strings = typeof en & Partial<FailureWords> & { rating?: RatingWords; form?: FormWords; menu?: MenuWords; alerts?: AlertsWords; emoji?: EmojiWords; files?: FilesWords };
/** What another language has. */
export type Translation = Required<Strings>;
export default en;
