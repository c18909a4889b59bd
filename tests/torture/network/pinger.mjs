// SPDX-License-Identifier: GPL-3.0-or-later
//
// pinger.mjs COUNT ADDRESS PORT: sends numbered datagrams to who echoes them; prints [{sequence, time}] of those that came back, in the
// order in which they did, once nothing has come for a while.

import dgram from 'node:dgram';

const [count, address, port] = [Number(process.argv[2]), process.argv[3], Number(process.argv[4])];
const echoes = [];
const sent = [];
const socket = dgram.createSocket('udp4');
let quiet;

function wait() {
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    socket.close();
    console.log(JSON.stringify(echoes));
  }, 700);
}

socket.on('message', (data) => {
  const sequence = data.readUInt32BE(0);
  echoes.push({ sequence, time: performance.now() - sent[sequence] });
  wait();
});
// Some at a time, so that no socket's buffer overflows.
for (let sequence = 0; sequence < count; sequence += 1) {
  const data = Buffer.alloc(64);
  data.writeUInt32BE(sequence);
  sent[sequence] = performance.now();
  socket.send(data, port, address);
  if (sequence % 10 === 9) await new Promise((resolve) => { setTimeout(resolve, 2); });
}
wait();
