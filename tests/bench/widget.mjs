// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the widget costs the page that has it: the same page with and without it, in turn, in Chromium with a processor slowed down four times. Prints
// Markdown tables; --json FILE keeps the figures of all runs. Nothing is asserted.
//
//   widget.mjs [--json FILE] [--runs 5] [--slower 4]
//
// A real daemon serves it; TEST_CHATFLOWD and TEST_WIDGET say which.
import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Zoo } from '../e2e/zoo.mjs';
import { Daemon } from '../lib/daemon.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { median } from './measured-window.mjs';

/** A page has come to rest when nothing more was asked for, and no long task was seen, for so many milliseconds. */
const REST = 1500;

/** In the page, before anything else: what moves, what takes long, when the launcher is there. */
function observe() {
  window.seen = { moved: 0, long: [], launcher: 0, last: 0 };
  const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    take(entry);
    window.seen.last = performance.now();
  })).observe({ type, buffered: true });
  watch('layout-shift', ({ value }) => { window.seen.moved += value; });
  watch('longtask', ({ duration }) => window.seen.long.push(duration));
  watch('resource', () => {});
  new MutationObserver((_changes, observer) => {
    if (!document.querySelector('chatflow-widget')) return;
    observer.disconnect();
    requestAnimationFrame(() => { window.seen.launcher = performance.now(); });
  }).observe(document, { childList: true, subtree: true });
}

/** In the page: what there is to say of its loading. */
function account() {
  const files = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/widget'));
  const script = files.find(({ name }) => name.endsWith('/widget.js'));
  return {
    requests: files.length,
    moved: window.seen.moved,
    longTasks: window.seen.long.length,
    longest: Math.max(0, ...window.seen.long),
    launcher: script ? window.seen.launcher - script.responseEnd : 0,
  };
}

/** In the page: a click, the panel, a first message and its way to the server. Gives the milliseconds from the click. */
async function use() {
  const root = document.querySelector('chatflow-widget').shadowRoot;
  const shown = async (selector) => {
    while (!root.querySelector(selector)) await new Promise((done) => requestAnimationFrame(done));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now();
  };
  const from = performance.now();
  root.querySelector('.launcher').click();
  const panel = await shown('#panel:not([hidden]) textarea:enabled');
  const field = root.querySelector('textarea');
  field.value = 'Hello';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await shown('.send:enabled');
  field.form.requestSubmit();
  return { panel: panel - from, delivered: (await shown('.row.sent')) - from };
}

async function metrics(session) {
  const all = Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  return { tasks: all.TaskDuration * 1000, script: all.ScriptDuration * 1000, layout: (all.LayoutDuration + all.RecalcStyleDuration) * 1000, heap: all.JSHeapUsedSize / 1024 };
}

async function measure(browser, address, slower, used) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 760 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await page.addInitScript(observe);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
    await session.send('Performance.enable');
    await page.goto(address, { waitUntil: 'load' });
    await page.waitForFunction((rest) => performance.now() - window.seen.last > rest, REST, { polling: 250 });
    const result = { ...await metrics(session), ...await page.evaluate(account) };
    return used ? { ...result, ...await page.evaluate(use) } : result;
  } finally {
    await context.close();
  }
}

const ROWS = [
  ['tasks', 'main thread, until the page rests, ms', 1],
  ['script', 'of it script, ms', 1],
  ['layout', 'of it styles and layout, ms', 1],
  ['longTasks', 'tasks longer than 50 ms', 0],
  ['longest', 'the longest of them, ms', 0],
  ['moved', 'layout shift', 4],
  ['heap', 'JavaScript heap, KiB', 0],
  ['requests', 'requests to the daemon before use', 0],
];
const TIMES = [
  ['launcher', 'script here to launcher visible'],
  ['panel', 'click to panel ready to be written in'],
  ['delivered', 'click to first message stored by the server'],
];

const row = (cells) => `| ${cells.join(' | ')} |`;

function tables(without, withIt, sizes, slower, load) {
  const middle = (runs, key) => median(runs.map((run) => run[key]));
  const [pages, times] = [[], []];
  for (const [key, words, digits] of ROWS) {
    const [bare, full] = [middle(without, key), middle(withIt, key)];
    pages.push(row([words, bare.toFixed(digits), full.toFixed(digits), (full - bare).toFixed(digits)]));
  }
  for (const [key, words] of TIMES) times.push(row([words, middle(withIt, key).toFixed(0)]));
  return [
    `Processor slowed down ${slower} times, ${withIt.length} runs each, in turn; load average before: ${load[0].toFixed(1)}`, '',
    row(['', 'without', 'with', 'added']), '|---|--:|--:|--:|', ...pages, '',
    row(['ms', 'with']), '|---|--:|', ...times, '',
    row(['file', 'bytes, gzip']), '|---|--:|', ...Object.entries(sizes).map((cells) => row(cells)),
  ].join('\n');
}

const { values } = parseArgs({ options: { json: { type: 'string' }, runs: { type: 'string', default: '5' }, slower: { type: 'string', default: '4' } } });
const { sizes } = JSON.parse(await readFile(path.join(process.env.TEST_WIDGET, 'sizes.json'), 'utf8'));
const slower = Number(values.slower);
const load = os.loadavg();
const daemon = await Daemon.start({ demo: true });
try {
  const zoo = await Zoo.open(daemon.url, daemon.demo.site.key);
  const browser = await launch();
  const [without, withIt] = [[], []];
  // The first of each warms the browser up.
  for (let run = 0; run <= Number(values.runs); run++) {
    const bare = await measure(browser, zoo.address('plain?bare'), slower, false);
    const full = await measure(browser, zoo.address('plain'), slower, true);
    if (run === 0) continue;
    without.push(bare);
    withIt.push(full);
  }
  await browser.close();
  zoo.close();
  console.log(tables(without, withIt, sizes, slower, load));
  if (values.json) await writeFile(values.json, `${JSON.stringify({ slower, load, sizes, without, with: withIt }, null, 2)}\n`);
} finally {
  await daemon.remove();
}
