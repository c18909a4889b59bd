// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '../../widget/build.mjs';
import { source } from './lib/sources.mjs';

const { stretches } = await source('views/links.ts');
const { siteColor, textOn } = await source('boot/color.ts');
const { cleanText, peek, textLength } = await source('state/text.ts');
const { fill, loadLocale } = await source('locales/index.ts');
const { newId, newToken } = await source('state/ids.ts');

const links = (text) => stretches(text).filter((part) => part.href).map((part) => part.href);

test('web addresses become links, and nothing else does', () => {
  assert.deepEqual(links('see https://a.example/b?c=d#e, or http://b.example.'), ['https://a.example/b?c=d#e', 'http://b.example']);
  assert.deepEqual(links('(https://en.example/Bread_(food)) [https://x.example/a]'), ['https://en.example/Bread_(food)', 'https://x.example/a']);
  assert.deepEqual(links('HTTPS://UPPER.example!'), ['HTTPS://UPPER.example']);
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'www.a.example', 'xhttps://a.example', 'https://', 'mailto:a@b.example', 'vbscript:x'])
    assert.deepEqual(links(text), [], text);
});

test('the stretches of a text are the text', () => {
  for (const text of ['', 'plain', 'https://a.example', 'a https://a.example\nb <b>http://c.example</b> "https://d.example"', 'https://a.example/…؟'])
    assert.equal(stretches(text).map((part) => part.text).join(''), text);
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

test('every locale has exactly the words of English', async () => {
  const { strings: english } = await loadLocale('en');
  const apart = { rating: (await source('rating/words.ts')).default, form: (await source('form/words.ts')).default };
  const flat = (strings) => Object.entries(strings).flatMap(([key, value]) => (typeof value === 'object' ? Object.entries(value).map(([inner, word]) => [`${key}.${inner}`, word]) : [[key, value]]));
  const shape = (strings) => flat(strings).map(([key, value]) => [key, typeof value, typeof value === 'string' ? value.split('{}').length : 0]).sort();
  const names = await languages();
  assert.ok(names.includes('en') && names.includes('de'));
  for (const name of names) {
    const { strings, tag } = await loadLocale(name);
    assert.equal(tag, name);
    assert.deepEqual(shape(strings), shape(name === 'en' ? english : { ...english, ...apart }), name);
    for (const count of [1, 2, 5, 11]) assert.ok(strings.unread(count).length > 3, name);
    for (const [key, value] of flat(strings)) assert.notEqual(value, '', `${name}: ${key}`);
    if (name !== 'en') assert.notEqual(strings.write, english.write, name);
  }
});

test('a locale is found by its tag, its language, or is English', async () => {
  assert.deepEqual([(await loadLocale('de-AT')).tag, (await loadLocale('de-AT')).strings.send], ['de-AT', 'Senden']);
  assert.equal((await loadLocale('ar')).strings.direction, 'rtl');
  assert.equal((await loadLocale('en_GB')).tag, 'en-GB');
  for (const other of ['tlh', 'not a tag', '', 'toString', '__proto__']) assert.deepEqual([(await loadLocale(other)).tag, (await loadLocale(other)).strings.send], ['en', 'Send'], other);
  assert.equal(fill('{} joined', '$& $1'), '$& $1 joined');
});
