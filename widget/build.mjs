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

const LIMITS = { loader: 3 * 1024, 'loader and panel': 18.25 * 1024, 'all of an open panel': 22 * 1024, 'panel in looks of its own': 19.25 * 1024, rating: 2.75 * 1024, form: 3.25 * 1024, ask: 3.75 * 1024, identify: 1.25 * 1024, 'poll socket': 1024, api: 2 * 1024, menu: 2 * 1024, alerts: 5 * 1024, 'rich text': 2.5 * 1024, 'emoji picker': 3 * 1024, 'files sent': 4.5 * 1024, 'files shown': 2.25 * 1024, photos: 768, failure: 768, typing: 640, tracker: 4 * 1024, bubble: 2.5 * 1024, events: 2 * 1024, triggers: 2 * 1024, 'languages known': 1024, 'a language': 2.5 * 1024 };
/**
 * Words of ours that only the modules of the panel say to each other: they are shortened there. None of them is on the wire, in the browser's storage
 * or its own objects, in the page API, looked up by a string, or said to the loader.
 */
export const INNER = [
  'agents', 'applied', 'arrived', 'asks', 'attached', 'caughtUp', 'conversations', 'deliver', 'delivery', 'discard', 'edge', 'generation', 'hello', 'loadingOlder', 'loadOlder', 'markRead', 'marks', 'mine', 'news', 'moment',
  'networkBack', 'networkLost', 'notified', 'opened', 'pump', 'reconnect', 'removed', 'reroute', 'retryAfter', 'revs', 'signedOut', 'strings', 'talked', 'touch', 'transient', 'tray', 'troubled', 'typed',
  'closeChat', 'connecting', 'joined', 'newMessages', 'noConnection', 'notHere', 'refusedForbidden', 'refusedUnverified', 'refusedInvalid', 'refusedOther',
  'refusedTooLarge', 'someoneTyping', 'team', 'teamAway', 'teamOnline', 'today', 'tryAgain', 'yesterday',
  'componentDidMount', 'componentDidUpdate', 'componentWillUnmount', 'drawnState', 'forceUpdate', 'kids', 'linked', 'listeners', 'met', 'out', 'own', 'props', 'setState', 'tell', 'extras', 'expect', 'usual',
];
/** What the panel fetches when it is needed first, and where that is. */
const PARTS = {
  rating: 'rating/rating.tsx', form: 'form/form.tsx', ask: 'ask/ask.tsx', alerts: 'alerts/alerts.ts', menu: 'menu/menu.tsx', picker: 'emoji/picker.tsx', failure: 'failure/failure.tsx',
  tray: 'files/tray.tsx', shown: 'files/shown.tsx', photos: 'photos/photos.tsx', rich: 'rich/rich.tsx', identify: 'identify/identify.ts', typing: 'typing/typing.ts',
};
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

/** A number or a short text that a file gives a name, and no other file uses. */
const CONSTANT = /^const ([A-Z][A-Z_]*) = (-?[\d_.]+|'[^'\n]{0,12}');$/gm;

/** Such names are gone, and what they stand for is where they are used: a bundler leaves them. */
export function withoutConstants(source) {
  const values = new Map([...source.matchAll(CONSTANT)].map(([, name, value]) => [name, value]));
  if (!values.size) return source;
  return source.replace(CONSTANT, '').replace(new RegExp(`(?<![\\w.'])(${[...values.keys()].join('|')})(?![\\w'])`, 'g'), (name) => `(${values.get(name)})`);
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

/** How the panel fetches one of its parts: from a file with the mark of all parts in its name, or within the bundle. */
function partsModule({ parts: mark }) {
  const file = `const file = (name) => "./" + name + "-${mark}.js";\nexport const part = (name) => import(file(name));`;
  const rows = Object.entries(PARTS).map(([name, source]) => `${name}: () => import(${JSON.stringify(`./${source}`)})`);
  const within = `const parts = { ${rows.join(', ')} };\nexport const part = (name) => parts[name]();`;
  return mark ? file : within;
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
        return { contents: code.trim().replace(/(--[\w-]+)([:,]) /g, '$1$2'), loader: 'text' };
      });
      pass.onLoad({ filter: /\/src\/.*\.tsx?$/ }, async ({ path }) => ({ contents: withoutPrivateNames(withoutConstants(await readFile(path, 'utf8'))), loader: path.endsWith('x') ? 'tsx' : 'ts' }));
      pass.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }));
      pass.onLoad({ filter: /^virtual:locales$/, namespace: 'virtual' }, async () => ({ contents: await localesModule(files), resolveDir: locales }));
      pass.onLoad({ filter: /^virtual:languages$/, namespace: 'virtual' }, () => ({ contents: languagesModule(files), resolveDir: locales }));
      pass.onLoad({ filter: /^virtual:parts$/, namespace: 'virtual' }, () => ({ contents: partsModule(files), resolveDir: join(here, 'src') }));
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

/** How the inner words are shortened in all that belongs to the panel, by how often they are said: no short one is another word of any of it. */
async function shortWords() {
  const { mangleCache } = await build({ ...common, entryPoints: [join(here, 'src', 'panel.tsx')], outdir: here, format: 'esm', write: false, mangleProps, mangleCache: {}, plugins: [widgetPlugin()] });
  return mangleCache;
}

/**
 * Each language but English, which the panel brings, is a file. All have one mark in their names, made of what is in all of them: a hash for
 * each would be most of what has to be known to find them.
 */
async function buildLocales(out, mangleCache) {
  const entryPoints = (await languages()).filter((name) => name !== 'en').map(localeFile);
  const { outputFiles, metafile } = await build({
    ...common, entryPoints, outdir: join(out, 'widget'), format: 'esm', write: false, mangleProps, mangleCache, metafile: true,
  });
  const mark = markOf(outputFiles);
  const files = outputFiles.map(({ path, contents }) => ({ file: path.replace(/\.js$/, `-${mark}.js`), contents }));
  for (const { file, contents } of files) await writeFile(file, contents);
  return { mark, files: files.map(({ file }) => file), inputs: Object.keys(metafile.inputs) };
}

/** A mark for files that belong together, made of what is in all of them. */
function markOf(outputFiles) {
  const hash = createHash('sha256');
  for (const { path, contents } of outputFiles) hash.update(basename(path)).update(contents);
  return hash.digest('hex').slice(0, 8).toUpperCase();
}

/** What the panel fetches. One mark for all, so that the panel has to know one: what they share is in files of their own. */
async function buildParts(out, mangleCache) {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: Object.fromEntries(Object.entries(PARTS).map(([name, source]) => [name, join(here, 'src', source)])),
    outdir: join(out, 'widget'),
    chunkNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    write: false,
    metafile: true,
    mangleProps,
    mangleCache,
    plugins: [widgetPlugin()],
  });
  const mark = markOf(outputFiles);
  const named = (path) => (basename(path).includes('-') ? path : path.replace(/\.js$/, `-${mark}.js`));
  for (const { path, contents } of outputFiles) await writeFile(named(path), contents);
  /** A part with what it shares with others. */
  const sizes = (name) => {
    const [path, output] = entry(metafile, PARTS[name]);
    return [named(resolve(here, path)), ...atOnce(output)];
  };
  return { mark, files: Object.fromEntries(Object.keys(PARTS).map((name) => [name, sizes(name)])), inputs: Object.keys(metafile.inputs) };
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
  return { file: basename(path), files: whole, polling: part('transport/poll-socket.ts'), inputs: Object.keys(metafile.inputs) };
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
  const short = await shortWords();
  const words = await buildLocales(out, short);
  const known = await buildApart(out, 'languages', 'locales/languages.ts', words);
  const parts = await buildParts(out, short);
  const panel = await buildPanel(out, short, { languages: known.file, parts: parts.mark });
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
    'all of an open panel': await gzipped([loader.file, tracker.path, ...panel.files]),
    'panel in looks of its own': await gzipped([loader.file, ...panel.files, look.path]),
    rating: await gzipped(parts.files.rating),
    form: await gzipped(parts.files.form),
    ask: await gzipped(parts.files.ask),
    identify: await gzipped(parts.files.identify),
    'poll socket': await gzipped([panel.polling]),
    api: await gzipped([api.path]),
    events: await gzipped([events.path]),
    menu: await gzipped(parts.files.menu),
    alerts: await gzipped(parts.files.alerts),
    'rich text': await gzipped(parts.files.rich),
    'emoji picker': await gzipped(parts.files.picker),
    'files sent': await gzipped(parts.files.tray),
    'files shown': await gzipped(parts.files.shown),
    photos: await gzipped(parts.files.photos),
    typing: await gzipped(parts.files.typing),
    failure: await gzipped(parts.files.failure),
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
  if (depfile) await writeDepfile(depfile, join(folder, 'widget.js'), [...words.inputs, ...known.inputs, ...parts.inputs, ...panel.inputs, ...tracker.inputs, ...triggers.inputs, ...events.inputs, ...look.inputs, ...api.inputs, ...loader.inputs]);
}

if (process.argv[1] === self) {
  main().catch((error) => {
    console.error(`widget: ${error.message}`);
    process.exitCode = 1;
  });
}
