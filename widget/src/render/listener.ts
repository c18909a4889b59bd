// SPDX-License-Identifier: MIT

type Call = (event: Event) => void;

/** Counts what happens to listeners and events, so that it is known which was first. */
let clock = 0;

/** Hears one kind of event of one element; whom it tells is replaced without a word to the document. */
export class Listener implements EventListenerObject {
  #call: Call | undefined;
  #since = 0;

  /** An event that is on its way already, and may be why this is listened to, is not told. */
  tell(call: Call | undefined): void {
    if (!this.#call) this.#since = clock;
    this.#call = call;
  }

  handleEvent(event: Event & { met?: number }): void {
    event.met ??= clock++;
    if (event.met >= this.#since) this.#call?.(event);
  }
}
