// SPDX-License-Identifier: GPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const NONCE = 'c2Vjb25kLWhhbmQ';
const LARGE = 10 * 1024 * 1024;

/** A green square, as a PNG. */
const ICON = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAQAAAAEAQMAAACTPww9AAAAA1BMVEULbk+2MsgTAAAAC0lEQVQI12NggAAAAAgAAS8g3TEAAAAASUVORK5CYII=', 'base64');

/** What the strict page may do: the script with the nonce, what that fetches, a socket to the daemon. */
const policy = (server, pictures) => [
  "default-src 'none'", `script-src 'nonce-${NONCE}' 'strict-dynamic'`, `style-src 'nonce-${NONCE}'`, `connect-src ${server.replace('http', 'ws')}`,
  pictures && "img-src 'self' data:", "require-trusted-types-for 'script'", "trusted-types 'none'", "base-uri 'none'", "form-action 'none'",
].filter(Boolean).join('; ');

/** Pages that are hard to live on, each with the widget as its owner was told to install it, on an origin that is not the daemon's. */
export class Zoo {
  #server;
  #daemon;
  #key;

  /** `daemon`: its address; `key`: the site's. */
  static async open(daemon, key) {
    const zoo = new Zoo();
    zoo.#daemon = daemon;
    zoo.#key = key;
    zoo.#server = createServer((request, response) => void zoo.#answer(new URL(request.url, 'http://zoo'), response));
    await new Promise((resolve) => { zoo.#server.listen(0, '127.0.0.1', resolve); });
    return zoo;
  }

  /** Where a page is, with `?bare` without the widget; `host`: under another name, which is another origin. */
  address(page, host = '127.0.0.1') {
    return `http://${host}:${this.#server.address().port}/${page}`;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer({ pathname, searchParams }, response) {
    const name = pathname.slice(1);
    try {
      if (name === 'icon.png') {
        response.writeHead(200, { 'content-type': 'image/png' }).end(ICON);
        return;
      }
      const text = await this.#page(name, searchParams.has('bare'));
      response.setHeader('content-type', 'text/html; charset=utf-8');
      if (name === 'strict-policy') response.setHeader('content-security-policy', policy(this.#daemon, searchParams.get('pictures') !== 'none'));
      response.end(text);
    } catch {
      response.writeHead(404).end();
    }
  }

  async #page(name, bare) {
    if (name === 'away') return '<!DOCTYPE html><html lang="en"><title>Away</title><p>Somewhere else.</p></html>';
    const text = await readFile(new URL(`pages/${name === 'large' ? 'plain' : name}.html`, import.meta.url), 'utf8');
    const widget = bare ? '' : `<script src="${this.#daemon}/widget.js" data-site="${this.#key}" nonce="${NONCE}" async></script>`;
    const made = text.replace('@WIDGET@', widget).replaceAll('@NONCE@', NONCE).replace('@PLAIN@', this.address('plain'));
    return name === 'large' ? made.replace('</body>', () => `${large()}</body>`) : made;
  }
}

/** Ten megabytes of paragraphs. */
function large() {
  const line = (number) => `<p id="p${number}">Paragraph ${number}: <b>wool</b>, <i>oak</i> and <a href="#p${number}">brass</a>, as long as the shop has been there.</p>\n`;
  const lines = [];
  for (let [number, size] = [0, 0]; size < LARGE; number++) size += lines.push(line(number)) && lines[number].length;
  return lines.join('');
}
