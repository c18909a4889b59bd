// SPDX-License-Identifier: GPL-3.0-or-later
// What a visitor's page says of itself.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { install } from './lib/fake-browser.mjs';
import { clock } from './lib/fake-clock.mjs';
import { source } from './lib/sources.mjs';

const { Look, address, oneLine } = await source('track/look.ts');
const { globMatches, globMatchesUrl } = await source('track/glob.ts');
const { currentVisit } = await source('track/visit.ts');
const { Storage } = await source('state/storage.ts');
const { timeOffset } = await source('state/time-zone.ts');

beforeEach(() => {
  install();
  clock.install(1_800_000_000_000);
});

test('an address has no fragment, and neither it nor a title is too long or has what no frame may hold', () => {
  assert.equal(address('https://shop.example/a?b=1#c?d#e'), 'https://shop.example/a?b=1');
  assert.equal(address(`https://shop.example/${'a'.repeat(9000)}`).length, 2000);
  assert.equal(oneLine('  Tea\n\tand \u0000 coffee \ud800! ', 200), 'Tea and coffee !');
  assert.equal([...oneLine('🧶'.repeat(500), 200)].length, 200);
  assert.equal(oneLine('', 10), '');
});

test('only the time counts for which a page is seen', () => {
  const look = new Look('https://shop.example/');
  assert.equal(look.visible, 0);
  look.appear();
  clock.tick(3000);
  look.appear();
  clock.tick(1000);
  look.vanish();
  clock.tick(60_000);
  assert.equal(look.visible, 4000);
  look.appear();
  clock.tick(500);
  assert.equal(look.visible, 4500);
  clock.back(10_000);
  assert.equal(look.visible, 4000, 'a clock that was put back takes nothing away');
});

test('a page that is left keeps the title that it was seen with', () => {
  const look = new Look('https://shop.example/');
  assert.equal(look.params('Tea', false).title, 'Tea');
  assert.deepEqual(look.params('Coffee', true), { id: look.id, url: 'https://shop.example/', title: 'Tea', visible: 0, left: true });
  assert.equal(look.params('Tea (3)', false).title, 'Tea (3)');
});

test('a visit goes on from page to page, and is another after half an hour', () => {
  const storage = new Storage('demo');
  const first = currentVisit(storage, 'https://shop.example/?utm_source=x#a', 'https://www.google.com/');
  assert.equal(first.landing, 'https://shop.example/?utm_source=x');
  assert.equal(first.referrer, 'https://www.google.com/');
  clock.tick(29 * 60_000);
  assert.deepEqual(currentVisit(storage, 'https://shop.example/b', 'https://shop.example/'), first);
  clock.tick(29 * 60_000);
  assert.deepEqual(currentVisit(storage, 'https://shop.example/c', 'https://shop.example/b'), first);
  clock.tick(31 * 60_000);
  const second = currentVisit(storage, 'https://shop.example/d', '');
  assert.notEqual(second.visit_id, first.visit_id);
  assert.equal(second.landing, 'https://shop.example/d');
  storage.set('visit', '{"not');
  assert.notEqual(currentVisit(storage, 'https://shop.example/e', '').visit_id, second.visit_id);
});

test('the visitor’s clock is told by how far it is ahead', (t) => {
  const zone = process.env.TZ;
  t.after(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
  for (const [name, offset] of [['Asia/Kathmandu', '+05:45'], ['America/St_Johns', '-03:30'], ['Asia/Tokyo', '+09:00'], ['UTC', '+00:00'], ['Pacific/Kiritimati', '+14:00']]) {
    process.env.TZ = name;
    // The clock of the tests stands in winter.
    assert.equal(timeOffset(), offset, name);
  }
});

test('a pattern matches here as it does on the server, and takes no time to say that it does not', () => {
  const cases = [
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*c', 'abc', true],
    ['a*c', 'acb', false],
    ['*b*b*', 'abab', true],
    ['*b*b*b*', 'abab', false],
    ['*/PRICES', 'https://shop.example/prices', true],
    ['/prices*', 'https://shop.example/prices/a', true],
    ['/prices*', 'https://shop.example/en/prices', false],
    ['/', 'https://shop.example', true],
    ['/?a=*', 'https://shop.example?a=1', true],
    ['[a-z]?', 'b1', false],
    ['*é', 'café', true],
    ['*É', 'café', false],
  ];
  for (const [pattern, url, expected] of cases) assert.equal(globMatchesUrl(pattern, url), expected, `${pattern} and ${url}`);
  assert.equal(globMatches(`${'*a'.repeat(200)}*b`, 'a'.repeat(2000)), false);
});
