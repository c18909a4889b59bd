// SPDX-License-Identifier: GPL-3.0-or-later
// The widget's modules as Node can run them.
import { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { widgetPlugin } from '../../../widget/build.mjs';
import { build, widgetFolder } from './packages.mjs';

globalThis.crypto ??= webcrypto; // a global of browsers, but not of Node 18

const folder = mkdtempSync(join(tmpdir(), 'chatflow-widget-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** What a module of `src/` exports. */
export async function source(path) {
  const outfile = join(folder, `${path.replaceAll('/', '-')}.mjs`);
  const define = { VERSION: '"test"' };
  await build({ entryPoints: [join(widgetFolder, 'src', path)], outfile, bundle: true, format: 'esm', jsxFactory: 'h', define, plugins: [widgetPlugin()] });
  return import(pathToFileURL(outfile));
}
