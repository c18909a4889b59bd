// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from './lib/sources.mjs';

const { siteColor, textOn } = await source('boot/color.ts');
const { cleanText, peek, textLength } = await source('state/text.ts');
const { fill } = await source('locales/index.ts');
const { newId, newToken } = await source('state/ids.ts');

test('text on the site’s colour can be read', () => {
  assert.equal(textOn('#0b6e4f'), '#ffffff');
  assert.equal(textOn('#ffd166'), '#14171f');
  assert.equal(textOn('#000000'), '#ffffff');
  assert.equal(siteColor('#ABCDEF'), '#abcdef');
  for (const bad of [undefined, '', 'red', '#123', 'url(x)', '#12345g']) assert.match(siteColor(bad), /^#[0-9a-f]{6}$/);
});

test('characters are counted as the server does', () => {
  assert.equal(textLength('a😀👩‍👩‍👧'), 7);
  assert.equal(cleanText(' \u0000a\u0007\n\tb\u007f '), 'a\n\tb');
  assert.equal(cleanText('a\ud83d😀\udc00'), 'a😀');
  assert.equal(textLength(peek('😀'.repeat(2000))), 1000);
});

test('ids are UUIDs version 7 in order, tokens are what the server expects', () => {
  const ids = Array.from({ length: 1000 }, newId);
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids).size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.match(newToken(), /^[0-9a-f-]{36}\.[A-Za-z0-9_-]{43}$/);
});

test('a name is put into a sentence as it is', () => {
  assert.equal(fill('{} joined', '$& $1'), '$& $1 joined');
});
