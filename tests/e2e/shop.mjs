// SPDX-License-Identifier: GPL-3.0-or-later
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const file = (name) => readFile(new URL(`shop/${name}`, import.meta.url), 'utf8');

/** A shop's web site on an origin of its own, with the widget installed as its owner is told to. */
export class Shop {
  #server;

  /** `server`: the daemon's address; `key`: the site's. */
  static async open(server, key) {
    const page = (await file('page.html')).replace('@SERVER@', server).replace('@KEY@', key);
    const files = { '/': ['text/html; charset=utf-8', page], '/style.css': ['text/css', await file('style.css')] };
    const shop = new Shop();
    shop.#server = createServer((request, response) => {
      const [type, body] = files[new URL(request.url, 'http://shop').pathname] ?? ['text/plain', ''];
      response.writeHead(body ? 200 : 404, { 'content-type': type });
      response.end(body);
    });
    await new Promise((resolve) => { shop.#server.listen(0, '127.0.0.1', resolve); });
    return shop;
  }

  /** The shop's page; for a customer, if any, who is known by name. */
  address(customer) {
    return `http://127.0.0.1:${this.#server.address().port}/${customer ? `?customer=${encodeURIComponent(customer)}` : ''}`;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
