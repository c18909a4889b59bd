// SPDX-License-Identifier: MIT
import { TypingSignal } from '../state/typing-signal';
import type { Parts } from '../views/view';

/** Called when something is typed for the first time: from then on the team sees it while it is being written. */
export default function typing(): Parts {
  return { typing: (chat) => (chat.typing ??= new TypingSignal((text) => chat.sayTyping(text))) };
}
