// SPDX-License-Identifier: MIT
import { keep, storedValue } from '../state/storage';
import { siteColor, textOn } from './color';
import css from './launcher.css';

const BUBBLE = 'M12 3.5c-5 0-9 3.4-9 7.7 0 2.4 1.3 4.6 3.3 6l-.6 3.1c-.1.4.4.8.8.5l3.2-1.9c.8.1 1.5.2 2.3.2 5 0 9-3.5 9-7.9s-4-7.7-9-7.7Z';

type Restyle = (text: string) => void;

function svg(name: string, attribute: string, value: string): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name) as SVGElement;
  element.setAttribute(attribute, value);
  return element;
}

/** The round button in the corner, in a host element of its own that takes no room on the page. */
export class Launcher {
  readonly frame = document.createElement('div');
  readonly button = document.createElement('button');
  readonly #host = document.createElement('chatflow-widget');
  readonly #shadow = this.#host.attachShadow({ mode: 'open' });
  readonly #text = document.createElement('span');
  readonly #site: string;
  readonly #data: DOMStringMap;
  readonly #nonce: string | undefined;
  readonly #restyle: Restyle;
  /** The same in most languages; the word of the visitor's comes with the tracker or the panel. */
  #label = 'Chat';
  #looks = '';
  /** What is worn: what it was made of, the colour, the side, the text of the button and a stylesheet, a line each. */
  worn = '';

  constructor(site: string, data: DOMStringMap, nonce: string | undefined) {
    const { frame, button } = this;
    this.#site = site;
    this.#data = data;
    this.#nonce = nonce;
    this.addStyle(css);
    this.#restyle = this.addStyle('');
    frame.className = 'frame';
    button.className = 'launcher';
    // Its picture stands where its text begins.
    button.dir = 'auto';
    button.setAttribute('aria-expanded', 'false');
    button.setAttribute('aria-haspopup', 'dialog');
    this.addIcon(BUBBLE);
    button.append(this.#text);
    this.wear(storedValue(site, 'look') ?? '');
    frame.append(button);
    this.#shadow.append(frame);
  }

  /** Puts the host into the page, also when the page has thrown it out. */
  attach(): void {
    if (!this.#host.isConnected) document.body?.append(this.#host);
  }

  /** From now on, and from the first moment of the next page. What the page's own line says about the side goes before what the site does. */
  wear(worn: string): void {
    const { classList, style } = this.frame;
    const [, color, side, text = '', css = ''] = worn.split('\n');
    const background = siteColor(color || this.#data.color);
    const left = (this.#data.side || side) === 'left';
    const looks = background + left + text + css;
    this.worn = worn;
    if (worn) keep(this.#site, 'look', worn);
    // The same once more would have everything styled and drawn again.
    if (looks === this.#looks) return;
    this.#looks = looks;
    style.setProperty('--site', background);
    style.setProperty('--on-site', textOn(background));
    classList.toggle('left', left);
    this.#text.textContent = text;
    // A line without words would have the browser look for its font.
    this.#text.hidden = !text;
    this.label(this.#label);
    this.#restyle(css);
  }

  /** Its name is what it says, and what it is. */
  label(text: string): void {
    this.#label = text;
    const said = this.#text.textContent;
    this.button.setAttribute('aria-label', said ? `${said}, ${text}` : text);
  }

  addIcon(path: string): void {
    const picture = svg('svg', 'viewBox', '0 0 24 24');
    picture.append(svg('path', 'd', path));
    this.button.append(picture);
  }

  /**
   * Constructed sheets are not subject to the page's policy on styles; where a browser doesn't have them, an element with the
   * nonce of our own script is. What it gives puts another text in the place of this one.
   */
  addStyle(text: string): Restyle {
    const shadow = this.#shadow;
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
      return (other) => sheet.replaceSync(other);
    } catch {
      const style = document.createElement('style');
      if (this.#nonce) style.nonce = this.#nonce;
      style.textContent = text;
      shadow.append(style);
      return (other) => (style.textContent = other);
    }
  }
}
