// SPDX-License-Identifier: MIT
import { events } from 'virtual:later';
import type { Shell } from '../boot/shell';
import { TEXT_MAX, cleanText, textLength } from '../state/text';
import { prove } from './proof';

type Verb = (shell: Shell, first: unknown, second: unknown) => void;

/** Says it for the visitor: the panel opens with it. */
function message(shell: Shell, given: unknown): void {
  const text = typeof given === 'string' ? cleanText(given) : '';
  void shell.wake().then((panel) => {
    if (!panel) return;
    panel.open();
    if (text && textLength(text) <= TEXT_MAX) panel.chat.send(text);
    else console.warn(`ChatFlow: message: expected a text of 1 to ${TEXT_MAX} characters`);
  });
}

/** Tells the page how things are. */
function get(shell: Shell, listener: unknown): void {
  if (typeof listener !== 'function') return;
  void shell.wake().then((panel) => {
    const { visitor } = panel?.chat.records ?? {};
    const state = {
      open: shell.launcher.button.getAttribute('aria-expanded') === 'true',
      unread: panel?.chat.unread ?? 0,
      connected: panel?.chat.link === 'online',
      verified: panel?.chat.storage.get('proven') !== undefined,
      visitor: visitor && { id: visitor.id, name: visitor.name, email: visitor.email },
    };
    // What a page's own function throws is the page's to read.
    try {
      listener(state);
    } catch (error) {
      console.error(error);
    }
  });
}

function hide(shell: Shell, hidden: boolean): void {
  // Also over a stylesheet's own word on it.
  shell.launcher.frame.style.display = hidden ? 'none' : '';
}

/** What few pages call. A verb more is a line here. */
const verbs = new Map<string, Verb>([
  ['verify', prove],
  ['message', message],
  ['get', get],
  ['hide', (shell) => hide(shell, true)],
  ['show', (shell) => hide(shell, false)],
  ['track', (shell, name, details) => void events().then(({ track }) => track(shell, name, details), () => {})],
  ['page', (shell, url) => shell.emit('page', typeof url === 'string' ? url : undefined)],
]);

/** Called by the loader for verbs that it does not know itself. */
export function call(shell: Shell, [verb, first, second]: unknown[]): void {
  const run = verbs.get(verb as string);
  if (run) run(shell, first, second);
  // As it is: what a page calls by may not even be made a text of.
  else console.warn('ChatFlow: no verb', verb);
}
