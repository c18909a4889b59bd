// SPDX-License-Identifier: MIT
import type { Shell } from '../boot/shell';
import type { EventDatum, VisitTrackParams } from '../protocol';
import { newId } from '../state/ids';
import { Storage } from '../state/storage';
import { mayFollow } from './consent';
import { oneLine } from './look';
import { rest } from './rest';
import { keepTracked } from './tracked';
import { currentVisit } from './visit';

const NAME_MAX = 50;
const TEXT_MAX = 200;
const DATA_MAX = 20;
const VALUE_MAX = 1e12;
/** What a page tracks before it is known whether the visitor may be followed. */
const WAITING_MAX = 20;
const LOOK_EVERY = 500;
const TRIES = 10;

type Event = Pick<VisitTrackParams, 'id' | 'name' | 'value' | 'data'> & { tries: number };

function facts(given: object): EventDatum[] {
  return Object.entries(given)
    .filter(([name, value]) => name !== 'value' && /^(string|number|boolean)$/.test(typeof value) && oneLine(name, NAME_MAX))
    .slice(0, DATA_MAX)
    .map(([name, value]) => ({ name: oneLine(name, NAME_MAX), value: oneLine(String(value), TEXT_MAX) }));
}

/** What the pages of one site tell of what happens there, on its way to the server. */
class Events {
  readonly #shell: Shell;
  readonly #storage: Storage;
  #waiting: Event[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;
  #busy = false;

  constructor(shell: Shell) {
    this.#shell = shell;
    this.#storage = new Storage(shell.site);
  }

  add(given: unknown, details: unknown): void {
    const name = typeof given === 'string' ? oneLine(given, NAME_MAX + 1) : '';
    const said = (details && typeof details === 'object' ? details : {}) as { value?: unknown };
    const value = said.value === undefined ? 0 : Math.round(Number(said.value) * 100);
    if (!name || [...name].length > NAME_MAX || !(value >= 0 && value <= VALUE_MAX)) {
      console.warn(`ChatFlow: track: expected a name of 1 to ${NAME_MAX} characters, and a value from 0 to 10,000,000,000`);
      return;
    }
    if (this.#waiting.length >= WAITING_MAX) return;
    this.#waiting.push({ id: newId(), name, value, data: facts(said), tries: 0 });
    this.#timer ??= setInterval(() => void this.#send(), LOOK_EVERY);
    void this.#send();
  }

  /** One after the other, as they happened. */
  async #send(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting.length && (await this.#sendOne(this.#waiting[0]!))) this.#waiting.shift();
    this.#busy = false;
    if (this.#waiting.length) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Gives whether it is done with: told, refused, or of somebody who must not be followed. */
  async #sendOne(event: Event): Promise<boolean> {
    const storage = this.#storage;
    const consent = storage.get('consent');
    if (consent === '' || navigator.doNotTrack === '1' || navigator.globalPrivacyControl) return true;
    if (!mayFollow(storage) || storage.get('token') === undefined) return false;
    const { tries, ...params } = event;
    const { visit_id } = currentVisit(storage, location.href, document.referrer);
    keepTracked(storage, visit_id, event.name, event.value ?? 0);
    event.tries = tries + 1;
    return (await rest(this.#shell, storage, `${visit_id}/events`, { ...params, ...(consent && { agreed: true }) })) !== 'again' || event.tries >= TRIES;
  }
}

let events: Events | undefined;

/** The page says that something has happened. */
export function track(shell: Shell, name: unknown, details: unknown): void {
  events ??= new Events(shell);
  try {
    events.add(name, details);
  } catch (error) {
    // A page's own getters may throw.
    console.error(error);
  }
}
