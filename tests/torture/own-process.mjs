// SPDX-License-Identifier: GPL-3.0-or-later
//
// A part of a test that runs in a process of its own, so that it neither slows the others nor is slowed by them.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The test's side. */
export class OwnProcess {
  #child;
  #calls = new Map();
  #lastId = 0;

  /** Runs a file of this folder; `nice`: how far it stands back when others want the processor. */
  constructor(file, { nice = 0 } = {}) {
    const program = fileURLToPath(new URL(file, import.meta.url));
    this.#child = spawn('nice', ['-n', String(nice), process.execPath, program], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child.on('message', ({ id, result, error }) => {
      const { resolve, reject } = this.#calls.get(id);
      this.#calls.delete(id);
      if (error) reject(new Error(`${file}: ${error}`));
      else resolve(result);
    });
    this.#child.on('close', (code, signal) => {
      for (const { reject } of this.#calls.values()) reject(new Error(`${file} ended with ${signal ?? code}`));
    });
  }

  call(method, params = {}) {
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      this.#calls.set(this.#lastId, { resolve, reject });
      this.#child.send({ id: this.#lastId, method, params });
    });
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'close');
  }
}

/** Its side: {method: function of params}. It ends when the test does. */
export function serve(methods) {
  process.on('message', async ({ id, method, params }) => {
    try {
      process.send({ id, result: await methods[method](params) });
    } catch (error) {
      process.send({ id, error: String(error.stack) });
    }
  });
  process.on('disconnect', () => process.exit(0));
}
