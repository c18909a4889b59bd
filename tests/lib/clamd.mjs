// SPDX-License-Identifier: GPL-3.0-or-later
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { until } from './until.mjs';

const PROGRAM = '/usr/sbin/clamd';

/** The file by which scanners are tested, in two parts: whole it would be found in this file too. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** For `skip` of a test: why there is no clamd here. */
export const noClamd = !existsSync(PROGRAM) && 'clamd is not installed';

/** Starts a real clamd that knows EICAR alone; gives its socket. */
export async function startClamd(t) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-clamd-'));
  const socket = path.join(folder, 'socket');
  await mkdir(path.join(folder, 'db'));
  await writeFile(path.join(folder, 'db', 'test.ndb'), `Eicar-Signature:0:*:${Buffer.from(EICAR).toString('hex')}\n`);
  await writeFile(path.join(folder, 'conf'), `DatabaseDirectory ${folder}/db\nLocalSocket ${socket}\nForeground yes\n${process.getuid() === 0 ? 'User root\n' : ''}`);
  const clamd = spawn(PROGRAM, ['-c', path.join(folder, 'conf')], { stdio: 'ignore' });
  t.after(async () => {
    const end = once(clamd, 'close');
    clamd.kill();
    await end;
    await rm(folder, { recursive: true });
  });
  await until(() => existsSync(socket), 'clamd');
  return socket;
}
