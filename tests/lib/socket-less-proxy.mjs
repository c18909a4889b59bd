// SPDX-License-Identifier: GPL-3.0-or-later
import { createServer, request } from 'node:http';

/** What stands between many a visitor and a server: HTTP gets through, and no WebSocket does. */
export class SocketLessProxy {
  /** What was said by `/api/v1/poll`, each text that got there. */
  said = [];
  /** How many WebSockets were asked for. */
  refused = 0;
  /** Requests whose address has this in it break, while it is set. */
  breaks;
  #server;
  #backend;

  /** `backend`: the port of the server on the loopback. */
  static async open(backend) {
    const proxy = new SocketLessProxy();
    proxy.#backend = backend;
    proxy.#server = createServer((asked, answer) => proxy.#pass(asked, answer));
    proxy.#server.on('upgrade', (_asked, socket) => {
      proxy.refused++;
      socket.on('error', () => {});
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    });
    await new Promise((resolve) => { proxy.#server.listen(0, '127.0.0.1', resolve); });
    return proxy;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #pass(asked, answer) {
    const { method, url: path, headers } = asked;
    if (this.breaks && path.includes(this.breaks)) {
      asked.socket.destroy();
      return;
    }
    const passed = request({ port: this.#backend, host: '127.0.0.1', method, path, headers, agent: false }, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    // What is said on leaving gets there, though nobody waits for an answer.
    answer.on('close', () => method === 'GET' && passed.destroy());
    if (method === 'POST' && path.includes('/api/v1/poll/')) this.#listen(asked);
    asked.pipe(passed);
  }

  #listen(asked) {
    let text = '';
    asked.setEncoding('utf8');
    asked.on('data', (data) => { text += data; });
    asked.on('end', () => this.said.push(...text.split('\n').filter(Boolean)));
  }
}
