// SPDX-License-Identifier: MIT
import type { Site } from '../protocol';
import type { Storage } from '../state/storage';
import type { Speech } from './speech';

/** In the place of a visit: the visitor has closed it, and is left in peace. */
const NEVER = 'never';

/** What a site says to somebody who has not talked here yet: once in a visit, and not again once they have closed it. */
export class Invitation {
  readonly #storage: Storage;
  readonly #speech: Speech;
  readonly #visit: () => string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(storage: Storage, speech: Speech, visit: () => string) {
    this.#storage = storage;
    this.#speech = speech;
    this.#visit = visit;
  }

  /** The site has said how it invites; what was planned before is forgotten. */
  plan({ name, appearance = {} }: Site): void {
    const { bubble_text: text, bubble_delay: delay = 0, title } = appearance;
    clearTimeout(this.#timer);
    if (text && !this.#done) this.#timer = setTimeout(() => this.#show(title || name, text), delay * 1000);
  }

  /** They have found the chat by themselves. */
  cancel(): void {
    clearTimeout(this.#timer);
    if (!this.#done) this.#storage.set('invited', this.#visit());
  }

  get #done(): unknown {
    const invited = this.#storage.get('invited');
    return invited === NEVER || invited === this.#visit() || this.#storage.get('talked');
  }

  /** Another tab may have been quicker. */
  #show(name: string, text: string): void {
    if (this.#done) return;
    this.#storage.set('invited', this.#visit());
    this.#speech.show(name, text, () => this.#storage.set('invited', NEVER));
  }
}
