// SPDX-License-Identifier: GPL-3.0-or-later
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { freePort } from './ports.mjs';
import { until } from './until.mjs';

const PROGRAM = new URL('smtp-server.py', import.meta.url).pathname;

/** A certificate for 127.0.0.1, which is its own authority; resolves with the paths of both files. */
export async function certificate(folder) {
  const [cert, key] = ['mail-cert.pem', 'mail-key.pem'].map((name) => path.join(folder, name));
  await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert]);
  return { cert, key };
}

/** A mail server on a port of loopback; smtp-server.py says which addresses behave how. */
export class MailServer {
  port;
  /** What it has taken, in order. */
  mails = [];
  /** Every recipient that was named to it. */
  asked = [];
  /** Those whose mail it holds. */
  holding = [];
  #child;
  #log = '';

  /** `tls`: {cert, key, way: 'starttls' or 'smtps'}; `account`: [user, password], which it then demands. */
  static async start({ port, tls, account = [] } = {}) {
    const server = new MailServer();
    server.port = port ?? await freePort();
    const words = tls ? [tls.cert, tls.key, tls.way, ...account] : [];
    const child = server.#child = spawn('/usr/bin/python3', ['-W', 'ignore', PROGRAM, String(server.port), ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => {}); // it may have ended
    child.stderr.on('data', (data) => { server.#log += data; });
    let ready = false;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line);
      if (said.ready) ready = true;
      if (said.mail) server.mails.push(said.mail);
      if (said.asked) server.asked.push(said.asked);
      if (said.holding) server.holding.push(said.holding);
    });
    await until(() => {
      if (child.exitCode !== null) throw new Error(`the mail server ended with ${child.exitCode}:\n${server.#log}`);
      return ready;
    }, 'the mail server');
    return server;
  }

  get url() {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Those that went to an address. */
  to(address) {
    return this.mails.filter((mail) => mail.to.includes(address));
  }

  /** Waits for one. */
  arrived(address) {
    return until(() => this.to(address)[0], () => `a mail for ${address}; asked for: ${this.asked}; ${this.#log}`);
  }

  /** Lets go what it holds, and holds nothing any more. */
  letGo() {
    this.#child.stdin.write('go\n');
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const end = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await end;
  }
}

/** The values of a header, however it is written. */
export const header = (mail, name) => mail.headers.filter(([one]) => one.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
