// SPDX-License-Identifier: GPL-3.0-or-later
// What a page says of its visitor, whatever it comes up with.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { source } from './lib/sources.mjs';

const { identify, read } = await source('identify/identify.ts');
let warned;

beforeEach((t) => {
  warned = [];
  t.mock.method(console, 'warn', (text) => warned.push(text));
  t.mock.method(console, 'error', (error) => warned.push(String(error)));
});

test('each kind of value as attributes are written', () => {
  const customData = { plan: 'pro', seats: 4, rate: -0.5, vip: true, trial: false, since: '2026-01-01', born: new Date(Date.UTC(2001, 1, 3)), gone: null, motto: ' two\nlines\u0000 ' };
  assert.deepEqual(read({ name: 'Mia', email: 'mia@mail.example', customData }), {
    name: 'Mia', email: 'mia@mail.example',
    attributes: [
      { name: 'plan', value: 'pro' }, { name: 'seats', value: '4' }, { name: 'rate', value: '-0.5' }, { name: 'vip', value: 'yes' }, { name: 'trial', value: 'no' },
      { name: 'since', value: '2026-01-01' }, { name: 'born', value: '2001-02-03' }, { name: 'gone', value: '' }, { name: 'motto', value: 'two lines' },
    ],
  });
  assert.deepEqual(warned, []);
});

test('what is none of these is named, and the rest is taken', () => {
  const customData = { plan: 'pro', list: [1], deep: {}, call() {}, nothing: undefined, big: 10n, never: NaN, when: new Date(NaN), sign: Symbol('s'), ['n'.repeat(51)]: 1, long: 'x'.repeat(501) };
  assert.deepEqual(read({ customData }).attributes, [{ name: 'plan', value: 'pro' }]);
  assert.equal(warned.length, 1);
  for (const name of ['list', 'deep', 'call', 'nothing', 'big', 'never', 'when', 'sign', 'n'.repeat(50), 'long']) assert.ok(warned[0].includes(name), name);
});

test('too many, and too long: none is taken, name and address are', () => {
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`a${n}`, n]));
  assert.deepEqual(read({ name: 'Mia', customData: many }), { name: 'Mia' });
  const long = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`a${n}`, 'x'.repeat(500)]));
  assert.deepEqual(read({ name: 'Mia', customData: long }), { name: 'Mia' });
  assert.equal(warned.length, 2);
  assert.equal(read({ customData: Object.fromEntries(Object.entries(many).slice(0, 50)) }).attributes.length, 50);
  assert.equal(warned.length, 2);
});

test('nonsense and traps', () => {
  const trap = { get name() { throw new Error('a trap'); } };
  const inner = { customData: { get plan() { throw new Error('a trap'); } } };
  const deaf = new Proxy({}, { get() { throw new Error('a trap'); }, ownKeys() { throw new Error('a trap'); } });
  for (const given of [undefined, null, 7, 'Mia', [], {}, { name: 7, email: {} }, trap, inner, deaf, { customData: deaf }, { customData: 7 }, { customData: [1] }, { customData: 'x' }, { customData: null }])
    assert.deepEqual(read(given), {});
  assert.deepEqual(read({ customData: JSON.parse('{"__proto__":"a","constructor":"b"}') }).attributes, [{ name: '__proto__', value: 'a' }, { name: 'constructor', value: 'b' }]);
  assert.deepEqual(read({ name: '\ud800Mia\u2028Berg' }), { name: 'Mia Berg' });
});

test('what the server did not take is said to the page’s author', () => {
  let told;
  identify({ link: 'online', caughtUp: true, records: {}, write: () => ({ then: (hear) => (told = hear) }) }, { name: 'Mia' });
  told({});
  assert.deepEqual(warned, []);
  told({ ignored: ['plan', 'seats'] });
  told({}, new Error('name: got 101 characters, expected 0 to 100'));
  assert.deepEqual(warned, ['ChatFlow: identify: customData: no attribute takes plan, seats', 'ChatFlow: identify: name: got 101 characters, expected 0 to 100']);
});
