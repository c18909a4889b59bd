// SPDX-License-Identifier: GPL-3.0-or-later
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);
const READY = 'sysctl -qw net.ipv6.conf.all.disable_ipv6=1 || true; ip link set lo up && echo ready && exec cat';

/**
 * A network namespace: a machine of its own as far as the network is concerned. It has no name, so nothing of it stays when the test
 * dies: a process that waits for the end of its input holds it.
 */
export class Namespace {
  #holder;

  /** The one that this process is in; it must be nobody else's. */
  static here() {
    const found = Object.keys(os.networkInterfaces()).filter((name) => name !== 'lo');
    if (found.length > 0) throw new Error(`this test changes the network: run it by tests/torture/network/in-namespace, got a machine with ${found}`);
    return new Namespace(null);
  }

  /** A new one, with loopback only. */
  static async make() {
    const holder = spawn('unshare', ['--net', '--', 'sh', '-c', READY], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [word] = await Promise.race([once(holder.stdout, 'data'), once(holder, 'close')]);
    if (String(word) !== 'ready\n') throw new Error(`unshare --net ended with ${word}: making a network namespace needs root`);
    return new Namespace(holder);
  }

  constructor(holder) {
    this.#holder = holder;
  }

  /** The file that stands for it. */
  get path() {
    return `/proc/${this.#holder ? this.#holder.pid : process.pid}/ns/net`;
  }

  /** [program, arguments] of a command that runs in there. */
  command(program, words = []) {
    return this.#holder ? ['nsenter', ['--net', `--target=${this.#holder.pid}`, '--', program, ...words]] : [program, words];
  }

  /** Runs `line` in there, a program and its arguments; resolves with what it printed. */
  async run(line) {
    const [program, ...words] = line.split(' ');
    return (await run(...this.command(program, words))).stdout;
  }

  /** How many TCP segments were sent again in there, as the kernel counts. */
  async retransmitted() {
    const [names, values] = (await this.run('cat /proc/net/snmp')).split('\n').filter((one) => one.startsWith('Tcp:')).map((one) => one.split(' '));
    return Number(values[names.indexOf('RetransSegs')]);
  }

  /** What still runs in there keeps it until it ends. */
  async remove() {
    if (!this.#holder) return;
    const gone = once(this.#holder, 'close');
    this.#holder.stdin.end();
    await gone;
  }
}
