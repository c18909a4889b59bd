// SPDX-License-Identifier: MIT
import { triggers } from 'virtual:later';
import { words } from 'virtual:word/chat';
import type { Notify, Shell, Tracker } from './boot/shell';
import { choose } from './locales/choose';
import type { AnyRecord, OpenParams, Site } from './protocol';
import { newToken } from './state/ids';
import { Storage } from './state/storage';
import { timeOffset } from './state/time-zone';
import { mayFollow } from './track/consent';
import { Invitation } from './track/invitation';
import { Line } from './track/line';
import { Look, address, oneLine } from './track/look';
import { Speech } from './track/speech';
import type { Visit } from './track/visit';
import { currentVisit } from './track/visit';

/** How often it is looked whether a page of a single-page application has become another. Nothing of the host's is patched. */
const ROUTE_EVERY = 1000;
/** An application gives its new page a title a moment after the address. */
const TITLE_AFTER = 400;
const AGENT_MAX = 512;

/** Tells the server which page is before the visitor's eyes, and shows what the team says to them first. */
class PageTracker implements Tracker {
  readonly #shell: Shell;
  readonly #storage: Storage;
  readonly #speech: Speech;
  readonly #invitation: Invitation;
  readonly #line: Line;
  #panel: Notify | undefined;
  #look: Look | undefined;
  #isOpen = false;
  #said: { at: string; href: string } | undefined;
  /** The visitor may be followed: their site does not ask, or they have agreed. Until that is known nothing is told or kept of them. */
  #following = false;
  /** Of the line; kept in the browser once they may be followed. */
  #token = '';
  #site: Site | undefined;
  #routing: ReturnType<typeof setTimeout> | undefined;
  /** Looks for what triggers wait for; fetched where there are some. */
  #triggers: Promise<unknown> | undefined;

  constructor(shell: Shell, own: boolean) {
    const { tag, name } = choose(shell.locale, Object.keys(words));
    const { frame } = shell.launcher;
    this.#shell = shell;
    // A panel that listens says it by itself, with what is unread.
    if (own) shell.launcher.label(words[name]!);
    if (own && frame.lang !== tag) frame.lang = tag;
    this.#storage = new Storage(shell.site);
    this.#speech = new Speech(shell, name, () => window.ChatFlow?.('open'));
    this.#invitation = new Invitation(this.#storage, this.#speech, () => (this.#following ? this.#visit().visit_id : ''));
    this.#line = new Line(shell.server, {
      hello: () => this.#hello(),
      opened: () => this.#tell(),
      heard: (frame) => this.#heard((frame.params ?? frame.result)?.records ?? []),
    });
    this.#listen();
    this.#seen();
    if (own) this.#line.start();
  }

  /** The panel's socket is there; or, without any, the visitor is forgotten. */
  through(panel?: Notify): void {
    this.#line.stop();
    this.#panel = panel;
    if (!panel) this.#following = false;
    this.#settle();
    this.#tell();
    if (panel) void this.#shell.wake().then((open) => this.#watch(open?.chat.records.site));
  }

  #settle(): void {
    const allowed = mayFollow(this.#storage);
    if (allowed === this.#following) return;
    // Another tab has forgotten the visitor. To listen for that costs a page more than to look.
    if (!allowed && !this.#known) this.through();
    else if (!allowed) this.#withdraw();
    else if (this.#panel || this.#site) this.#follow();
  }

  #follow(): void {
    this.#following = true;
    if (!this.#panel) {
      if (!this.#known) this.#storage.set('token', this.#token);
      // Read back: another tab may have been quicker.
      if (this.#storage.get('token') !== this.#token) {
        this.#line.stop();
        this.#line.start();
      }
    }
    this.#tell();
    if (this.#site && !this.#isOpen) this.#invitation.plan(this.#site);
  }

  /** What the server knows of this visit goes, and so does what this browser does. */
  #withdraw(): void {
    this.#notify('visit.forget', { id: this.#visit().visit_id });
    this.#following = false;
    for (const key of ['visit', 'invited', 'pages', 'tracked']) this.#storage.remove(key);
  }

  #watch(site?: Site): void {
    if (!site?.triggers) return;
    this.#triggers ??= triggers().then(
      ({ Triggers }) =>
        new Triggers({
          shell: this.#shell,
          storage: this.#storage,
          speech: this.#speech,
          visit: () => this.#visit(),
          look: () => this.#following && this.#look,
        }),
      () => (this.#triggers = undefined),
    );
  }

  #listen(): void {
    document.addEventListener('visibilitychange', () => this.#seen());
    addEventListener('pagehide', () => {
      this.#leave();
      this.#line.stop();
    });
    addEventListener('pageshow', (event) => {
      if (!event.persisted) return;
      this.#seen();
      if (!this.#panel && this.#known) this.#line.start();
    });
    setInterval(() => {
      // An application that makes its whole body anew throws out what stood there.
      this.#shell.launcher.attach();
      this.#route();
    }, ROUTE_EVERY);
    const page = window.ChatFlow;
    page?.('on', 'open', () => this.#opened(true));
    page?.('on', 'close', () => this.#opened(false));
    page?.('on', 'page', (url: string | undefined) => this.#moved(url));
    page?.('on', 'message', (message: { author: string; text: string }) => this.#say(message.author, message.text));
  }

  get #known(): boolean {
    return this.#storage.get('token') !== undefined;
  }

  #opened(open: boolean): void {
    this.#isOpen = open;
    if (!open) return;
    this.#speech.hide();
    if (this.#following) this.#invitation.cancel();
  }

  #say(author: string, text: string): void {
    if (!this.#isOpen) this.#speech.show(author, text);
  }

  /** A page that nobody sees, in a tab behind, was not visited. */
  #seen(): void {
    if (document.hidden) {
      this.#leave();
      return;
    }
    this.#look ??= new Look(this.#href);
    this.#look.appear();
    this.#tell();
  }

  #leave(): void {
    this.#look?.vanish();
    this.#tell(true);
  }

  #route(): void {
    this.#settle();
    if (document.hidden || !this.#look || this.#look.url === address(this.#href)) return;
    this.#leave();
    this.#look = new Look(this.#href);
    this.#look.appear();
    clearTimeout(this.#routing);
    this.#routing = setTimeout(() => this.#tell(), TITLE_AFTER);
  }

  /** The application says what its page is called, whatever stands in the address bar; that counts until the bar says something else. */
  #moved(url = location.href): void {
    let href;
    try {
      href = new URL(url, location.href).href;
    } catch {
      return;
    }
    if (!/^https?:/.test(href)) return;
    this.#said = { at: location.href, href };
    this.#route();
  }

  get #href(): string {
    return this.#said?.at === location.href ? this.#said.href : location.href;
  }

  #tell(left = false): void {
    const look = this.#look;
    if (!look || !this.#following || !this.#known) return;
    const params = {
      ...this.#visit(),
      ...look.params(this.#shell.launcher.title ?? document.title, left),
      screen: `${screen.width}x${screen.height}`,
      languages: oneLine(navigator.languages.join(', '), 100),
      time_zone: timeOffset(),
      agent: oneLine(navigator.userAgent, AGENT_MAX),
      ...(this.#storage.get('consent') && { agreed: true }),
    };
    this.#notify('visit.page', params);
  }

  #notify(method: string, params: object): void {
    if (this.#panel) this.#panel(method, params);
    else this.#line.notify(method, params);
  }

  #visit(): Visit {
    return currentVisit(this.#storage, location.href, document.referrer);
  }

  #hello(): OpenParams {
    this.#token = this.#storage.get('token') ?? (this.#token || newToken());
    return { token: this.#token, site: this.#shell.site, since: 0, client: `ChatFlow widget ${VERSION}` };
  }

  /** The looks of the site, or somebody of the team who has spoken first: then the panel listens from now on. */
  #heard(records: AnyRecord[]): void {
    let last;
    let talk = false;
    for (const record of records) {
      if (record.deleted) continue;
      if (record.type === 'site') {
        this.#site = record;
        this.#shell.dress(record);
        this.#settle();
        if (this.#following && !this.#isOpen) this.#invitation.plan(record);
        this.#watch(record);
      }
      if (record.type === 'conversation') talk = true;
      if (record.type === 'message' && record.kind === 'text' && record.author_kind === 'agent') last = record;
    }
    if (!talk) return;
    this.#storage.set('talked', '1');
    if (this.#following) this.#invitation.cancel();
    if (last?.text) this.#say(last.author_name ?? '', last.text);
    this.#shell.wake();
  }
}

/** Called by the loader when the page is idle; `own` while there is no panel that has a socket. */
export function track(shell: Shell, own: boolean): Tracker {
  return new PageTracker(shell, own);
}
