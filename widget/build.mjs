// SPDX-License-Identifier: MIT
// Builds the widget into a folder as the daemon serves it: widget.js (the loader) and widget/ (files whose names change with
// their content). Prints the sizes, and fails where one is over its limit.
//
//   node build.mjs FOLDER [--depfile FILE]
import { build, transform } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMITS = { loader: 3 * 1024, 'loader and panel': 20 * 1024, 'panel in looks of its own': 22 * 1024, rating: 2 * 1024, form: 3 * 1024, tracker: 4 * 1024 };
/**
 * Words of ours that only the modules of the panel say to each other: they are shortened there. None of them is on the wire, in the browser's storage
 * or its own objects, in the page API, looked up by a string, or said to the loader.
 */
export const INNER = [
  'agents', 'applied', 'arrived', 'asks', 'caughtUp', 'chat', 'conversations', 'deliver', 'delivery', 'discard', 'edge', 'generation', 'hello', 'linked', 'loadingOlder', 'loadOlder', 'markRead', 'marks', 'mine', 'moment',
  'networkBack', 'networkLost', 'notified', 'onOtherTab', 'opened', 'pump', 'reconnect', 'removed', 'reroute', 'retryAfter', 'revs', 'signedOut', 'strings', 'talked', 'touch', 'transient', 'troubled', 'typed',
  'closeChat', 'connecting', 'joined', 'newMessages', 'noConnection', 'notHere', 'notSent', 'openChat', 'refusedForbidden', 'refusedInvalid', 'refusedOther',
  'refusedTooLarge', 'someoneTyping', 'team', 'teamAway', 'teamOnline', 'today', 'tryAgain', 'yesterday',
];
const self = fileURLToPath(import.meta.url);
const here = dirname(self);
const locales = join(here, 'src', 'locales');

/** The languages that there are: one file each. */
export async function languages() {
  const files = await readdir(locales);
  return files.map((file) => basename(file, '.ts')).filter((name) => name !== 'index').sort();
}

/** Runs a module of ours and gives what it exports by default. */
async function evaluate(file) {
  const { outputFiles } = await build({ entryPoints: [file], bundle: true, format: 'esm', write: false, logLevel: 'silent' });
  return (await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)).default;
}

async function localesModule() {
  const lazy = (await languages()).filter((name) => name !== 'en');
  const rows = lazy.map((name) => `${JSON.stringify(name)}: () => import(${JSON.stringify(`./${name}.ts`)})`);
  return `export const loaders = { ${rows.join(', ')} };`;
}

async function bubbleModule() {
  const words = {};
  for (const name of await languages()) words[name] = (await evaluate(join(locales, `${name}.ts`))).closeChat;
  return `export const words = ${JSON.stringify(words)};`;
}

async function launcherModule({ panel = '', tracker = '', look = '' }) {
  const labels = {};
  for (const name of await languages()) labels[name] = (await evaluate(join(locales, `${name}.ts`))).openChat;
  return Object.entries({ panel, tracker, look, labels }).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join('\n');
}

/** Stylesheets as minified text, and the modules that are made from the list of locales. */
export function widgetPlugin(files = {}) {
  return {
    name: 'widget',
    setup(pass) {
      pass.onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target: ['chrome92', 'firefox90', 'safari15'] });
        return { contents: code.trim(), loader: 'text' };
      });
      pass.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }));
      pass.onLoad({ filter: /^virtual:locales$/, namespace: 'virtual' }, async () => ({ contents: await localesModule(), resolveDir: locales }));
      pass.onLoad({ filter: /^virtual:launcher$/, namespace: 'virtual' }, async () => ({ contents: await launcherModule(files) }));
      pass.onLoad({ filter: /^virtual:bubble$/, namespace: 'virtual' }, async () => ({ contents: await bubbleModule() }));
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
  target: ['chrome92', 'firefox90', 'safari15'],
  legalComments: 'none',
  charset: 'utf8',
  define: { VERSION: JSON.stringify(version) },
  banner: { js: '/*! ChatFlow, MIT */' },
  logLevel: 'warning',
};

async function buildPanel(out) {
  const { metafile } = await build({
    ...common,
    entryPoints: { panel: join(here, 'src', 'panel.tsx') },
    outdir: join(out, 'widget'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    mangleProps: new RegExp(`^(?:${INNER.join('|')})$`),
    metafile: true,
    plugins: [widgetPlugin()],
  });
  const [path] = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint?.endsWith('panel.tsx'));
  const part = (file) => resolve(here, Object.entries(metafile.outputs).find(([, output]) => output.entryPoint?.endsWith(file))[0]);
  // What the panel needs at once counts as the panel.
  const imports = metafile.outputs[path].imports.filter(({ kind }) => kind === 'import-statement').map((one) => resolve(here, one.path));
  return { file: basename(path), files: [resolve(here, path), ...imports], rating: part('rating.tsx'), form: part('form.tsx'), inputs: Object.keys(metafile.inputs) };
}

/** A module in a bundle of its own: what it has in common with the panel is little, and the panel stays in one piece. */
async function buildApart(out, name, source) {
  const { metafile } = await build({
    ...common,
    entryPoints: { [name]: join(here, 'src', source) },
    outdir: join(out, 'widget'),
    entryNames: '[name]-[hash]',
    format: 'esm',
    metafile: true,
    plugins: [widgetPlugin()],
  });
  const [path] = Object.keys(metafile.outputs);
  return { file: basename(path), path: resolve(here, path), inputs: Object.keys(metafile.inputs) };
}

async function buildLoader(out, files) {
  const outfile = join(out, 'widget.js');
  const { metafile } = await build({
    ...common,
    entryPoints: [join(here, 'src', 'boot', 'loader.ts')],
    outfile,
    format: 'iife',
    metafile: true,
    plugins: [widgetPlugin(files)],
  });
  return { file: outfile, inputs: Object.keys(metafile.inputs) };
}

/** Tells ninja what the bundles were made of, so that it makes them again when any of it changes. */
async function writeDepfile(depfile, target, inputs) {
  const files = inputs.filter((name) => !name.startsWith('virtual:')).map((name) => resolve(here, name));
  const all = [...new Set([...files, locales, self, join(here, 'package-lock.json')])];
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
  const panel = await buildPanel(out);
  const tracker = await buildApart(out, 'tracker', 'track.ts');
  const look = await buildApart(out, 'look', 'look/look.ts');
  const loader = await buildLoader(out, { panel: panel.file, tracker: tracker.file, look: look.file });
  const sizes = {
    loader: await gzipped([loader.file]),
    'loader and panel': await gzipped([loader.file, ...panel.files]),
    'panel in looks of its own': await gzipped([loader.file, ...panel.files, look.path]),
    rating: await gzipped([panel.rating]),
    form: await gzipped([panel.form]),
    tracker: await gzipped([tracker.path]),
  };
  for (const [name, size] of Object.entries(sizes)) {
    console.log(`${name}: ${size} bytes gzip, at most ${LIMITS[name]}`);
    if (size > LIMITS[name]) throw new Error(`${name}: got ${size} bytes gzip, expected at most ${LIMITS[name]}`);
  }
  await writeFile(join(out, 'sizes.json'), JSON.stringify({ sizes, limits: LIMITS }, null, 2) + '\n');
  if (depfile) await writeDepfile(depfile, join(folder, 'widget.js'), [...panel.inputs, ...tracker.inputs, ...look.inputs, ...loader.inputs]);
}

if (process.argv[1] === self) {
  main().catch((error) => {
    console.error(`widget: ${error.message}`);
    process.exitCode = 1;
  });
}
