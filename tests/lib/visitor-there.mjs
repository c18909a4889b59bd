// SPDX-License-Identifier: GPL-3.0-or-later
//
// A visitor who comes and goes, for tests that are not written in JavaScript:
//
//     visitor-there.mjs SOCKET-URL SITE-KEY VISITOR-TOKEN AGENT-TOKEN
//
// Reads "come" and "go" from stdin, a line each, and repeats the word when the staff has been told of it.

import { createInterface } from 'node:readline';

import { Client } from './rpc-client.mjs';
import { until } from './until.mjs';

const [url, site, token, agentToken] = process.argv.slice(2);
const credentials = { site, token };
const staff = new Client({ url, credentials: { token: agentToken } }).start();
const seen = () => staff.signals.findLast(({ kind, actor_id: id }) => kind === 'presence' && id === token.split('.')[0])?.state;
let visitor;

await staff.ready();
for await (const word of createInterface({ input: process.stdin })) {
  if (word === 'come') visitor = new Client({ url, credentials }).start();
  else await visitor.close();
  await until(() => seen() === (word === 'come' ? 'online' : 'offline'), word);
  console.log(word);
}
await visitor?.close();
await staff.close();
