// SPDX-License-Identifier: MIT
import type { Shell } from '../boot/shell';
import type { Bubble } from './bubble';

/** What is said beside the launcher. What draws it is fetched when there is something to say. */
export class Speech {
  readonly #shell: Shell;
  readonly #language: string;
  readonly #open: () => void;
  #bubble: Promise<Bubble | void> | undefined;

  /** `language`: the name of one of ours. */
  constructor(shell: Shell, language: string, open: () => void) {
    this.#shell = shell;
    this.#language = language;
    this.#open = open;
  }

  /** `shut`: called when the visitor closes it. */
  show(author: string, text: string, shut?: () => void): void {
    this.#bubble ??= import('./bubble').then(
      ({ Bubble }) => new Bubble(this.#shell, this.#language, this.#open),
      () => (this.#bubble = undefined),
    );
    void this.#bubble.then((bubble) => bubble?.show(author, text, shut));
  }

  /** Also what is still on its way: all is done in the order in which it was asked for. */
  hide(): void {
    void this.#bubble?.then((bubble) => bubble?.hide());
  }
}
