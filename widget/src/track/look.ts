// SPDX-License-Identifier: MIT
import { newId } from '../state/ids';

const URL_MAX = 2000;
const TITLE_MAX = 200;

/** One line without characters that no frame may hold. */
export function oneLine(text: string, max: number): string {
  return [...text.replace(/[\0-\x1f\x7f-\x9f\ud800-\udfff\s]+/gu, ' ').trim()].slice(0, max).join('');
}

/** The address of a page without its fragment. */
export function address(href: string): string {
  return oneLine(href.split('#')[0]!, URL_MAX);
}

/** One look at a page, and the time for which it was really seen. */
export class Look {
  readonly id = newId();
  readonly url: string;
  /** An application has changed it by the time at which its page is left. */
  #title: string | undefined;
  #seen = 0;
  /** Since when it is seen now; 0 while it is not. */
  #since = 0;

  constructor(href: string) {
    this.url = address(href);
  }

  get visible(): number {
    return this.#seen + (this.#since ? Math.max(Date.now() - this.#since, 0) : 0);
  }

  appear(): void {
    this.#since ||= Date.now();
  }

  vanish(): void {
    this.#seen = this.visible;
    this.#since = 0;
  }

  /** What the server is told of it. */
  params(title: string, left: boolean): object {
    if (!left || this.#title === undefined) this.#title = oneLine(title, TITLE_MAX);
    return { id: this.id, url: this.url, title: this.#title, visible: this.visible, ...(left && { left }) };
  }
}
