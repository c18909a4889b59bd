// SPDX-License-Identifier: GPL-3.0-or-later
// Rules that the widget's sources keep.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { BROWSERS, INNER, withoutConstants, withoutPrivateNames } from '../../widget/build.mjs';
import { widgetFolder } from './lib/packages.mjs';

const { transform } = createRequire(join(widgetFolder, 'package.json'))('esbuild');

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
  for (const { name, text } of inner) assert.doesNotMatch(text, /\bdocument\.\w|\bwindow\.\w|from '\.\.\/(render|views|boot)/, name);
});

/** What the oldest browsers lack of what the language itself does not show. */
const YOUNG = /\.at\(|\bhasOwn\(|\bstructuredClone\(|\brandomUUID\(|\.findLast|\.toSorted\(|\.toReversed\(|\.with\(|AbortSignal\.(timeout|any)\(|Promise\.withResolvers|\breplaceAll\(.*\/g/;

/** No browser of 2021 is here to be asked: what is built has to be the same when it is written anew for them. */
test('the language is that of the oldest browsers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatflow-widget-'));
  try {
    execFileSync(process.execPath, [join(widgetFolder, 'build.mjs'), folder]);
    const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js'));
    assert.ok(names.length > 70);
    for (const name of names) {
      const code = readFileSync(join(folder, name), 'utf8');
      const [old, young] = await Promise.all([BROWSERS, 'esnext'].map((target) => transform(code, { target, supported: { 'optional-chain': true } })));
      assert.equal(old.code, young.code, name);
      assert.doesNotMatch(code, /\?\.\([^()]*\.\.\./, `${name}: a list is spread in a call that may not happen`);
      assert.doesNotMatch(code, YOUNG, name);
    }
    assert.notEqual((await transform('class A { #a() {} }', { target: BROWSERS })).code, (await transform('class A { #a() {} }', { target: 'esnext' })).code, 'what is too young is told');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('private names become plain ones, and nothing else does', () => {
  assert.equal(withoutPrivateNames("  readonly #a = '#fff';\n  #b(): void {\n    this.#b(this.#b, '#panel');\n    other?.#a;\n  }"),
    "  readonly _1 = '#fff';\n  _0(): void {\n    this._0(this._0, '#panel');\n    other?._1;\n  }");
  // Those of two files are called the same, so that no class may inherit from one of another file that has some.
  const plain = ({ text }) => withoutPrivateNames(text) === text;
  for (const { name, text } of sources) {
    for (const [, parent] of text.matchAll(/class \w* ?extends (\w+)/g)) {
      const file = new RegExp(`import \\{[^}]*\\b${parent}\\b[^}]*\\} from '(\\.[^']*)'`).exec(text)?.[1];
      if (file) assert.ok(plain(sources.find((one) => one.name.startsWith(join(dirname(name), file) + '.'))), `${name}: ${parent} is of another file`);
    }
  }
});

test('constants of one file are written where they are used, and nothing else is', () => {
  const source = "const MANY = 2_000;\nconst WORD = 'so';\nexport const SAID = 1;\nconst LONG_ONES = [MANY];\nif (MANY.toFixed() + WORD + SAID + this.MANY + 'MANY' + MANYS) f(`${MANY}`);";
  assert.equal(withoutConstants(source), "\n\nexport const SAID = 1;\nconst LONG_ONES = [(2_000)];\nif ((2_000).toFixed() + ('so') + SAID + this.MANY + 'MANY' + MANYS) f(`${(2_000)}`);");
  // Said in a text it would be another text; anywhere else it is no language any more.
  for (const { name, text } of sources) {
    for (const [declared, one] of text.matchAll(/^const ([A-Z][A-Z_]*) = (?:-?[\d_.]+|'[^'\n]{0,12}');$/gm)) {
      assert.doesNotMatch(text.replace(declared, '').replace(/\$\{[^}]*\}/g, ''), new RegExp(`(['"\`])[^'"\`\n,]*\\b${one}\\b[^'"\`\n,]*\\1`), `${name}: ${one}`);
    }
  }
});

test('a word that is shortened is said within the panel alone', () => {
  const compilers = join(widgetFolder, 'node_modules', '@typescript');
  const browser = readFileSync(join(compilers, readdirSync(compilers)[0], 'lib', 'lib.dom.d.ts'), 'utf8');
  const wire = readFileSync(join(widgetFolder, 'src', 'protocol.ts'), 'utf8');
  const said = readFileSync(join(widgetFolder, 'src', 'boot', 'shell.ts'), 'utf8').replace(/\/\*.*?\*\/|\/\/.*/gs, '');
  for (const word of INNER) {
    assert.ok(!new RegExp(`\\b${word}\\b`).test(wire), `${word} is on the wire`);
    assert.ok(!new RegExp(`\\b${word}\\b`).test(said), `${word} is said to the loader`);
    assert.ok(!new RegExp(`^    (readonly )?${word}[?(:]`, 'm').test(browser), `${word} is the browser’s`);
  }
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
    assert.ok(sizes['loader and panel'] <= 18.25 * 1024, `loader and panel: got ${sizes['loader and panel']}`);
    assert.ok(sizes['all of an open panel'] <= 22 * 1024, `all of an open panel: got ${sizes['all of an open panel']}`);
    assert.ok(sizes['panel in looks of its own'] <= 19.25 * 1024, `panel in looks of its own: got ${sizes['panel in looks of its own']}`);
    assert.ok(sizes.rating <= 2.75 * 1024, `rating: got ${sizes.rating}`);
    assert.ok(sizes.form <= 3.25 * 1024, `form: got ${sizes.form}`);
    assert.ok(sizes.ask <= 3.75 * 1024, `ask: got ${sizes.ask}`);
    assert.ok(sizes.alerts <= 5 * 1024, `alerts: got ${sizes.alerts}`);
    assert.ok(sizes['rich text'] <= 2.5 * 1024, `rich text: got ${sizes['rich text']}`);
    assert.ok(sizes['emoji picker'] <= 3 * 1024, `emoji picker: got ${sizes['emoji picker']}`);
    assert.ok(sizes['files sent'] <= 4.5 * 1024, `files sent: got ${sizes['files sent']}`);
    assert.ok(sizes['files shown'] <= 2.25 * 1024, `files shown: got ${sizes['files shown']}`);
    const built = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
    assert.doesNotMatch(built, /\beval\(|new Function|https?:\/\/(?!www\.w3\.org)/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
