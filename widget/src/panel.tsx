// SPDX-License-Identifier: MIT
import { part } from 'virtual:parts';
import type { Panel, Shell, Stand } from './boot/shell';
import { canonical } from './locales/choose';
import type { Locale } from './locales/index';
import { english, loadLocale } from './locales/index';
import type { Message, Site } from './protocol';
import { Component } from './render/component';
import { drawer } from './render/draw';
import { h } from './render/element';
import { Expect } from './expect/expect';
import { Phone } from './extras/phone';
import { Chat } from './state/chat';
import { newId } from './state/ids';
import { App } from './views/app';
import { CHEVRON } from './views/icons';
import css from './views/panel.css';
import type { PartName, Parts, Tools, View } from './views/view';

/** Where it stands for all tabs which message one of them has called for, or has shown as it came. */
const CALLED = 'called';

/** Joins the chat, the page and the views; owns whether the panel is open. */
class PanelController implements Panel {
  readonly #shell: Shell;
  readonly #launcher: Stand;
  readonly chat: Chat;
  readonly #mount = document.createElement('div');
  readonly #show = drawer(this.#mount);
  readonly #badge = document.createElement('span');
  #words: Locale = english;
  #tag = '';
  #isOpen = false;
  /** What stands open within the panel. */
  #shown: string | undefined;
  #unread = 0;
  #dressed: Site | undefined;
  readonly #parts: Parts = {};
  readonly #fetched: Partial<Record<PartName, Promise<boolean>>> = {};
  readonly #phone: Phone;
  #news: Message | undefined;
  /** The news of which the visitor has been told. */
  #told: Message | undefined;
  #scheduled = false;
  readonly #touch = matchMedia('(pointer: coarse)').matches;

  constructor(shell: Shell) {
    this.#shell = shell;
    const launcher = (this.#launcher = shell.launcher);
    launcher.addStyle(css);
    this.#phone = new Phone(launcher.frame, () => this.close());
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
    this.#shown = undefined;
    const hadFocus = (this.#launcher.frame.getRootNode() as ShadowRoot).activeElement !== null;
    this.#draw();
    if (hadFocus) this.#launcher.button.focus({ preventScroll: true });
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
    void this.#need('identify').then((here) => here && generation === chat.generation && this.#parts.identify!(chat, given));
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

  /** Opens something within the panel, and puts away what stood open there. */
  #open(name?: string): void {
    this.#shown = this.#isOpen ? name : undefined;
    this.#draw();
  }

  #listen(): void {
    const { frame } = this.#launcher;
    // By which the visitor turns to something else.
    for (const name of ['pointerdown', 'focusin']) frame.addEventListener(name, ({ target }) => this.#shown && !(target as Element).closest(`.${this.#shown}`) && this.#open());
    // What is typed here is no shortcut of the page.
    for (const name of ['keydown', 'keyup', 'keypress']) frame.addEventListener(name, (event) => event.stopPropagation());
    addEventListener('online', () => this.chat.networkBack());
    addEventListener('offline', () => this.chat.networkLost());
    // An open socket would keep the page out of the browser's back and forward cache.
    addEventListener('pagehide', () => this.chat.pause());
    addEventListener('pageshow', (event) => {
      if (event.persisted && (this.#isOpen || this.chat.talked)) this.chat.start();
    });
  }

  #arrived(message: Message): void {
    this.#news = message;
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

  /** What there is to show now. */
  #view(): View {
    const { chat } = this;
    return {
      ...this.#parts, chat, locale: this.#words, name: chat.storage.get('name'), open: this.#isOpen, touch: this.#touch, frame: this.#launcher.frame, news: this.#news, shown: this.#shown, Expect,
      close: () => this.close(), show: (name) => this.#open(name), need: (name) => this.#need(name), draw: () => this.#draw(),
    };
  }

  #draw(): void {
    const { chat } = this;
    const { storage } = chat;
    this.#drawFrame();
    this.#drawButton();
    const view = this.#view();
    this.#show(<App view={view} />);
    // What they have said is sent whatever is on the screen.
    if ((this.#isOpen && chat.conversation?.status === 'closed') || storage.get('rating')) void this.#need('rating');
    if (chat.asks || storage.get('reply')) void this.#need('form');
    if (chat.conversation?.question_id) void this.#need('ask');
    // It has begun.
    if (chat.conversation?.status === 'open') storage.remove('anew');
    this.#phone.see(this.#isOpen);
    this.#parts.alerts?.see(view);
    this.#tell();
  }

  /** Calls the visitor to news that they don't have before their eyes. */
  #tell(): void {
    const news = this.#news;
    if (!news || news === this.#told) return;
    this.#told = news;
    // No tab calls for what is being read in this one.
    if (this.#isOpen && !document.hidden && document.hasFocus()) this.chat.storage.set(CALLED, news.id);
    // Without it the next message tries again.
    else void this.#need('alerts').then(() => this.#parts.alerts?.arrived(this.#view(), CALLED));
  }

  /** Fetches a part once, and gives whether it is here; where that fails it is tried again when something has changed. */
  #need(name: PartName): Promise<boolean> {
    return (this.#fetched[name] ??= part(name).then(
      (module) => {
        Object.assign(this.#parts, module.default({ h, Base: Component, newId, ...this.#shell } satisfies Tools<typeof h>));
        this.#draw();
        return true;
      },
      () => delete this.#fetched[name] && false,
    ));
  }

  #drawFrame(): void {
    const { frame } = this.#launcher;
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
    const launcher = this.#launcher;
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
