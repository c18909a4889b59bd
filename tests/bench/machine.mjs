// SPDX-License-Identifier: GPL-3.0-or-later
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';

const versionOf = (name) => JSON.parse(readFileSync(new URL(`peer/node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;

/** The type of the file system that holds `folder`. */
const fileSystem = (folder) => execFileSync('df', ['--output=fstype', folder], { encoding: 'utf8' }).trim().split('\n').at(-1);

/** Where the figures come from: name: value, to be printed in this order. */
export function describeMachine() {
  const cpus = os.cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim(),
    cpu: `${cpus[0].model.trim()}, ${cpus.length} cores`,
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    system: `${os.type()} ${os.release()}`,
    'load average before': os.loadavg()[0].toFixed(1),
  };
}

/** What the servers stand on: their databases in `folder`, and what they are made of. */
export function describeServers(folder, sqlite) {
  return {
    'file system of the databases': fileSystem(folder),
    chatflowd: `SQLite ${sqlite}`,
    peer: `Node ${process.versions.node}, socket.io ${versionOf('socket.io')}, better-sqlite3 ${versionOf('better-sqlite3')}`,
  };
}

/** The same as lines of a list. */
export const listMachine = (machine) => Object.entries(machine).map(([name, value]) => `- ${name}: ${value}`).join('\n');
