// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const firstLine = (stream) => new Promise((resolve, reject) => {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (data) => {
    text += data;
    if (text.includes('\n')) resolve(text.split('\n')[0]);
  });
  stream.once('end', () => reject(new Error(`ended after "${text}", expected a line`)));
});

/** A private X display with a private session bus, home and run-time folder. */
export class Display {
  /** What a program needs in its environment to appear here. */
  environment;
  #folder;
  #children;

  static async start({ size = '1280x800' } = {}) {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-display-'));
    const [home, runtime] = [path.join(folder, 'home'), path.join(folder, 'run')];
    await mkdir(home);
    await mkdir(runtime, { mode: 0o700 });
    const environment = { ...process.env, HOME: home, XDG_RUNTIME_DIR: runtime, GDK_BACKEND: 'x11', GSK_RENDERER: 'cairo' };
    for (const name of ['XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'WAYLAND_DISPLAY']) delete environment[name];

    const x = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    environment.DISPLAY = `:${await firstLine(x.stdio[3])}`;
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] });
    environment.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus.stdout);
    return new Display(folder, environment, [bus, x]);
  }

  constructor(folder, environment, children) {
    this.#folder = folder;
    this.environment = environment;
    this.#children = children;
  }

  /** Ends the bus, then the display, and removes their folder. */
  async stop() {
    for (const child of this.#children) {
      const gone = once(child, 'close');
      child.kill();
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
