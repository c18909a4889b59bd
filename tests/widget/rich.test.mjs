// SPDX-License-Identifier: GPL-3.0-or-later
// What is marked in a message: the same as in the client of the staff (tests/protocol/test-rich-text.c).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectFolder } from './lib/packages.mjs';
import { source } from './lib/sources.mjs';

const { parse } = await source('rich/parse.ts');
const { cases } = JSON.parse(readFileSync(join(projectFolder, 'protocol', 'fixtures', 'rich-text.json'), 'utf8'));

/** As the fixtures write it. */
const described = (text) =>
  parse(text).map(({ kind, number, runs }) => {
    if (kind === 'code') return { code: runs[0].text };
    const words = runs.map((run) => (Object.keys(run).length === 1 ? run.text : run));
    return { text: words, ...(kind === 'bullet' && { bullet: true }), ...(kind === 'number' && { number }) };
  });

for (const { name, text, blocks } of cases) test(`marks: ${name}`, () => assert.deepEqual(described(text), blocks));

test('whatever is thrown together, its words stay in order, and links lead only where they may', () => {
  const parts = [
    'http://', 'https://', 'HTTPS://', 'javascript:', 'data:text/html,', 'mailto:', 'tel:', '+49 30 1234567', 'a.example', 'a@b.example', '//', '/', '?', '#', '@', ':', '.', ',', '(', ')', '[', ']', '](', '{', '<', '<b>', '</a>',
    '"', '`', '```', '&quot;', '%00', '\\', '|', '*', '**', '***', '_', ' ', '\n', '\n- ', '\n1. ', '\n2. ', '\n```\n', '\t', '\u200b', '\u202e', '\ud800', '😀', 'ﷺ', '١', 'on=alert(1)', 'x',
  ];
  let state = 7;
  const random = (below) => (state = (state * 48_271) % 2_147_483_647) % below;
  let found = 0;
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: 1 + random(14) }, () => parts[random(parts.length)]).join('');
    let rest = 0;
    for (const { text: shown, href } of parse(text).flatMap(({ runs }) => runs)) {
      const at = text.indexOf(shown, rest);
      assert.ok(at >= rest && shown.length > 0, JSON.stringify(text));
      rest = at + shown.length;
      if (href === undefined) continue;
      found++;
      assert.match(href, /^(https?:\/\/[^\s<>"`{}|\\^]+|mailto:[\w][^\s<>"`]*|tel:[+\d][^\s<>"`]*)$/i, JSON.stringify(text));
    }
  }
  assert.ok(found > 1000, `only ${found} links were tried`);
});

test('reading marks takes no longer than reading', () => {
  for (const piece of ['*a ', '**a ', '`a ', '[a', '(', '```a\n', '- a\n', '1. a\n', 'a@', '+1 22', '*', '**a*b ', 'https://a.example/((', 'a.a-'])
    assert.ok(parse(piece.repeat(8000 / piece.length)).length > 0, piece);
});
