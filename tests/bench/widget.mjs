// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the widget costs the page that has it: the same page with and without it, and with the least that any chat needs (floor.mjs), in turn, in Chromium.
// Times of the main thread are those for which it had the processor, times how much slower a visitor's is: so they hold on a busy machine as well, where the
// browser's own way of being slow does not. The widget is used then, with a processor as it is and with one that the browser slows down, and looked at for what moves and
// what takes long. Prints Markdown tables; --json FILE keeps the figures of all runs, --docs puts the tables into docs/benchmarks.md. Nothing is asserted.
//
//   widget.mjs [--json FILE] [--docs] [--runs 15] [--slower 4]
//
// A real daemon serves it; TEST_CHATFLOWD and TEST_WIDGET say which.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Zoo } from '../e2e/zoo.mjs';
import { Daemon } from '../lib/daemon.mjs';
import { pause } from '../lib/until.mjs';
import { launch } from '../widget/lib/stage.mjs';
import { writeDocs } from './docs.mjs';
import { Floor } from './floor.mjs';
import { describeMachine, listMachine } from './machine.mjs';
import { median } from './measured-window.mjs';

/** From when a page has loaded to when it is looked what it has cost, in ms: enough for all that is done while it is idle. */
const REST = 3000;

/** In the page, before anything else: when the launcher is there. */
function observe() {
  window.launcher = new Promise((resolve) => {
    new MutationObserver((_changes, observer) => {
      if (!document.querySelector('chatflow-widget')) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.now()));
    }).observe(document, { childList: true, subtree: true });
  });
}

/** In the page: what moved and what took long until now, as the browser has kept it. */
async function troubles() {
  const kept = (type) => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
    setTimeout(() => resolve([]), 200);
  });
  const [shifts, long] = [await kept('layout-shift'), await kept('longtask')];
  return { moved: shifts.reduce((sum, { value }) => sum + value, 0), longTasks: long.length, longest: Math.max(0, ...long.map(({ duration }) => duration)) };
}

/** In the page: a click, the panel, a first message and its way to the server. Gives the milliseconds from the click. */
async function use() {
  const root = document.querySelector('chatflow-widget').shadowRoot;
  const shown = async (selector) => {
    while (!root.querySelector(selector)) await new Promise((done) => requestAnimationFrame(done));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now();
  };
  const script = performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/widget.js'));
  const launcher = await window.launcher - script.responseEnd;
  const from = performance.now();
  root.querySelector('.launcher').click();
  const panel = await shown('#panel:not([hidden]) textarea:enabled');
  const field = root.querySelector('textarea');
  field.value = 'Hello';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await shown('.send:enabled');
  field.form.requestSubmit();
  return { launcher, panel: panel - from, delivered: (await shown('.row.sent')) - from };
}

async function visit(browser, address, look) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 760 } });
  try {
    const page = await context.newPage();
    return await look(page, await context.newCDPSession(page), async () => {
      await page.goto(address, { waitUntil: 'load' });
      await pause(REST);
    });
  } finally {
    await context.close();
  }
}

/** What it costs to have the page open. Nothing of ours runs in it meanwhile. */
const cost = (browser, address, slower) => visit(browser, address, async (page, session, go) => {
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await go();
  const { metrics } = await session.send('Performance.getMetrics');
  const all = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  const ms = (seconds) => seconds * 1000 * slower;
  return {
    tasks: ms(all.TaskDuration),
    script: ms(all.ScriptDuration),
    layout: ms(all.LayoutDuration + all.RecalcStyleDuration),
    heap: all.JSHeapUsedSize / 1024,
    scripts: await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => !name.endsWith('.ico')).length),
  };
});

const quickness = (browser, address, slower) => visit(browser, address, async (page, session, go) => {
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.addInitScript(observe);
  await go();
  return { ...await page.evaluate(troubles), ...await page.evaluate(use) };
});

/** The pages, from nothing to the widget. */
const PAGES = { without: 'without', script: 'an empty script', button: '… a button', socket: '… a socket', widget: 'the widget' };
const ROWS = [
  ['tasks', 'main thread, ms', 1],
  ['script', 'of it script, ms', 1],
  ['layout', 'of it styles and layout, ms', 1],
  ['heap', 'JavaScript heap, KiB', 0],
  ['scripts', 'scripts', 0],
];
const TIMES = [
  ['longTasks', 'tasks longer than 50 ms before use', 0],
  ['longest', 'the longest of them, ms', 0],
  ['moved', 'layout shift', 4],
  ['launcher', 'script here to launcher visible, ms', 0],
  ['panel', 'click to panel ready to be written in, ms', 0],
  ['delivered', 'click to first message stored by the server, ms', 0],
];

const row = (cells) => `| ${cells.join(' | ')} |`;

function tables(costs, times, sizes, slower) {
  const middle = (runs, key) => median(runs.map((run) => run[key]));
  const pages = ROWS.map(([key, words, digits]) => {
    const values = Object.keys(PAGES).map((name) => middle(costs[name], key));
    return row([words, ...values.map((value) => value.toFixed(digits)), (values.at(-1) - values[0]).toFixed(digits)]);
  });
  return [
    row(['', ...Object.values(PAGES), 'the widget adds']), `|---|${'--:|'.repeat(Object.keys(PAGES).length + 1)}`, ...pages, '',
    row(['the widget', ...Object.keys(times).map((rate) => (Number(rate) === 1 ? 'this processor' : `${slower} times slower`))]), `|---|${'--:|'.repeat(Object.keys(times).length)}`,
    ...TIMES.map(([key, words, digits]) => row([words, ...Object.values(times).map((runs) => middle(runs, key).toFixed(digits))])), '',
    row(['file', 'bytes, gzip']), '|---|--:|', ...Object.entries(sizes).map((cells) => row(cells)),
  ].join('\n');
}

const { values } = parseArgs({ options: {
  json: { type: 'string' }, docs: { type: 'boolean', default: false }, runs: { type: 'string', default: '15' }, slower: { type: 'string', default: '4' },
} });
const runs = Number(values.runs);
if (!(Number.isInteger(runs) && runs > 0)) throw new Error(`--runs: got ${values.runs}, expected a number from 1 on`);
const { sizes } = JSON.parse(await readFile(path.join(process.env.TEST_WIDGET, 'sizes.json'), 'utf8'));
const slower = Number(values.slower);
const machine = describeMachine();
const daemon = await Daemon.start({ demo: true });
const zoo = await Zoo.open(daemon.url, daemon.demo.site.key);
const floor = await Floor.open(daemon, (await readFile(path.join(process.env.TEST_WIDGET, 'widget.js'))).length);
const browser = await launch();
try {
  const address = (name) => ({ without: zoo.address('plain?bare'), widget: zoo.address('plain') })[name] ?? floor.address(name);
  const costs = Object.fromEntries(Object.keys(PAGES).map((name) => [name, []]));
  const times = Object.fromEntries([1, slower].map((rate) => [rate, []]));
  // The first of each warms the browser up.
  for (let run = 0; run <= runs; run++) {
    for (const name of Object.keys(PAGES)) {
      const one = await cost(browser, address(name), slower);
      if (run > 0) costs[name].push(one);
    }
    for (const [rate, kept] of Object.entries(times)) {
      const one = await quickness(browser, address('widget'), Number(rate));
      if (run > 0) kept.push(one);
    }
  }
  Object.assign(machine, { browser: `Chromium ${browser.version()}`, processor: `${slower} times slower`, runs: `${runs} of each page, in turn, medians` });
  const markdown = `${listMachine(machine)}\n\n${tables(costs, times, sizes, slower)}`;
  console.log(markdown);
  if (values.json) await writeFile(values.json, `${JSON.stringify({ machine, sizes, costs, times }, null, 2)}\n`);
  if (values.docs) await writeDocs('scripts/bench --widget --docs', markdown);
} finally {
  await browser.close();
  floor.close();
  zoo.close();
  await daemon.remove();
}
