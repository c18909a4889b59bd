// SPDX-License-Identifier: GPL-3.0-or-later
//
// scripts/bench calls this; see there.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { ChatFlow } from './chatflow.mjs';
import { writeDocs } from './docs.mjs';
import { interrupt } from './generator.mjs';
import { describeMachine, describeServers } from './machine.mjs';
import { Results } from './results.mjs';
import { GROUPS, SCENARIOS } from './scenarios.mjs';
import { SocketIo } from './socketio.mjs';

const SERVERS = [ChatFlow, SocketIo];
const FULL = { seconds: 10, scale: 1 };
const QUICK = { seconds: 2, scale: 0.1 };

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false }, runs: { type: 'string' }, json: { type: 'string' }, docs: { type: 'boolean', default: false },
    on: { type: 'string', default: '_build/bench/state' }, only: { type: 'string' },
  },
});

function chosen() {
  const wanted = new Set(positionals.flatMap((name) => GROUPS[name] ?? [name]));
  const unknown = [...wanted].filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (unknown.length > 0) {
    throw new Error(`got ${unknown.join(', ')}, expected some of: ${[...SCENARIOS.map(({ name }) => name), ...Object.keys(GROUPS)].join(' ')}`);
  }
  return SCENARIOS.filter(({ name }) => wanted.size === 0 || wanted.has(name));
}

function contenders() {
  const servers = SERVERS.filter(({ label }) => options.only === undefined || label.toLowerCase() === options.only.toLowerCase());
  if (servers.length === 0) throw new Error(`--only: got ${options.only}, expected one of: ${SERVERS.map(({ label }) => label).join(', ')}`);
  return servers;
}

/** Servers are stopped and folders removed also when somebody loses patience. */
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    interrupt();
  });
}

async function once(scenario, Server, folder, size) {
  const server = await Server.start({ folder, ...scenario.start });
  try {
    if (interrupted) throw new Error('interrupted');
    return await scenario.run(server, size);
  } finally {
    await server.stop();
  }
}

const scenarios = chosen();
const servers = contenders();
const runs = Number(options.runs ?? (options.quick ? 1 : 3));
if (!(Number.isInteger(runs) && runs > 0)) throw new Error(`--runs: got ${options.runs}, expected a number from 1 on`);
const size = options.quick ? QUICK : FULL;
const results = new Results();
await mkdir(options.on, { recursive: true });
const folder = await mkdtemp(path.join(path.resolve(options.on), 'run-'));
const machine = { ...describeMachine(), ...describeServers(folder, process.env.BENCH_SQLITE ?? 'unknown') };
let complete = 0;
let failures = 0;
try {
  for (let run = 1; run <= runs; run++) {
    for (const scenario of scenarios) {
      for (const Server of servers) {
        process.stderr.write(`bench: run ${run} of ${runs}: ${scenario.name}, ${Server.label}\n`);
        try {
          results.add(scenario.name, Server.label, await once(scenario, Server, folder, size));
        } catch (error) {
          if (interrupted) throw error;
          failures++;
          process.stderr.write(`bench: ${scenario.name}, ${Server.label} failed: ${error.message}\n`);
        }
      }
    }
    complete = run;
  }
} catch (error) {
  if (!interrupted || complete === 0) throw error;
} finally {
  await rm(folder, { recursive: true, force: true });
}
machine.runs = `${complete}${interrupted ? ', then interrupted' : ''}${failures > 0 ? `, of whose scenarios ${failures} failed` : ''}, medians${options.quick ? '; --quick: a tenth of the visitors, a fifth of the time' : ''}`;
const markdown = results.markdown(machine, scenarios, ...SERVERS.map(({ label }) => label));
console.log(markdown);
if (options.json) {
  const targets = results.targets(...SERVERS.map(({ label }) => label));
  await writeFile(options.json, `${JSON.stringify({ machine, targets, runs: results.toJson() }, null, 2)}\n`);
}
if (options.docs) await writeDocs('scripts/bench --docs', markdown);
process.exitCode = failures > 0 ? 1 : 0;
