// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const PROGRAM = process.env.TEST_LOAD ?? '_build/bench/tests/bench/load';

const running = new Set();

/** Ends those that run; whoever waits for their figures gets an error. */
export function interrupt() {
  for (const child of running) child.kill();
}

/**
 * Runs the load generator with `options` ({idle: 1000} is --idle 1000) and resolves with the figures that it reports. When it
 * says that it is waiting, `onWaiting` may restart the server and resolves with the new process id.
 */
export async function generate(options, { onWaiting } = {}) {
  const words = Object.entries(options).filter(([, value]) => value !== undefined && value !== false)
    .flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
  const child = spawn(PROGRAM, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  let complaint = '';
  let figures = null;
  child.stderr.setEncoding('utf8').on('data', (text) => { complaint += text; });
  const lines = createInterface({ input: child.stdout });
  const closed = once(child, 'close');
  for await (const line of lines) {
    if (line === 'waiting') child.stdin.write(`${await onWaiting()}\n`);
    else figures = JSON.parse(line);
  }
  const [code] = await closed;
  running.delete(child);
  if (code !== 0 || figures === null) throw new Error(`load ${words.join(' ')}: ${complaint.trim() || `ended with ${code}`}`);
  return figures;
}
