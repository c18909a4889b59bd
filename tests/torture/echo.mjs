// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server that nobody attacks. It, too, answers only when what it was sent is on disk, together with all that came meanwhile: what
// its answers are late by is the machine's doing.

import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { WebSocketServer } from 'ws';

import { serve } from './own-process.mjs';

const waiting = [];
let file;
let busy = false;

async function store() {
  if (busy) return;
  busy = true;
  while (waiting.length > 0) {
    const batch = waiting.splice(0);
    await file.write(batch.map(({ text }) => `${text}\n`).join(''));
    await file.datasync();
    for (const { socket, text } of batch) socket.send(text);
  }
  busy = false;
}

serve({
  listen: async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-echo-'));
    file = await open(path.join(folder, 'log'), 'w');
    await rm(folder, { recursive: true });
    return new Promise((resolve) => {
      const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false }, () => resolve(server.address().port));
      server.on('connection', (socket) => socket.on('message', (data) => {
        waiting.push({ socket, text: data.toString() });
        store();
      }));
    });
  },
});
