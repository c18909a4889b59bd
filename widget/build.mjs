// SPDX-License-Identifier: MIT
// Builds the widget into a folder as the daemon serves it: widget.js (the loader) and widget/ (files whose names change with
// their content). Prints the sizes, and fails where one is over its limit.
//
//   node build.mjs FOLDER [--depfile FILE]
import { build, transform } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMITS = { loader: 3 * 1024, 'loader and panel': 20.5 * 1024, 'all of an open panel': 30 * 1024, 'panel in looks of its own': 22 * 1024, rating: 2.5 * 1024, form: 3.25 * 1024, ask: 3.75 * 1024, expect: 1.25 * 1024, identify: 1.25 * 1024, 'poll socket': 1024, api: 2 * 1024, extras: 2 * 1024, menu: 2 * 1024, alerts: 5 * 1024, 'rich text': 2.5 * 1024, 'emoji picker': 3 * 1024, attach: 2 * 1024, 'files sent': 4 * 1024, 'files shown': 2 * 1024, photos: 768, tracker: 4 * 1024, bubble: 2.5 * 1024, events: 2 * 1024, triggers: 2 * 1024, 'languages known': 1024, 'a language': 2.5 * 1024 };
/**
 * Words of ours that only the modules of the panel say to each other: they are shortened there. None of them is on the wire, in the browser's storage
 * or its own objects, in the page API, looked up by a string, or said to the loader.
 */
export const INNER = [
  'agents', 'applied', 'arrived', 'asks', 'attached', 'caughtUp', 'conversations', 'deliver', 'delivery', 'discard', 'edge', 'generation', 'hello', 'loadingOlder', 'loadOlder', 'markRead', 'marks', 'mine', 'news', 'moment',
  'networkBack', 'networkLost', 'notified', 'opened', 'pump', 'reconnect', 'removed', 'reroute', 'retryAfter', 'revs', 'signedOut', 'strings', 'talked', 'touch', 'transient', 'tray', 'troubled', 'typed',
  'closeChat', 'connecting', 'joined', 'newMessages', 'noConnection', 'notHere', 'notSent', 'refusedForbidden', 'refusedUnverified', 'refusedInvalid', 'refusedOther',
  'refusedTooLarge', 'someoneTyping', 'team', 'teamAway', 'teamOnline', 'today', 'tryAgain', 'yesterday',
];
/** The oldest browsers in which it runs; what they lack of the language is written otherwise. */
export const BROWSERS = ['chrome90', 'firefox88', 'safari14.1'];

/** Private names, as they are used and as a class declares them. */
const PRIVATE = /(?<=\.|^\s*(?:(?:readonly|async|get|set) )*)#([A-Za-z]\w*)/gm;

/**
 * Private names become plain ones, which are shortened: old browsers have none. Those of each file are called the same, the most frequent ones first, so
 * that little of them is left when it is compressed. No class may therefore inherit from a class of another file that has some.
 */
export function withoutPrivateNames(source) {
  const uses = new Map();
  for (const [, name] of source.matchAll(PRIVATE)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const order = [...uses].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return source.replace(PRIVATE, (_, name) => `_${order.indexOf(name)}`);
}

const self = fileURLToPath(import.meta.url);
const here = dirname(self);
const locales = join(here, 'src', 'locales');

/** What is no language there: what the panel asks, how one is chosen and fetched, how things are counted. */
const ROOM = ['index', 'languages', 'choose', 'counted'];
const localeFile = (name) => join(locales, `${name}.ts`);
let strings;

/** The languages that there are: one file each. */
export async function languages() {
  const files = await readdir(locales);
  return files.map((file) => basename(file, '.ts')).filter((name) => !ROOM.includes(name)).sort();
}

/** What the files of all languages export, by the names of the languages. */
function everyLanguage() {
  strings ??= (async () => {
    const { outputFiles } = await build({ entryPoints: (await languages()).map(localeFile), outdir: here, bundle: true, format: 'esm', write: false, logLevel: 'silent' });
    const modules = outputFiles.map(async ({ path, contents }) =>
      [basename(path, '.js'), (await import(`data:text/javascript;base64,${Buffer.from(contents).toString('base64')}`)).default]);
    return Object.fromEntries(await Promise.all(modules));
  })();
  return strings;
}

/** Which languages there are, and how one is loaded: from a file with the mark of all languages in its name, or within the bundle. */
async function localesModule({ mark }) {
  const names = await languages();
  const file = `const file = (name) => "./" + name + "-${mark}.js";\nexport const load = (name) => import(file(name));`;
  const rows = names.map((name) => `${JSON.stringify(name)}: () => import(${JSON.stringify(`./${name}.ts`)})`);
  const within = `const loaders = { ${rows.join(', ')} };\nexport const load = (name) => loaders[name]();`;
  return `export const names = ${JSON.stringify(names.join(' '))}.split(" ");\n${mark ? file : within}`;
}

/** What knows the languages: a file beside the panel, or within the bundle. */
function languagesModule({ languages: file }) {
  return `const file = ${JSON.stringify(`./${file}`)};\nexport const languages = () => import(${file ? 'file' : '"./languages.ts"'});`;
}

/** What the tracker and the page API fetch when it is wanted: files of their own, so that those stay in one piece, or within the bundle. */
function laterModule({ triggers: looks, events: tells, polling: speaks }) {
  const fetched = (name, file, source) => `const ${name}File = ${JSON.stringify(`./${file}`)};\nexport const ${name} = () => import(${file ? `${name}File` : JSON.stringify(source)});`;
  return `${fetched('triggers', looks, './triggers.ts')}\n${fetched('events', tells, './events.ts')}\n${fetched('polling', speaks, '../transport/poll-socket.ts')}`;
}

/** One word in all languages. */
async function wordModule(key) {
  const words = Object.fromEntries(Object.entries(await everyLanguage()).map(([name, one]) => [name, one[key]]));
  return `export const words = ${JSON.stringify(words)};`;
}

function launcherModule({ panel = '', tracker = '', languages: knows = '', look = '', api = '' }) {
  return Object.entries({ panel, tracker, languages: knows, look, api }).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join('\n');
}

/** Stylesheets as minified text, and the modules that are made from the list of locales. */
export function widgetPlugin(files = {}) {
  return {
    name: 'widget',
    setup(pass) {
      pass.onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target: BROWSERS });
        return { contents: code.trim(), loader: 'text' };
      });
      pass.onLoad({ filter: /\/src\/.*\.tsx?$/ }, async ({ path }) => ({ contents: withoutPrivateNames(await readFile(path, 'utf8')), loader: path.endsWith('x') ? 'tsx' : 'ts' }));
      pass.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }));
      pass.onLoad({ filter: /^virtual:locales$/, namespace: 'virtual' }, async () => ({ contents: await localesModule(files), resolveDir: locales }));
      pass.onLoad({ filter: /^virtual:languages$/, namespace: 'virtual' }, () => ({ contents: languagesModule(files), resolveDir: locales }));
      pass.onLoad({ filter: /^virtual:later$/, namespace: 'virtual' }, () => ({ contents: laterModule(files), resolveDir: join(here, 'src', 'track') }));
      pass.onLoad({ filter: /^virtual:launcher$/, namespace: 'virtual' }, () => ({ contents: launcherModule(files) }));
      pass.onLoad({ filter: /^virtual:word\//, namespace: 'virtual' }, async ({ path }) => ({ contents: await wordModule(basename(path)) }));
    },
  };
}

const { version } = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));

/** What every bundle of the sources has in common. */
export const common = {
  // Names of the files don't depend on where they are built.
  absWorkingDir: here,
  bundle: true,
  minify: true,
  jsxFactory: 'h',
  target: BROWSERS,
  // Chrome before 91 gets nothing wrong of it but a call with a list that is spread (https://crbug.com/42201552), of which a test knows that we have none.
  supported: { 'optional-chain': true },
  legalComments: 'none',
  charset: 'utf8',
  define: { VERSION: JSON.stringify(version) },
  banner: { js: '/*! ChatFlow, MIT */' },
  logLevel: 'warning',
};

/**
 * For what every page runs: a browser that reads the comment compiles all functions in one go, beside the main thread where it can, and not each one
 * when it is called first.
 */
const atStart = { js: '//# allFunctionsCalledOnLoad ChatFlow, MIT' };
const mangleProps = new RegExp(`^(?:_\\d+|${INNER.join('|')})$`);
/** Outside the panel only what was private. */
const manglePrivate = /^_\d+$/;

/** What the panel needs at once counts as the panel. */
const atOnce = (output) => output.imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => resolve(here, path));
const entry = ({ outputs }, source) => Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === `src/${source}`);

/**
 * Each language but English, which the panel brings, is a file. All have one mark in their names, made of what is in all of them: a hash for
 * each would be most of what has to be known to find them.
 */
async function buildLocales(out) {
  const entryPoints = (await languages()).filter((name) => name !== 'en').map(localeFile);
  const { outputFiles, mangleCache, metafile } = await build({
    ...common, entryPoints, outdir: join(out, 'widget'), format: 'esm', write: false, mangleProps, mangleCache: {}, metafile: true,
  });
  const hash = createHash('sha256');
  for (const { path, contents } of outputFiles) hash.update(basename(path)).update(contents);
  const mark = hash.digest('hex').slice(0, 8).toUpperCase();
  const files = outputFiles.map(({ path, contents }) => ({ file: path.replace(/\.js$/, `-${mark}.js`), contents }));
  for (const { file, contents } of files) await writeFile(file, contents);
  return { mark, mangleCache, files: files.map(({ file }) => file), inputs: Object.keys(metafile.inputs) };
}

async function buildPanel(out, mangleCache, files) {
  const { metafile } = await build({
    ...common,
    entryPoints: { panel: join(here, 'src', 'panel.tsx') },
    outdir: join(out, 'widget'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    mangleProps,
    mangleCache,
    metafile: true,
    plugins: [widgetPlugin(files)],
  });
  const [path, panel] = entry(metafile, 'panel.tsx');
  const part = (file) => resolve(here, entry(metafile, file)[0]);
  const whole = [resolve(here, path), ...atOnce(panel)];
  /** A part with what it shares with other parts, but not with the panel. */
  const withShared = (file) => {
    const [name, output] = entry(metafile, file);
    return [resolve(here, name), ...atOnce(output).filter((one) => !whole.includes(one))];
  };
  return { file: basename(path), files: whole, rating: part('rating/rating.tsx'), form: withShared('form/form.tsx'), ask: withShared('ask/ask.tsx'), expect: part('expect/expect.tsx'), identify: part('identify/identify.ts'), polling: part('transport/poll-socket.ts'), extras: part('extras/extras.tsx'), menu: part('menu/menu.tsx'), alerts: part('alerts/alerts.ts'), rich: part('rich/rich.tsx'), picker: part('emoji/picker.tsx'), attach: part('files/attach.tsx'), tray: part('files/tray.tsx'), shown: part('files/shown.tsx'), photos: part('photos/photos.tsx'), inputs: Object.keys(metafile.inputs) };
}

/** A module in a bundle of its own, with what it fetches when it needs it: what it has in common with the panel is little, and the panel stays in one piece. */
async function buildApart(out, name, source, files, banner = common.banner) {
  const { metafile } = await build({
    ...common,
    entryPoints: { [name]: join(here, 'src', source) },
    outdir: join(out, 'widget'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    metafile: true,
    mangleProps: manglePrivate,
    banner,
    plugins: [widgetPlugin(files)],
  });
  const [path] = entry(metafile, source);
  return { file: basename(path), path: resolve(here, path), metafile, inputs: Object.keys(metafile.inputs) };
}

async function buildLoader(out, files) {
  const outfile = join(out, 'widget.js');
  const { metafile } = await build({
    ...common,
    entryPoints: [join(here, 'src', 'boot', 'loader.ts')],
    outfile,
    format: 'iife',
    metafile: true,
    mangleProps: manglePrivate,
    banner: atStart,
    plugins: [widgetPlugin(files)],
  });
  return { file: outfile, inputs: Object.keys(metafile.inputs) };
}

/** Tells ninja what the bundles were made of, so that it makes them again when any of it changes. */
async function writeDepfile(depfile, target, inputs) {
  const files = inputs.filter((name) => !name.startsWith('virtual:')).map((name) => resolve(here, name));
  const all = [...new Set([...files, locales, self, join(here, 'package-lock.json'), join(here, 'chatflow.d.ts')])];
  await writeFile(depfile, `${target}: ${all.map((name) => name.replaceAll(' ', '\\ ')).join(' ')}\n`);
}

async function gzipped(files) {
  let size = 0;
  for (const file of files) size += gzipSync(await readFile(file), { level: 9 }).length;
  return size;
}

async function main() {
  const [folder, option, depfile] = process.argv.slice(2);
  if (!folder || (option && (option !== '--depfile' || !depfile))) throw new Error('usage: node build.mjs FOLDER [--depfile FILE]');
  const out = resolve(folder);
  await rm(join(out, 'widget'), { recursive: true, force: true });
  await mkdir(join(out, 'widget'), { recursive: true });
  const words = await buildLocales(out);
  const known = await buildApart(out, 'languages', 'locales/languages.ts', words);
  const panel = await buildPanel(out, words.mangleCache, { languages: known.file });
  const triggers = await buildApart(out, 'triggers', 'track/triggers.ts');
  const events = await buildApart(out, 'events', 'track/events.ts');
  const later = { triggers: triggers.file, events: events.file, polling: basename(panel.polling) };
  const tracker = await buildApart(out, 'tracker', 'track.ts', later, atStart);
  const look = await buildApart(out, 'look', 'look/look.ts');
  const api = await buildApart(out, 'api', 'api/api.ts', later);
  const loader = await buildLoader(out, { panel: panel.file, tracker: tracker.file, languages: known.file, look: look.file, api: api.file });
  const sizes = {
    loader: await gzipped([loader.file]),
    'loader and panel': await gzipped([loader.file, ...panel.files]),
    'all of an open panel': await gzipped([loader.file, tracker.path, ...panel.files, panel.extras, panel.expect, panel.attach]),
    'panel in looks of its own': await gzipped([loader.file, ...panel.files, look.path]),
    rating: await gzipped([panel.rating]),
    form: await gzipped(panel.form),
    ask: await gzipped(panel.ask),
    expect: await gzipped([panel.expect]),
    identify: await gzipped([panel.identify]),
    'poll socket': await gzipped([panel.polling]),
    api: await gzipped([api.path]),
    events: await gzipped([events.path]),
    extras: await gzipped([panel.extras]),
    menu: await gzipped([panel.menu]),
    alerts: await gzipped([panel.alerts]),
    'rich text': await gzipped([panel.rich]),
    'emoji picker': await gzipped([panel.picker]),
    attach: await gzipped([panel.attach]),
    'files sent': await gzipped([panel.tray]),
    'files shown': await gzipped([panel.shown]),
    photos: await gzipped([panel.photos]),
    tracker: await gzipped([tracker.path]),
    bubble: await gzipped([resolve(here, entry(tracker.metafile, 'track/bubble.ts')[0])]),
    triggers: await gzipped([triggers.path]),
    'languages known': await gzipped([known.path]),
    'a language': Math.max(...(await Promise.all(words.files.map((file) => gzipped([file]))))),
  };
  for (const [name, size] of Object.entries(sizes)) {
    console.log(`${name}: ${size} bytes gzip, at most ${LIMITS[name]}`);
    if (size > LIMITS[name]) throw new Error(`${name}: got ${size} bytes gzip, expected at most ${LIMITS[name]}`);
  }
  // For whoever writes pages in TypeScript.
  await copyFile(join(here, 'chatflow.d.ts'), join(out, 'widget', 'chatflow.d.ts'));
  await writeFile(join(out, 'sizes.json'), JSON.stringify({ sizes, limits: LIMITS }, null, 2) + '\n');
  if (depfile) await writeDepfile(depfile, join(folder, 'widget.js'), [...words.inputs, ...known.inputs, ...panel.inputs, ...tracker.inputs, ...triggers.inputs, ...events.inputs, ...look.inputs, ...api.inputs, ...loader.inputs]);
}

if (process.argv[1] === self) {
  main().catch((error) => {
    console.error(`widget: ${error.message}`);
    process.exitCode = 1;
  });
}
