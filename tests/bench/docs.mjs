// SPDX-License-Identifier: GPL-3.0-or-later
import { readFile, writeFile } from 'node:fs/promises';

const DOCS = new URL('../../docs/benchmarks.md', import.meta.url);
const END = '<!-- end of figures -->';

/** Puts figures where docs/benchmarks.md has room for those of `command`, a call of scripts/bench. */
export async function writeDocs(command, markdown) {
  const begin = `<!-- figures: ${command} -->`;
  const text = await readFile(DOCS, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`docs/benchmarks.md: expected the lines ${begin} and ${END}`);
  await writeFile(DOCS, `${text.slice(0, from)}${begin}\n${markdown}\n${text.slice(to)}`);
}
