// SPDX-License-Identifier: MIT
import type { Stand } from '../boot/shell';

/** A title alternates so fast with the page's own. */
const BLINK = 1000;

/** Says something in front of the page's title, until it is hidden again. What the page calls itself meanwhile is what it is called then. */
export class PageTitle {
  readonly #stand: Stand;
  readonly #watch = new MutationObserver(() => this.#changed());
  /** What we say; empty while we say nothing. */
  #words = '';
  /** The text of the page's own element, as it was. Nothing where it has none. */
  #own: string | undefined;
  #written = '';
  #timer: ReturnType<typeof setInterval> | undefined;
  #lit = false;

  /** The stand is told what the page calls itself, for those who ask. */
  constructor(stand: Stand) {
    this.#stand = stand;
  }

  show(words: string): void {
    if (words === this.#words) return;
    if (!this.#words) {
      this.#take();
      this.#watch.observe(document.head, { childList: true, subtree: true, characterData: true });
      this.#timer = setInterval(() => this.#blink(), BLINK);
    }
    this.#words = words;
    this.#lit = true;
    this.#write();
  }

  hide(): void {
    if (!this.#words) return;
    this.#watch.disconnect();
    clearInterval(this.#timer);
    this.#words = '';
    this.#stand.title = undefined;
    // Another that the page has given itself in this very moment stays.
    if (document.title !== this.#written) return;
    if (this.#own === undefined) this.#element?.remove();
    else this.#element!.textContent = this.#own;
  }

  get #element(): HTMLTitleElement | null {
    return document.head.querySelector('title');
  }

  /** What the page calls itself now. */
  #take(): void {
    this.#own = this.#element?.textContent ?? undefined;
    this.#stand.title = document.title;
  }

  /** Nothing moves for those who look at the page, or who want nothing to move. */
  #blink(): void {
    this.#lit = !this.#lit || document.hasFocus() || matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#write();
  }

  #write(): void {
    const { title } = this.#stand;
    const text = this.#lit ? [this.#words, title].filter(Boolean).join(' - ') : title || this.#words;
    if (document.title !== text) document.title = text;
    this.#written = document.title;
  }

  #changed(): void {
    if (document.title === this.#written) return;
    const mark = `${this.#words} - `;
    this.#take();
    // Made by the page out of what it found.
    if (this.#stand.title?.startsWith(mark)) this.#own = this.#stand.title = this.#stand.title.slice(mark.length);
    this.#write();
  }
}
