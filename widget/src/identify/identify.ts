// SPDX-License-Identifier: MIT
import type { IdentifyParams, IdentifyResult, SaidAttribute } from '../protocol';
import type { Chat } from '../state/chat';
import type { CallError } from '../transport/call-error';
import type { Parts } from '../views/view';

const NAME_MAX = 50;
const VALUE_MAX = 500;
/** How many things can be said at once, and characters of their names and values together. */
const MANY = 50;
const LONG = 10_240;

function warn(text: string): void {
  console.warn(`ChatFlow: identify: ${text}`);
}

/** As the server counts; of its own, because what two files share would be a third one that the panel needs at once. */
const textLength = (text: string): number => [...text].length;

/** In one line, as the server takes it. */
function line(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/gu, ' ').trim();
}

/** As attributes are written: `yes` and `no`, digits, a day, a text; an empty one takes it away. Undefined for what is none of these. */
function written(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (value === null) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString().slice(0, 10);
  return typeof value === 'string' ? line(value) : undefined;
}

function attributes(given: object): SaidAttribute[] | undefined {
  const entries = Object.entries(given);
  const said: SaidAttribute[] = [];
  const odd: string[] = [];
  for (const [key, some] of entries.slice(0, MANY)) {
    const name = line(key);
    const value = written(some);
    if (!name || textLength(name) > NAME_MAX || value === undefined || textLength(value) > VALUE_MAX) odd.push(key.slice(0, NAME_MAX));
    else said.push({ name, value });
  }
  if (entries.length > MANY || said.reduce((sum, { name, value = '' }) => sum + textLength(name) + textLength(value), 0) > LONG) {
    warn(`customData: expected at most ${MANY} entries and ${LONG} characters; none was taken`);
    return undefined;
  }
  if (odd.length) warn(`customData: expected a text of up to ${VALUE_MAX} characters, a number, true, false or a date: ${odd.join(', ')}`);
  return said.length ? said : undefined;
}

/** Reads what the page says of its visitor, whatever that is. */
export function read(given: unknown): IdentifyParams {
  const identity: IdentifyParams = {};
  try {
    const { name, email, customData } = (given ?? {}) as Record<string, unknown>;
    if (typeof name === 'string') identity.name = line(name);
    if (typeof email === 'string') identity.email = line(email);
    if (customData === undefined || customData === null) return identity;
    const said = typeof customData === 'object' && !Array.isArray(customData) ? attributes(customData) : warn('customData: expected an object');
    if (said) identity.attributes = said;
  } catch (error) {
    // A page's own getters may throw.
    console.error(error);
  }
  return identity;
}

/** Tells the server who this is, now or when there is a connection; of several the last. */
export function tell(chat: Chat, identity: IdentifyParams, told: (result: IdentifyResult, refused?: CallError) => void): void {
  const say = (): void => {
    if (chat.link !== 'online' || !chat.caughtUp) return;
    const known = chat.records.visitor;
    if (!identity.attributes && (identity.name ?? known?.name) === known?.name && (identity.email ?? known?.email) === known?.email) return;
    chat.waiting = undefined;
    chat.write('visitor.identify', identity).then(told, (error: CallError) => {
      if (error.reason === 'lost' || error.transient) chat.waiting ??= say;
      else told({}, error);
    });
  };
  chat.waiting = say;
  say();
}

/** Tells the team who this is, and the page's author what was not understood. */
export function identify(chat: Chat, given: unknown): void {
  tell(chat, read(given), ({ ignored }, refused) => {
    if (refused) warn(refused.message);
    else if (ignored) warn(`customData: no attribute takes ${ignored.join(', ')}`);
  });
}

/** Called when the page says for the first time who its visitor is. */
export default function part(): Parts {
  return { identify };
}
