// SPDX-License-Identifier: GPL-3.0-or-later
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const QUIET_MS = 400;
const LIMIT_MS = 60_000;
const TYPING_MS = 60;
const WHEEL_CLICKS = 400; // a row each

/** In µs, by the same clock as g_get_monotonic_time(). */
export const now = () => Number(process.hrtime.bigint() / 1000n);

export const percentile = (numbers, share) => [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))];
export const median = (numbers) => percentile(numbers, 0.5);
export const megabytes = (bytes) => bytes / 1024 / 1024;

/** A program with a window, told to talk about itself (G_MESSAGES_DEBUG), and what it has said. */
export class MeasuredWindow {
  lines = [];
  #process;
  #environment;
  #heard = now();
  #waiting = [];
  #hands;

  constructor(environment, program, args = []) {
    this.#environment = { ...environment, G_MESSAGES_DEBUG: 'chatflow', LC_ALL: 'C.UTF-8' };
    this.started = now();
    this.#process = spawn(program, args, { env: this.#environment, stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      this.lines.push(line);
      if (!/frame of/.test(line)) this.#heard = now(); // a caret blinks
      this.#waiting = this.#waiting.filter((look) => !look());
    });
  }

  get pid() {
    return this.#process.pid;
  }

  /** Resolves with the first match in what is said from line number `from` on, within so many ms. */
  says(pattern, from = 0, within = LIMIT_MS) {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`it did not say ${pattern}`)), within);
      const look = () => {
        const match = this.lines.slice(from).map((line) => pattern.exec(line)).find(Boolean);
        if (match) {
          clearTimeout(limit);
          resolve(match);
        }
        return Boolean(match);
      };
      if (!look()) this.#waiting.push(look);
    });
  }

  /** Until it has nothing more to tell. */
  async rests() {
    while (now() - this.#heard < QUIET_MS * 1000) await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 4));
  }

  async keys(...keys) {
    this.#heard = now();
    await run('xdotool', ['key', '--delay', '30', ...keys], { env: this.#environment });
    this.#heard = now();
    await this.rests();
  }

  /** One key, at once: the hands are there already. Returns when it was handed over, by now(). */
  press(key) {
    return this.#act(`key ${key}`);
  }

  /** A button of the mouse, where the pointer is; the same. */
  click(button) {
    return this.#act(`click ${button}`);
  }

  /** The hand comes to where it will click, and rests there for so many ms. */
  async rest(x, y, ms) {
    await run('xdotool', ['mousemove', String(x), String(y)], { env: this.#environment });
    await new Promise((resolve) => setTimeout(resolve, ms));
  }

  #act(command) {
    this.#hands ??= spawn('xdotool', ['-'], { env: this.#environment, stdio: ['pipe', 'ignore', 'inherit'] });
    const acted = now();
    this.#hands.stdin.write(`${command}\n`);
    return acted;
  }

  /** Types as a person does who is quick. */
  async type(text) {
    await run('xdotool', ['type', '--delay', String(TYPING_MS), text], { env: this.#environment });
  }

  /** Turns the wheel over the list; button 5 is down, 4 is up. */
  async wheel(button, clicks = WHEEL_CLICKS) {
    await run('xdotool', ['mousemove', '400', '400', 'click', '--repeat', String(clicks), '--delay', '8', String(button)], { env: this.#environment });
    this.#heard = now();
    await this.rests();
  }

  /** The memory that is in use, in bytes: its share of what it has in common with others (`Pss`), or all that is resident (`Rss`). */
  async memory(kind = 'Pss') {
    const status = await readFile(`/proc/${this.#process.pid}/smaps_rollup`, 'utf8');
    return Number(new RegExp(`^${kind}:\\s+(\\d+) kB`, 'm').exec(status)[1]) * 1024;
  }

  async cpu() {
    const fields = (await readFile(`/proc/${this.#process.pid}/stat`, 'utf8')).split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10; // in ms: the kernel counts hundredths of a second
  }

  /** Of the thread that draws, in ms. */
  async mainCpu() {
    return Number((await readFile(`/proc/${this.#process.pid}/task/${this.#process.pid}/schedstat`, 'utf8')).split(' ')[0]) / 1e6;
  }

  /** What lines from number `from` on say of reading, of holding up, and of the work on each frame in ms. */
  account(from) {
    const lines = this.lines.slice(from);
    const numbers = (pattern) => lines.map((line) => pattern.exec(line)).filter(Boolean).map((match) => Number(match[1]));
    return { pages: numbers(/read (\d+) rows/).length, stall: Math.max(0, ...numbers(/held up for (\d+) us/)) / 1000,
      frames: numbers(/frame of (\d+) us/).map((us) => us / 1000) };
  }

  async stop() {
    this.#hands?.stdin.end();
    const gone = once(this.#process, 'close');
    this.#process.kill();
    await gone;
  }
}
