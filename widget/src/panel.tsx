// SPDX-License-Identifier: MIT
import type { Panel, Shell } from './boot/shell';
import { canonical } from './locales/choose';
import type { Locale } from './locales/index';
import { english, loadLocale } from './locales/index';
import type { Message, Site } from './protocol';
import { Component } from './render/component';
import { drawer } from './render/draw';
import { h } from './render/element';
import { Chat } from './state/chat';
import { newId } from './state/ids';
import { App } from './views/app';
import { CHEVRON } from './views/icons';
import css from './views/panel.css';
import type { Parts, Tools } from './views/view';

/** Joins the chat, the page and the views; owns whether the panel is open. */
class PanelController implements Panel {
  readonly #shell: Shell;
  readonly chat: Chat;
  readonly #mount = document.createElement('div');
  readonly #show = drawer(this.#mount);
  readonly #badge = document.createElement('span');
  #words: Locale = english;
  #tag = '';
  #isOpen = false;
  #unread = 0;
  #dressed: Site | undefined;
  readonly #parts: Parts = {};
  #scheduled = false;
  readonly #touch = matchMedia('(pointer: coarse)').matches;

  constructor(shell: Shell) {
    this.#shell = shell;
    const { launcher } = shell;
    launcher.addStyle(css);
    this.#badge.className = 'badge';
    launcher.addIcon(CHEVRON);
    launcher.button.append(this.#badge);
    launcher.button.setAttribute('aria-controls', 'panel');
    launcher.frame.append(this.#mount);
    this.chat = new Chat({
      server: shell.server,
      site: shell.site,
      client: `ChatFlow widget ${VERSION}`,
      locale: () => this.#tag,
      changed: () => this.#schedule(),
      arrived: (message) => this.#arrived(message),
      online: shell.online,
      signedOut: () => this.close(),
    });
    this.#listen();
    this.locale(shell.locale);
    if (this.chat.talked) this.chat.start();
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.chat.start();
    this.#draw();
    // Without a keyboard on the screen until the visitor wants one, but with the focus inside.
    if (this.#touch) (this.#mount.firstElementChild as HTMLElement).focus({ preventScroll: true });
    this.#shell.emit('open');
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const hadFocus = (this.#shell.launcher.frame.getRootNode() as ShadowRoot).activeElement !== null;
    this.#draw();
    if (hadFocus) this.#shell.launcher.button.focus({ preventScroll: true });
    this.#shell.emit('close');
  }

  toggle(): void {
    if (this.#isOpen) this.close();
    else this.open();
  }

  identify(given: unknown): void {
    const { chat } = this;
    const { generation } = chat;
    // Not of somebody else who has come meanwhile.
    void import('./identify/identify').then((module) => generation === chat.generation && module.identify(chat, given), () => {});
  }

  locale(tag: string): void {
    this.#tag = canonical(tag);
    void loadLocale(tag).then((locale) => {
      this.#words = locale;
      this.#draw();
    });
  }

  logout(): void {
    this.chat.logout();
  }

  #listen(): void {
    // What is typed here is no shortcut of the page.
    for (const name of ['keydown', 'keyup', 'keypress']) this.#shell.launcher.frame.addEventListener(name, (event) => event.stopPropagation());
    addEventListener('online', () => this.chat.networkBack());
    addEventListener('offline', () => this.chat.networkLost());
    // An open socket would keep the page out of the browser's back and forward cache.
    addEventListener('pagehide', () => this.chat.pause());
    addEventListener('pageshow', (event) => {
      if (event.persisted && (this.#isOpen || this.chat.talked)) this.chat.start();
    });
  }

  #arrived(message: Message): void {
    this.#parts.news = message;
    const { id, conversation_id, text = '', author_name: author = '', created_at } = message;
    this.#shell.emit('message', { id, conversation_id, text, author, created_at });
  }

  /** Many changes of one moment are drawn once. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#draw();
    });
  }

  #draw(): void {
    const chat = this.chat;
    const { storage } = chat;
    this.#drawFrame();
    this.#drawButton();
    this.#show(<App view={{ chat, locale: this.#words, name: storage.get('name'), ...this.#parts, open: this.#isOpen, touch: this.#touch, close: () => this.close(), rich: () => this.#need('Rich', true, () => import('./rich/rich')), draw: () => this.#draw() }} />);
    // What they have said is sent whatever is on the screen.
    this.#need('Rating', (this.#isOpen && chat.conversation?.status === 'closed') || storage.get('rating'), () => import('./rating/rating'));
    this.#need('Form', chat.asks || storage.get('reply'), () => import('./form/form'));
    this.#need('Ask', chat.conversation?.question_id, () => import('./ask/ask'));
    this.#need('Expect', this.#isOpen && (chat.soon || chat.closed), () => import('./expect/expect'));
    this.#need('Menu', this.#isOpen || this.#parts.news, () => import('./extras/extras'));
  }

  /** Fetches a part once; where that fails it is tried again when something has changed. */
  #need(name: keyof Parts, needed: unknown, fetch: () => Promise<{ default(tools: Tools<typeof h>): Parts }>): void {
    if (!needed || name in this.#parts) return;
    this.#parts[name] = undefined;
    fetch().then(
      (part) => {
        Object.assign(this.#parts, part.default({ h, Base: Component, newId, ...this.#shell }));
        this.#draw();
      },
      () => delete this.#parts[name],
    );
  }

  #drawFrame(): void {
    const { frame } = this.#shell.launcher;
    const { site } = this.chat.records;
    frame.lang = this.#words.tag;
    frame.dir = this.#words.strings.direction;
    frame.classList.toggle('is-open', this.#isOpen);
    if (!site || site === this.#dressed) return;
    this.#dressed = site;
    this.#shell.dress(site);
    // Kept so that the next page is right from its first moment.
    this.chat.storage.set('name', site.appearance?.title || site.name);
  }

  #drawButton(): void {
    const { launcher } = this.#shell;
    const { strings } = this.#words;
    const { unread } = this.chat;
    launcher.label(unread ? `${strings.chat}, ${strings.unread(unread)}` : strings.chat);
    launcher.button.setAttribute('aria-expanded', String(this.#isOpen));
    // Drawn, not written: the name of the button says it in words.
    this.#badge.dataset.count = unread > 9 ? '9+' : String(unread || '');
    if (unread !== this.#unread) {
      this.#unread = unread;
      this.#shell.emit('unread', unread);
    }
  }
}

/** Called by the loader once, when somebody comes near the chat. */
export function start(shell: Shell): Panel {
  return new PanelController(shell);
}
