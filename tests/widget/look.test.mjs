// SPDX-License-Identifier: GPL-3.0-or-later
// What a site's appearance comes to, as the browser keeps it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from './lib/sources.mjs';

const { look } = await source('look/look.ts');

const lines = (appearance) => look(appearance).split('\n');

test('it is always three lines: the side, the words of the button, a stylesheet', () => {
  const all = [{}, { scheme: 'dark' }, { scheme: 'light', side: 'left' }, { offset_x: 4 }, { offset_y: 200, photos_off: true }, { launcher_text: 'Ask', branding_off: true }];
  for (const appearance of all) assert.equal(lines(appearance).length, 3, JSON.stringify(appearance));
  assert.deepEqual(lines({}), ['right', '', '']);
  assert.deepEqual(lines({ side: 'left' }), ['left', '', '']);
  assert.deepEqual(lines({ title: 'Shop', bubble_text: 'Hi', bubble_delay: 5 }), ['right', '', ''], 'what is no style');
});

test('words of the site are never part of the stylesheet', () => {
  const text = '}</style><b>*{display:none}';
  const [, said, css] = lines({ launcher_text: text, title: text, bubble_text: text, scheme: 'dark' });
  assert.equal(said, text);
  assert.ok(!css.includes('display:none}') && !css.includes('<'));
  assert.ok(lines({ launcher_text: 'Ask' })[2] === lines({ launcher_text: 'Other words' })[2]);
});

test('both schemes name every colour of the panel', async () => {
  const colors = (css) => [...css.matchAll(/(--[a-z-]+):/g)].map(([, name]) => name).sort();
  const [dark, light] = ['dark', 'light'].map((scheme) => colors(lines({ scheme })[2]));
  assert.deepEqual(dark, light);
  assert.ok(dark.includes('--paper') && dark.includes('--theirs'));
});
