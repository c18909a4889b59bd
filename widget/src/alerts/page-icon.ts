// SPDX-License-Identifier: MIT

const SIZE = 64;
const RED = '#d92d20';

/** Whether its points can be read once it has been drawn. */
function ours(address: string): boolean {
  const { origin, protocol } = new URL(address, document.baseURI);
  return origin === location.origin || protocol === 'data:';
}

function loaded(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve(picture);
    picture.onerror = reject;
    picture.src = address;
  });
}

function circle(context: CanvasRenderingContext2D, color: string, x: number, y: number, radius: number): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** A picture with a number on it, as an address; without a picture, the number alone. */
function drawn(picture: HTMLImageElement | undefined, count: number): string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext('2d')!;
  const [at, radius] = picture ? [43, 21] : [SIZE / 2, 30];
  if (picture) context.drawImage(picture, 0, 0, SIZE, SIZE);
  if (picture) circle(context, '#fff', at, at, radius + 3);
  circle(context, RED, at, at, radius);
  context.fillStyle = '#fff';
  context.font = `700 ${radius * 1.5}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(count > 9 ? '9+' : String(count), at, at + radius * 0.1, radius * 1.7);
  return canvas.toDataURL();
}

/** The page's icon in the browser's tab, with a number on it until that is hidden. */
export class PageIcon {
  /** The page's own, with what they name; what the page changes meanwhile stays as it is. */
  #changed: { link: HTMLLinkElement; own: string }[] = [];
  #added: HTMLLinkElement | undefined;
  #written = '';
  #count = 0;

  /** `forbidden`: called where the page's policy has no picture of ours; it can't be asked before, and complains each time. */
  constructor(forbidden: () => void) {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      if (!this.#count || effectiveDirective !== 'img-src') return;
      this.hide();
      forbidden();
    });
  }

  async show(count: number): Promise<void> {
    if (count === this.#count) return;
    this.#count = count;
    const picture = await this.#picture();
    if (count !== this.#count) return;
    this.#undo();
    try {
      this.#write(drawn(picture, count));
    } catch {
      // It was somebody else's after all.
      this.#write(drawn(undefined, count));
    }
  }

  hide(): void {
    this.#count = 0;
    this.#undo();
  }

  get #links(): HTMLLinkElement[] {
    return [...document.head.querySelectorAll<HTMLLinkElement>('link[rel~="icon" i][href]')].filter((link) => link !== this.#added);
  }

  /** The page's own: of those that may be read the last, as browsers do. */
  async #picture(): Promise<HTMLImageElement | undefined> {
    const own = new Map(this.#changed.map(({ link, own: address }) => [link, address]));
    const addresses = this.#links.map((link) => own.get(link) ?? link.href);
    for (const address of addresses.length ? addresses.reverse() : ['/favicon.ico']) {
      const picture = ours(address) ? await loaded(address).catch(() => undefined) : undefined;
      if (picture?.naturalWidth) return picture;
    }
    return undefined;
  }

  #write(address: string): void {
    this.#written = address;
    this.#changed = this.#links.map((link) => ({ link, own: link.getAttribute('href')! }));
    for (const { link } of this.#changed) link.setAttribute('href', address);
    if (this.#changed.length) return;
    this.#added = document.createElement('link');
    this.#added.rel = 'icon';
    this.#added.href = address;
    document.head.append(this.#added);
  }

  #undo(): void {
    for (const { link, own } of this.#changed) if (link.getAttribute('href') === this.#written) link.setAttribute('href', own);
    this.#added?.remove();
    this.#added = undefined;
    this.#changed = [];
    this.#written = '';
  }
}
