// SPDX-License-Identifier: MIT
import { api as apiFile, languages as languagesFile, look as lookFile, panel as panelFile, tracker as trackerFile } from 'virtual:launcher';
import type { Site } from '../protocol';
import { forget, keep, storedValue } from '../state/storage';
import { Launcher } from './launcher';
import type { ApiModule, LookModule, Notify, PageEvent, Panel, PanelModule, Shell, Tracker, TrackerModule } from './shell';

type Call = [verb: string, ...args: unknown[]];
type Listener = (detail?: unknown) => void;

interface PageApi {
  (...call: Call): void;
  /** Calls made before this script was there. */
  q?: Iterable<unknown>[];
  site?: string;
}

declare global {
  interface Navigator {
    globalPrivacyControl?: boolean;
  }
  interface Window {
    ChatFlow?: PageApi;
    WebsiteChat?: { identify(given: unknown): void };
  }
}

/** The page's side of the widget: the launcher, the verbs, and fetching the panel when somebody wants it. */
class Loader {
  readonly #site: string;
  readonly #server: string;
  readonly #launcher: Launcher;
  #listeners: [event: unknown, listener: Listener][] = [];
  #locale: string;
  #identity: unknown;
  #panel: Panel | undefined;
  #loading: Promise<Panel | undefined> | undefined;
  #tracker: Tracker | undefined;
  #online: Notify | undefined;
  #ready = false;
  /** Of what the looks are made that the site wants, and by which version. */
  #made = '';

  constructor(script: HTMLScriptElement, site: string) {
    this.#site = site;
    this.#server = new URL('.', script.src).href;
    this.#locale = script.dataset.locale || document.documentElement.lang || String(navigator.languages);
    const { button, frame } = (this.#launcher = new Launcher(site, script.dataset, script.nonce));
    // As the tracker will say it of most: then nothing has to be drawn again.
    frame.lang = document.documentElement.lang;
    button.onclick = () => this.#do('toggle');
    // A finger that comes down enters as well.
    button.onpointerenter = button.onfocus = () => void this.#load();
  }

  /** Runs when the page has a body. */
  begin(): void {
    this.#launcher.attach();
    this.#ready = true;
    this.#emit('ready');
    (window.requestIdleCallback ?? setTimeout)(() => this.#idle());
  }

  /** Somebody who has talked here before is told of answers. Who does not want to be followed is not. */
  #idle(): void {
    const talked = storedValue(this.#site, 'talked');
    if (talked) void this.#load();
    if (navigator.doNotTrack === '1' || navigator.globalPrivacyControl) return;
    void this.#fetch<TrackerModule>(trackerFile).then((module) => {
      this.#tracker = module?.track(this.#shell(), !talked && !this.#online);
      if (this.#online) this.#tracker?.through(this.#online);
    });
  }

  /** One call of the page. */
  call(call: Call): void {
    const [verb, first, second] = call;
    if (verb === 'on') this.#on(first, second);
    else if (verb === 'off') this.#off(first, second);
    else if (verb === 'identify') this.#identify(first);
    else if (verb === 'locale') this.#setLocale(String(first));
    else if (verb === 'logout') this.#logout();
    else if (verb === 'consent') keep(this.#site, verb, (first as { tracking?: unknown } | undefined)?.tracking ? '1' : '');
    else if (verb === 'open' || verb === 'toggle') this.#do(verb);
    else if (verb === 'close') this.#panel?.close();
    else void this.#fetch<ApiModule>(apiFile).then((module) => module?.call(this.#shell(), call));
    if (this.#ready) this.#launcher.attach();
  }

  #do(verb: 'open' | 'toggle'): void {
    void this.#load().then((panel) => panel?.[verb]());
  }

  #on(event: unknown, listener: unknown): void {
    if (typeof listener !== 'function') return;
    this.#listeners.push([event, listener as Listener]);
    if (event === 'ready' && this.#ready) this.#tell(listener as Listener);
  }

  /** Without a listener: all of that event. */
  #off(event: unknown, listener: unknown): void {
    this.#listeners = this.#listeners.filter(([name, one]) => name !== event || (listener && one !== listener));
  }

  /** Whatever it is: the panel reads it. */
  #identify(given: unknown): void {
    this.#identity = given;
    this.#panel?.identify(given);
  }

  #setLocale(tag: string): void {
    this.#locale = tag;
    this.#panel?.locale(tag);
  }

  #logout(): void {
    this.#identity = undefined;
    forget(this.#site);
    this.#panel?.logout();
    this.#tracker?.through((this.#online = undefined));
    this.#emit('logout');
  }

  #emit(event: PageEvent, detail?: unknown): void {
    for (const [name, listener] of this.#listeners) if (name === event) this.#tell(listener, detail);
  }

  /** What a page's own function throws is the page's to read, and no trouble of ours. */
  #tell(listener: Listener, detail?: unknown): void {
    try {
      listener(detail);
    } catch (error) {
      console.error(error);
    }
  }

  #load(): Promise<Panel | undefined> {
    this.#loading ??= this.#fetch<PanelModule>(panelFile).then((module) => {
      this.#panel = module?.start(this.#shell());
      if (this.#identity) this.#panel?.identify(this.#identity);
      // Without it the next click tries again.
      if (!module) this.#loading = undefined;
      return this.#panel;
    });
    // Not known in English; otherwise the panel will want it at once.
    if (!/^en/i.test(this.#locale)) void this.#fetch(languagesFile);
    return this.#loading;
  }

  /** Looks that are not the usual ones are made by a module of its own. The tracker reads whether it has to ask. */
  #dress({ color = '', appearance = {}, privacy }: Site): void {
    keep(this.#site, 'ask', privacy?.ask_first ? '1' : '');
    const launcher = this.#launcher;
    const looks = JSON.stringify(appearance);
    const made = (this.#made = `${lookFile} ${looks}\n${color}\n`);
    if (looks === '{}') launcher.wear(made);
    else if (launcher.worn.startsWith(made)) launcher.wear(launcher.worn);
    else void this.#fetch<LookModule>(lookFile).then((module) => module && made === this.#made && launcher.wear(made + module.look(appearance)));
  }

  /** Gives a module, or nothing where there is no network. */
  #fetch<Module>(file: string): Promise<Module | undefined> {
    return import(`${this.#server}widget/${file}`).catch(() => {});
  }

  #shell(): Shell {
    return {
      server: this.#server,
      site: this.#site,
      locale: this.#locale,
      launcher: this.#launcher,
      dress: (site) => this.#dress(site),
      emit: (event, detail) => this.#emit(event, detail),
      wake: () => this.#load(),
      online: (notify) => {
        this.#tracker?.through((this.#online = notify));
        this.#emit('online');
      },
    };
  }
}

function boot(): void {
  const script = (document.currentScript ?? document.querySelector('script[data-site][src*="widget.js"]')) as HTMLScriptElement | null;
  const site = script?.dataset.site;
  if (!script || !site || window.ChatFlow?.site) return;
  const loader = new Loader(script, site);
  const queue = window.ChatFlow?.q ?? [];
  const api: PageApi = (...call) => {
    try {
      loader.call(call);
    } catch (error) {
      console.error(error);
    }
  };
  api.site = site;
  window.ChatFlow = api;
  window.WebsiteChat ??= { identify: (given) => api('identify', given) };
  for (const call of queue) api(...(call as Call));
  if (document.body) loader.begin();
  else addEventListener('DOMContentLoaded', () => loader.begin());
}

try {
  boot();
} catch (error) {
  console.error(error);
}
