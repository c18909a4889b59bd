// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const HANDS = new URL('desktop-agent.py', import.meta.url).pathname;

/** An agent at the real desktop client on a display of its own. `desktop-agent.py` says what can be done there. */
export class DesktopAgent {
  #process;
  #answers;
  #last = Promise.resolve();

  /** With a keyring that opens with this password, if any; on the machine of a network `namespace`, if any. */
  static async start({ keyring, namespace } = {}) {
    const agent = new DesktopAgent(namespace);
    if (keyring) await agent.do('open_keyring', { password: keyring });
    return agent;
  }

  constructor(namespace) {
    const client = process.env.TEST_CHATFLOW ?? '_build/test/app/chatflow';
    const command = ['/usr/bin/python3', [HANDS, client]];
    this.#process = spawn(...(namespace ? namespace.command(...command) : command), { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process.stdin.on('error', () => {}); // the missing answer tells
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** One thing after the other, as with two hands; resolves with what it returns. */
  do(name, words = {}) {
    const done = this.#last.then(() => this.#ask(name, words));
    this.#last = done.catch(() => {});
    return done;
  }

  /** Ends the client, its display, bus and keyring. */
  async stop() {
    const gone = once(this.#process, 'close');
    this.#process.stdin.end();
    await gone;
  }

  async #ask(name, words) {
    this.#process.stdin.write(`${JSON.stringify({ do: name, with: words })}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`desktop-agent.py ended while asked to ${name}`);
    const { result, error } = JSON.parse(value);
    if (error) throw new Error(`the client, asked to ${name} ${JSON.stringify(words).slice(0, 200)}: ${error}`);
    return result;
  }
}
