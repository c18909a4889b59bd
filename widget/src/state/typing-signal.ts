// SPDX-License-Identifier: MIT
import { peek } from './text';

const AT_MOST_EVERY = 1000;
const STOPPED_AFTER = 5000;

/** Tells what is being typed: at most once a second, the last state always; undefined when it ended. */
export class TypingSignal {
  readonly #say: (text: string | undefined) => void;
  #active = false;
  #text = '';
  #saidAt = -Infinity;
  #pending: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (text: string | undefined) => void) {
    this.#say = say;
  }

  /** The composer's text changed. */
  typed(text: string): void {
    this.#text = peek(text);
    if (!this.#text) {
      this.stop(true);
      return;
    }
    this.#active = true;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stop(true), STOPPED_AFTER);
    const wait = this.#saidAt + AT_MOST_EVERY - Date.now();
    if (wait <= 0) this.#flush();
    else this.#pending ??= setTimeout(() => this.#flush(), wait);
  }

  /** Nothing is being typed any more; a message that was sent says so by itself. */
  stop(tell: boolean): void {
    clearTimeout(this.#pending);
    clearTimeout(this.#idle);
    this.#pending = undefined;
    if (this.#active && tell) this.#say(undefined);
    this.#active = false;
  }

  #flush(): void {
    this.#pending = undefined;
    this.#saidAt = Date.now();
    this.#say(this.#text);
  }
}
