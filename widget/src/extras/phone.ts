// SPDX-License-Identifier: MIT
const WIDTH = '(max-width: 480px)';

/** On a phone the panel is the whole screen: it follows the keyboard, and the back button closes it. */
export class Phone {
  readonly #frame: HTMLElement;
  readonly #close: () => void;
  #pushed = false;
  #isOpen = false;

  constructor(frame: HTMLElement, close: () => void) {
    this.#frame = frame;
    this.#close = close;
    for (const name of ['resize', 'scroll']) visualViewport?.addEventListener(name, () => this.#follow());
    addEventListener('popstate', () => this.#popped());
  }

  /** Whether the panel is open now. */
  see(open: boolean): void {
    if (open === this.#isOpen) return;
    this.#isOpen = open;
    this.#follow();
    if (open) {
      if (!matchMedia(WIDTH).matches || this.#pushed) return;
      // Gives the back button something to take back.
      this.#pushed = true;
      history.pushState({ ...Object(history.state), chatflow: true }, '');
    } else if (this.#pushed) {
      // It was closed otherwise: what was added to the history goes away again.
      this.#pushed = false;
      if (Object(history.state).chatflow) history.back();
    }
  }

  #popped(): void {
    if (!this.#pushed || Object(history.state).chatflow) return;
    this.#pushed = false;
    this.#close();
  }

  /** The part of the window that a keyboard leaves. */
  #follow(): void {
    const view = visualViewport;
    if (!view) return;
    this.#frame.style.setProperty('--view-height', `${view.height}px`);
    this.#frame.style.setProperty('--view-top', `${view.offsetTop}px`);
  }
}
