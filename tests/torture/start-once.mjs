// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { PROGRAM } from '../lib/daemon.mjs';
import { until } from '../lib/until.mjs';

/**
 * Starts the daemon's program, which may fail to start; once it serves it is stopped.
 * Returns whether it served, the code or signal that it ended with, and its log.
 */
export async function startOnce(state, options) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CHATFLOW_'));
  const child = spawn(PROGRAM, ['--state', state, '--listen', '127.0.0.1:0'], {
    env: { ...Object.fromEntries(own), ...options },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = once(child, 'close');
  let log = '';
  child.stdout.on('data', (data) => { log += data; });
  child.stderr.on('data', (data) => { log += data; });
  await until(() => log.includes(' ready ') || child.exitCode !== null || child.signalCode !== null, () => `the daemon to start or end:\n${log}`);
  const served = log.includes(' ready ');
  if (served) child.kill('SIGTERM');
  const [code, signal] = await end;
  return { served, code, signal, log };
}
