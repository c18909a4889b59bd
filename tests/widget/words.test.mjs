// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from './lib/sources.mjs';

const { stretches } = await source('views/links.ts');
const { siteColor, textOn } = await source('boot/color.ts');
const { cleanText, peek, textLength } = await source('state/text.ts');
const { fill } = await source('locales/index.ts');
const { newId, newToken } = await source('state/ids.ts');

const links = (text) => stretches(text).filter((part) => part.href).map((part) => part.href);

test('web addresses become links, and nothing else does', () => {
  assert.deepEqual(links('see https://a.example/b?c=d#e, or http://b.example.'), ['https://a.example/b?c=d#e', 'http://b.example']);
  assert.deepEqual(links('(https://en.example/Bread_(food)) [https://x.example/a]'), ['https://en.example/Bread_(food)', 'https://x.example/a']);
  assert.deepEqual(links('HTTPS://UPPER.example!'), ['HTTPS://UPPER.example']);
  assert.deepEqual(links('**https://a.example/b** or `https://c.example`, {https://d.example}'), ['https://a.example/b', 'https://c.example', 'https://d.example']);
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'www.a.example', 'xhttps://a.example', 'https://', 'mailto:a@b.example', 'vbscript:x'])
    assert.deepEqual(links(text), [], text);
});

test('the stretches of a text are the text', () => {
  for (const text of ['', 'plain', 'https://a.example', 'a https://a.example\nb <b>http://c.example</b> "https://d.example"', 'https://a.example/…؟'])
    assert.equal(stretches(text).map((part) => part.text).join(''), text);
});

test('whatever is thrown together, a link is a web address that stands there as it is', () => {
  const parts = [
    'http://', 'https://', 'HTTPS://', 'javascript:', 'data:text/html,', 'mailto:', 'a.example', 'a@b.example', '//', '/', '?', '#', '@', ':', '.', ',', '(', ')', '[', ']', '{', '}', '<', '>', '<b>', '</a>',
    '"', '\'', '`', '&', '&quot;', '&#106;', '%00', '\\', '^', '|', '*', '_', '~', ' ', '\n', '\t', '\u200b', '\u202e', '\u0000', '\ud800', '😀', 'ﷺ', '١', 'xn--', '..', 'on=alert(1)', 'x',
  ];
  let state = 7;
  const random = (below) => (state = (state * 48_271) % 2_147_483_647) % below;
  let found = 0;
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: 1 + random(12) }, () => parts[random(parts.length)]).join('');
    const all = stretches(text);
    assert.equal(all.map((part) => part.text).join(''), text);
    for (const { text: shown, href } of all) {
      if (href === undefined) continue;
      found++;
      assert.equal(href, shown, JSON.stringify(text));
      assert.match(href, /^https?:\/\/[^\s<>"`{}|\\^]+$/i);
      assert.match(new URL(href).protocol, /^https?:$/);
    }
  }
  assert.ok(found > 1000, `only ${found} links were tried`);
});

test('finding links takes no longer than reading', () => {
  const text = 'https://a.example/' + '('.repeat(4000) + ')'.repeat(4000);
  assert.equal(stretches(text).map((part) => part.text).join(''), text);
});

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
