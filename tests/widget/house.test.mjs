// SPDX-License-Identifier: GPL-3.0-or-later
// Rules that the widget's sources keep.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { widgetFolder } from './lib/packages.mjs';

const sources = readdirSync(join(widgetFolder, 'src'), { recursive: true })
  .filter((name) => /\.(tsx?|css)$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(widgetFolder, 'src', name), 'utf8') }));

const offenders = (pattern) => sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

test('text never becomes HTML or code', () => {
  assert.ok(sources.length > 20);
  assert.deepEqual(offenders(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|createContextualFragment|\beval\(|new Function|srcdoc/), []);
});

test('every file names its licence first', () => {
  for (const { name, text } of sources) assert.match(text, /^(\/\/|\/\*) SPDX-License-Identifier: MIT/, name);
});

test('state and transport know no document', () => {
  const inner = sources.filter(({ name }) => /^(state|transport)/.test(name));
  assert.ok(inner.length > 10);
  for (const { name, text } of inner) assert.doesNotMatch(text, /\bdocument\.\w|\bwindow\.\w|from '(preact|\.\.\/(views|boot))/, name);
});

test('the types hold, strictly', () => {
  execFileSync(process.execPath, [join(widgetFolder, 'node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', widgetFolder], { stdio: 'inherit' });
});

test('the lock file names no addresses', () => {
  assert.doesNotMatch(readFileSync(join(widgetFolder, 'package-lock.json'), 'utf8'), /"resolved"/);
});

test('the bundles are as small as promised, and bring no code of the page’s policy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatflow-widget-'));
  try {
    console.log(execFileSync(process.execPath, [join(widgetFolder, 'build.mjs'), folder], { encoding: 'utf8' }));
    const { sizes } = JSON.parse(readFileSync(join(folder, 'sizes.json'), 'utf8'));
    assert.ok(sizes.loader <= 3 * 1024, `loader: got ${sizes.loader}`);
    assert.ok(sizes['loader and panel'] <= 20 * 1024, `loader and panel: got ${sizes['loader and panel']}`);
    const built = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    assert.doesNotMatch(built, /\beval\(|new Function|https?:\/\/(?!www\.w3\.org)/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
