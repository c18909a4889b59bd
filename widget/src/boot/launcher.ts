// SPDX-License-Identifier: MIT
import { storedValue } from '../state/storage';
import { siteColor, textOn } from './color';
import css from './launcher.css';

const BUBBLE = 'M12 3.5c-5 0-9 3.4-9 7.7 0 2.4 1.3 4.6 3.3 6l-.6 3.1c-.1.4.4.8.8.5l3.2-1.9c.8.1 1.5.2 2.3.2 5 0 9-3.5 9-7.9s-4-7.7-9-7.7Z';

function svg(name: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) element.setAttribute(key, attributes[key]!);
  return element;
}

/** The round button in the corner, in a host element of its own that takes no room on the page. */
export class Launcher {
  readonly frame = document.createElement('div');
  readonly button = document.createElement('button');
  readonly #host = document.createElement('chatflow-widget');
  readonly #shadow = this.#host.attachShadow({ mode: 'open' });
  readonly #nonce: string | undefined;

  constructor(site: string, label: string, data: DOMStringMap, nonce: string | undefined) {
    const { frame, button } = this;
    this.#nonce = nonce;
    this.addStyle(css);
    frame.className = data.side === 'left' ? 'frame left' : 'frame';
    this.paint(storedValue(site, 'color') || data.color);
    button.type = 'button';
    button.className = 'launcher';
    button.setAttribute('aria-label', label);
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-haspopup', 'dialog');
    this.addIcon(BUBBLE);
    frame.append(button);
    this.#shadow.append(frame);
  }

  /** Puts the host into the page, also when the page has thrown it out. */
  attach(): void {
    if (!this.#host.isConnected) document.body?.append(this.#host);
  }

  paint(color: string | undefined): void {
    const background = siteColor(color);
    this.frame.style.setProperty('--site', background);
    this.frame.style.setProperty('--on-site', textOn(background));
  }

  addIcon(path: string): void {
    const picture = svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' });
    picture.append(svg('path', { d: path, fill: 'currentColor' }));
    this.button.append(picture);
  }

  /**
   * Constructed sheets are not subject to the page's policy on styles; where a browser doesn't have them, an element with the
   * nonce of our own script is.
   */
  addStyle(text: string): void {
    const shadow = this.#shadow;
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
    } catch {
      const style = document.createElement('style');
      if (this.#nonce) style.nonce = this.#nonce;
      style.textContent = text;
      shadow.append(style);
    }
  }
}
