// SPDX-License-Identifier: GPL-3.0-or-later
// WebKitGTK by the WebDriver protocol, on a display of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { until } from './stage.mjs';

const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function startDisplay() {
  const display = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1200x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [number] = await once(display.stdout, 'data');
  return { display, name: `:${String(number).trim()}` };
}

export class WebKit {
  static async launch() {
    const browser = new WebKit();
    const { display, name } = await startDisplay();
    const port = await freePort();
    browser.processes = [display, spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env: { ...process.env, DISPLAY: name } })];
    browser.address = `http://127.0.0.1:${port}`;
    await until(() => fetch(`${browser.address}/status`).then(() => true, () => false), 'the driver listens');
    const options = { binary: MINI_BROWSER, args: ['--automation'] };
    const { sessionId } = await browser.#post('/session', { capabilities: { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options } } });
    browser.address += `/session/${sessionId}`;
    return browser;
  }

  async close() {
    await fetch(this.address, { method: 'DELETE' }).catch(() => {});
    for (const child of this.processes.reverse()) {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
  }

  visit(url) {
    return this.#post('/url', { url });
  }

  /** Runs a function's body in the page; `root` is the widget's shadow root. */
  evaluate(body, ...args) {
    const script = `const root = document.querySelector('chatflow-widget')?.shadowRoot; ${body}`;
    return this.#post('/execute/sync', { script, args });
  }

  /** Presses keys as a person does, where the focus is. */
  type(text) {
    const actions = Array.from(text).flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
    return this.#post('/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  async screenshot() {
    const response = await fetch(`${this.address}/screenshot`);
    return Buffer.from((await response.json()).value, 'base64');
  }

  async #post(path, body) {
    const response = await fetch(this.address + path, { method: 'POST', body: JSON.stringify(body) });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  }
}
