// SPDX-License-Identifier: GPL-3.0-or-later
//
// The desktop client with 1,000, 10,000 and 100,000 cached conversations: how long until the first rows, how much memory, how smooth the
// list. Prints a Markdown table; --json FILE keeps the figures. Nothing is asserted: the figures depend on the machine, their growth does not.
//
//   client.mjs [--json FILE] [--sizes 1000,10000,100000] [--runs 3]
//
// The real client on a display of its own, told to talk about itself (G_MESSAGES_DEBUG); TEST_CHATFLOW and TEST_FILL_CACHE say where the
// programs are.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { Display } from '../lib/display.mjs';
import { MeasuredWindow, median, megabytes, now } from './measured-window.mjs';

const run = promisify(execFile);
const CLIENT = process.env.TEST_CHATFLOW ?? '_build/test/app/chatflow';
const FILL = process.env.TEST_FILL_CACHE ?? path.join(path.dirname(CLIENT), '../tests/bench/fill-cache');

async function measure(display, folder) {
  const environment = { ...display.environment, XDG_DATA_HOME: folder, GTK_A11Y: 'none',
    DBUS_SESSION_BUS_ADDRESS: 'disabled:', GSETTINGS_BACKEND: 'memory', XDG_STATE_HOME: path.join(folder, 'state') };
  const client = new MeasuredWindow(environment, CLIENT);
  try {
    const [, painted] = await client.says(/first rows painted at (\d+)/);
    await client.rests();
    const idle = await client.memory();
    const start = client.account(0);
    const cpu = await client.cpu();

    await client.keys('Down'); // the second row; the first one is the long conversation
    let from = client.lines.length;
    const pressed = now();
    await client.keys('Up');
    const [, messages, opened] = await client.says(/conversation \S+ painted with (\d+) messages at (\d+)/, from);

    from = client.lines.length;
    await client.wheel(5);
    await client.keys('ctrl+End');
    await client.wheel(4);
    await client.keys('ctrl+Home');
    const scrolled = client.account(from);
    const kept = Math.max(...client.lines.map((line) => Number(/keeping (\d+) of/.exec(line)?.[1] ?? 0)));
    return { firstRows: (painted - client.started) / 1000, startCpu: cpu, startStall: start.stall, memory: megabytes(idle), opening: (opened - pressed) / 1000,
      messages: Number(messages), scrollPages: scrolled.pages, scrollStall: scrolled.stall, kept, memoryAfter: megabytes(await client.memory()) };
  } finally {
    await client.stop();
  }
}

async function folderSize(folder) {
  const { stdout } = await run('find', [path.join(folder, 'chatflow'), '-name', '*.db', '-printf', '%s\n']);
  return stdout.trim().split('\n').map(Number).reduce((sum, size) => sum + size, 0);
}

async function measureSize(size, runs) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'chatflow-bench-client-'));
  const display = await Display.start();
  try {
    await mkdir(path.join(folder, 'state'));
    await run(FILL, [String(size)], { env: { ...display.environment, XDG_DATA_HOME: folder } });
    await measure(display, folder); // the first start reads the program itself from disk
    const results = [];
    for (let i = 0; i < runs; i++) results.push(await measure(display, folder));
    const medians = Object.fromEntries(Object.keys(results[0]).map((key) => [key, median(results.map((result) => result[key]))]));
    return { size, file: megabytes(await folderSize(folder)), ...medians };
  } finally {
    await display.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const ROWS = [
  ['file', 'cache file, MB', 1],
  ['firstRows', 'start to first rows on screen, ms', 0],
  ['startCpu', 'CPU until it rests, ms', 0],
  ['startStall', 'longest main-loop stall while starting, ms', 1],
  ['memory', 'memory (PSS) with first rows, MB', 1],
  ['opening', 'key press to an opened conversation of 5,000 messages, ms', 0],
  ['messages', 'messages loaded for it', 0],
  ['scrollPages', 'pages read, scrolling to the end and back', 0],
  ['scrollStall', 'longest main-loop stall while scrolling, ms', 1],
  ['kept', 'most rows kept by one list', 0],
  ['memoryAfter', 'memory (PSS) after scrolling, MB', 1],
];

function table(results) {
  const last = results.at(-1), first = results[0];
  const head = ['cached conversations', ...results.map(({ size }) => size.toLocaleString('en')), 'growth'];
  const rows = ROWS.map(([key, words, digits]) => [words, ...results.map((result) => result[key].toFixed(digits)),
    first[key] > 0 ? `×${(last[key] / first[key]).toFixed(2)}` : '']);
  return [head, head.map((_, i) => (i ? '--:' : '---')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const { values } = parseArgs({ options: {
  json: { type: 'string' },
  sizes: { type: 'string', default: '1000,10000,100000' },
  runs: { type: 'string', default: '3' },
} });
await Promise.all([CLIENT, FILL].map((program) => stat(program)));
const results = [];
for (const size of values.sizes.split(',')) results.push(await measureSize(Number(size), Number(values.runs)));
console.log(table(results));
if (values.json) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
