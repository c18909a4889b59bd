// SPDX-License-Identifier: GPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const BUTTON = `
  const host = document.createElement('bare-button');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(':host{all:initial!important;position:fixed!important;inset:auto 0 0 auto!important}' +
    'button{position:fixed;right:20px;bottom:20px;width:56px;height:56px;border:0;border-radius:50%;background:#1f5eff;box-shadow:0 6px 20px #0003}');
  const button = document.createElement('button');
  button.setAttribute('aria-label', 'Chat');
  const shadow = host.attachShadow({ mode: 'open' });
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(button);
  const place = () => document.body.append(host);
  if (document.body) place();
  else addEventListener('DOMContentLoaded', place);`;

const socket = (daemon) => `
  requestIdleCallback(() => {
    const socket = new WebSocket('${daemon.socketUrl}');
    socket.onopen = () => socket.send('{"jsonrpc":"2.0","id":1,"method":"server.info","params":{}}');
    socket.onmessage = ({ data }) => JSON.parse(data);
  });`;

/**
 * What any chat costs a page at least, whoever made it: pages with a script of the loader's size on another origin that does nothing, one that draws
 * nothing but a button, and one that then opens a socket and says a word.
 */
export class Floor {
  #pages;
  #scripts;

  static async open(daemon, bytes) {
    const floor = new Floor();
    const plain = await readFile(new URL('../e2e/pages/plain.html', import.meta.url), 'utf8');
    const scripts = { script: '', button: BUTTON, socket: BUTTON + socket(daemon) };
    floor.#scripts = await listen((name) => ['text/javascript', `(() => {${scripts[name]}\n})();`.padEnd(bytes)]);
    floor.#pages = await listen((name) => ['text/html; charset=utf-8', plain.replace('@WIDGET@', `<script src="${address(floor.#scripts, name)}" async></script>`)]);
    return floor;
  }

  /** Where the page is with the script `script`, `button` or `socket`. */
  address(name) {
    return address(this.#pages, name);
  }

  close() {
    for (const server of [this.#pages, this.#scripts]) {
      server.close();
      server.closeAllConnections();
    }
  }
}

const address = (server, name) => `http://127.0.0.1:${server.address().port}/${name}`;

async function listen(give) {
  const server = createServer((request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(404).end();
    const [type, text] = give(request.url.slice(1));
    return response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return server;
}
