// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands between a daemon and its system: a disk that fails (io-shim.c) and a clock that jumps (clock-shim.c), on command.

import { execFileSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { PROGRAM } from '../lib/daemon.mjs';

const FOLDER = process.env.TEST_SHIMS ?? '_build/test/tests/torture';
const BLOCK = 4096;

/** The library of the sanitizers that the daemon was built with, if any. */
export const sanitizer = execFileSync('ldd', [PROGRAM], { encoding: 'utf8' }).match(/=> (\S*libasan\S*)/)?.[1];

/** The sanitizers want to be the first that is loaded. */
function preload(name) {
  return [sanitizer, path.resolve(FOLDER, name)].filter(Boolean).join(':');
}

/** Numbers of 64 bits in a file that the daemon has mapped. */
class Shared {
  #fd;
  #folder = mkdtempSync(path.join(os.tmpdir(), 'chatflow-shim-'));

  constructor(count) {
    this.path = path.join(this.#folder, 'control');
    this.#fd = openSync(this.path, 'w+');
    for (let i = 0; i < count; i += 1) this.set(i, 0);
  }

  get(index) {
    const bytes = Buffer.alloc(8);
    readSync(this.#fd, bytes, 0, 8, 8 * index);
    return Number(os.endianness() === 'LE' ? bytes.readBigInt64LE() : bytes.readBigInt64BE());
  }

  set(index, number) {
    const bytes = Buffer.alloc(8);
    if (os.endianness() === 'LE') bytes.writeBigInt64LE(BigInt(number));
    else bytes.writeBigInt64BE(BigInt(number));
    writeSync(this.#fd, bytes, 0, 8, 8 * index);
  }

  /** A folder that goes away with it. */
  get folder() {
    return this.#folder;
  }

  remove() {
    closeSync(this.#fd);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const MODES = { refuse: 0, torn: 1, short: 2, kill: 3 };
const FIELDS = ['armed', 'count', 'from', 'calls', 'error', 'mode', 'failed', 'walFrames', 'syncDelay', 'syncs'];
export const FOREVER = 2 ** 40;

/** The disk of a daemon that is started with `options`. */
export class Disk {
  #shared = new Shared(FIELDS.length);
  #synced = null;

  /** `state`: the folder that the daemon will start from; what is synced later is then remembered for powerCut(). */
  constructor({ state } = {}) {
    if (!state) return;
    this.#synced = mkdtempSync(path.join(this.#shared.folder, 'synced-'));
    cpSync(state, this.#synced, { recursive: true });
  }

  /** For Daemon.start(). */
  get options() {
    return { LD_PRELOAD: preload('libio-shim.so'), TORTURE_IO: this.#shared.path, ...(this.#synced && { TORTURE_SYNCED: this.#synced }) };
  }

  #get(field) {
    return this.#shared.get(FIELDS.indexOf(field));
  }

  #set(field, number) {
    this.#shared.set(FIELDS.indexOf(field), number);
  }

  /** Counts from now on, and fails `calls` calls from number `from` on (0: none), in a way of MODES. */
  arm({ from = 0, calls = 1, error = 'EIO', mode = 'refuse' } = {}) {
    this.#set('armed', 0);
    for (const [field, number] of Object.entries({ count: 0, failed: 0, from, calls, error: os.constants.errno[error], mode: MODES[mode] })) {
      this.#set(field, number);
    }
    this.#set('armed', 1);
  }

  disarm() {
    this.#set('armed', 0);
  }

  /** Calls since it was armed. */
  get count() {
    return this.#get('count');
  }

  /** How many of them failed. */
  get failed() {
    return this.#get('failed');
  }

  /** Pages in the write-ahead log since it began anew. */
  get walFrames() {
    return this.#get('walFrames');
  }

  /** Syncs that succeeded, ever. */
  get syncs() {
    return this.#get('syncs');
  }

  /** Every sync takes so many milliseconds longer. */
  set syncDelay(milliseconds) {
    this.#set('syncDelay', milliseconds);
  }

  /**
   * Does to the files in `state` what a power cut may do: each block that was written since its file's last sync is there or not,
   * and so is what the file grew by. To be called when the daemon is gone.
   */
  async powerCut(state, random) {
    for (const name of (await readdir(state)).filter((file) => /\.db(-wal|-shm|-journal)?$/.test(file))) {
      const [file, kept] = [path.join(state, name), path.join(this.#synced, name)];
      if (!existsSync(kept)) {
        await rm(file);
        continue;
      }
      await writeFile(file, mixed(await readFile(kept), await readFile(file), random));
      await cp(file, kept);
    }
  }

  remove() {
    this.#shared.remove();
  }
}

/** Blocks of one or the other. What was grown by and is lost reads as zeros. */
function mixed(synced, written, random) {
  const lost = random.pick([0.1, 0.5, 1]);
  const result = Buffer.alloc(random.pick([synced.length, written.length]));
  for (let at = 0; at < result.length; at += BLOCK) {
    const source = random.chance(lost) ? synced : written;
    if (at < source.length) source.copy(result, at, at, Math.min(at + BLOCK, source.length));
  }
  return result;
}

/** The wall clock of a daemon that is started with `options`. */
export class Clock {
  #shared = new Shared(1);

  get options() {
    return { LD_PRELOAD: preload('libclock-shim.so'), TORTURE_CLOCK: this.#shared.path };
  }

  /** It is so many milliseconds ahead of ours from now on. */
  set ahead(milliseconds) {
    this.#shared.set(0, milliseconds);
  }

  /** What the daemon takes for the time. */
  get now() {
    return Date.now() + this.#shared.get(0);
  }

  remove() {
    this.#shared.remove();
  }
}
