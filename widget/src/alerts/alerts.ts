// SPDX-License-Identifier: MIT
import type { h } from '../render/element';
import type { Parts, Tools, View } from '../views/view';
import css from './alerts.css';
import { BrowserNote } from './browser-note';
import { choice, choose } from './choice';
import { choices } from './choices';
import { PageIcon } from './page-icon';
import { PageTitle } from './page-title';
import { Speaker } from './speaker';
import { inTurn } from './turn';

/** Calls the visitor when something was said that they don't see: by a sound, the title, the icon, the browser. */
export class Alerts {
  readonly #speaker: Speaker;
  readonly #title: PageTitle;
  #icon: PageIcon | undefined;
  #note: BrowserNote | undefined;
  #view: View | undefined;
  #calling = false;

  constructor({ launcher }: Tools<typeof h>, speaker: Speaker) {
    this.#speaker = speaker;
    this.#title = new PageTitle(launcher);
    // What the browser remembers of a page that is left is the page's own.
    addEventListener('pagehide', () => this.#rest());
  }

  /** There is news that the visitor does not look at. `called`: where the tabs write down which message was called for. */
  arrived(view: View, called: string): void {
    const { chat: { storage }, news } = view;
    this.#view = view;
    this.#calling = true;
    this.#say();
    // Of several at once the last.
    void inTurn(storage, called, news!.id, () => this.#view?.news === news && this.#call());
  }

  /** What is known now. When all has been read, in whichever tab, everything is as it was. */
  see(view: View): void {
    this.#view = view;
    if (!this.#calling) return;
    if (view.chat.unread) this.#say();
    else this.#rest();
  }

  #say(): void {
    const { chat, locale: { strings } } = this.#view!;
    const { unread } = chat;
    if (!unread) return;
    this.#title.show(`(${unread}) ${strings.newMessages}`);
    if (!choice(chat).icon) return;
    this.#icon ??= new PageIcon(() => choose(chat, { icon: false }));
    void this.#icon.show(unread);
  }

  #call(): void {
    const { chat, news, name, locale: { strings } } = this.#view!;
    const { unread } = chat;
    const { sound, name: which, volume, browser } = choice(chat);
    if (sound) void this.#speaker.play(which, volume / 100);
    if (!browser || !unread) return;
    this.#note ??= new BrowserNote(name ?? strings.chat, () => window.ChatFlow?.('open'));
    this.#note.show(news!.author_name || name || strings.chat, news!.text ?? '');
  }

  #rest(): void {
    this.#calling = false;
    this.#title.hide();
    this.#icon?.hide();
    this.#note?.close();
  }
}

/** Called when the first answer comes that the visitor does not look at, or when they want to choose. */
export default function alerts(tools: Tools<typeof h>): Parts {
  const speaker = new Speaker();
  tools.launcher.addStyle(css);
  return { alerts: new Alerts(tools, speaker), Choices: choices(tools, speaker) };
}
