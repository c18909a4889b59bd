// SPDX-License-Identifier: MIT
import { words } from 'virtual:word/closeChat';
import type { Shell } from '../boot/shell';
import css from './bubble.css';

/** What somebody of the team has said while the panel was closed, or what the site invites with, beside the launcher. */
export class Bubble {
  readonly #frame: HTMLElement;
  readonly #language: string;
  readonly #open: () => void;
  #box: HTMLElement | undefined;

  /** `language`: the name of one of ours. */
  constructor({ launcher }: Shell, language: string, open: () => void) {
    launcher.addStyle(css);
    this.#frame = launcher.frame;
    this.#language = language;
    this.#open = open;
  }

  /** `shut`: called when the visitor closes it. */
  show(author: string, text: string, shut?: () => void): void {
    this.hide();
    const box = document.createElement('div');
    const name = document.createElement('b');
    const line = document.createElement('span');
    const say = this.#button('say', () => this.#open());
    const cross = this.#button('shut', () => {
      this.hide();
      shut?.();
    });
    box.className = 'word';
    box.setAttribute('role', 'status');
    name.textContent = author;
    line.textContent = text;
    name.dir = line.dir = 'auto';
    say.append(name, line);
    cross.textContent = '×';
    cross.setAttribute('aria-label', words[this.#language]!);
    box.append(say, cross);
    this.#frame.append(box);
    this.#box = box;
  }

  hide(): void {
    this.#box?.remove();
    this.#box = undefined;
  }

  #button(name: string, clicked: () => void): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = name;
    button.addEventListener('click', clicked);
    return button;
  }
}
