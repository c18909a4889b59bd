// SPDX-License-Identifier: MIT
import type { Shell, Talk } from '../boot/shell';
import type { RecordsResult, Visitor } from '../protocol';
import { keysOf, storedValue } from '../state/storage';

interface Refusal {
  reason?: string;
  message?: string;
}

/** Nothing was decided: it is said again. */
const TROUBLES = ['lost', 'unavailable', 'rate_limited'];

/** What the page has said last; none once its user has signed out. */
let jwt: string | undefined;
/** What the server has been told, so that a broken line repeats it and a good one does not. */
let told: string | undefined;
let listening = false;

/** Messages that were refused because nobody knew who wrote them. */
function resend(chat: Talk): void {
  for (const key of keysOf(chat.storage))
    if (key.startsWith('out:') && chat.storage.get(key)?.includes('"failed":"unverified"')) chat.retry(key.slice(4));
}

/** We may be another visitor from now on: the one whom this person is in all their browsers. */
function proven(shell: Shell, chat: Talk, visitor: Visitor | undefined): void {
  const [id, secret] = chat.storage.get('token')?.split('.') ?? [];
  chat.storage.set('proven', '1');
  if (visitor && secret && visitor.id !== id) {
    chat.storage.set('token', `${visitor.id}.${secret}`);
    chat.moved();
  }
  resend(chat);
  shell.emit('verified');
}

function refused(chat: Talk, { reason = '', message }: Refusal): void {
  told = undefined;
  if (TROUBLES.includes(reason)) return;
  if (reason === 'conflict') {
    // Somebody else was signed in here. Nothing of theirs stays.
    chat.logout();
    chat.start();
    return;
  }
  jwt = undefined;
  chat.storage.remove('proven');
  console.warn(`ChatFlow: verify: ${message}`);
}

function tell(shell: Shell): void {
  if (!jwt) return;
  void shell.wake().then((panel) => {
    const chat = panel?.chat;
    const saying = jwt;
    if (!saying || !chat || chat.link !== 'online' || told === (chat.storage.get('token') ?? '') + saying) return;
    told = (chat.storage.get('token') ?? '') + saying;
    chat.write('visitor.prove', { jwt: saying }).then(
      ({ records = [] }: RecordsResult) => saying === jwt && proven(shell, chat, records.find((record): record is Visitor => record.type === 'visitor')),
      (error: Refusal) => saying === jwt && refused(chat, error),
    );
  });
}

/** The page's server says who its user is. Told to ours once there is a connection; nothing is fetched for it but for who has talked. */
export function prove(shell: Shell, given: unknown): void {
  if (typeof given !== 'string' || !given) {
    console.warn('ChatFlow: verify: expected a token');
    return;
  }
  jwt = given;
  if (!listening) {
    listening = true;
    window.ChatFlow?.('on', 'online', () => tell(shell));
    window.ChatFlow?.('on', 'logout', () => (jwt = told = undefined));
  }
  // A panel that is there says what the button is for.
  if (storedValue(shell.site, 'talked') || shell.launcher.button.hasAttribute('aria-controls')) tell(shell);
}
