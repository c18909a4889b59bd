// SPDX-License-Identifier: GPL-3.0-or-later
// How visitors are called: as they have chosen, else as the site wants it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from './lib/sources.mjs';

const { choice, choose } = await source('alerts/choice.ts');

function chatOf(alerts, kept) {
  const storage = { get: () => kept, put: (_key, value) => (kept = JSON.stringify(value)) };
  return { storage, records: { site: alerts === null ? undefined : { alerts } }, kept: () => kept && JSON.parse(kept) };
}

const BELL = { sound_off: true, sound: 'bell', volume: 40 };

test('without a word of the site there is a chime', () => {
  for (const alerts of [null, undefined, {}, { volume: 0 }, { sound: 'from a newer server' }])
    assert.deepEqual(choice(chatOf(alerts)), { sound: true, name: 'chime', volume: 60, browser: false, icon: true });
});

test('the site says what comes by itself', () => {
  assert.deepEqual(choice(chatOf(BELL)), { sound: false, name: 'bell', volume: 40, browser: false, icon: true });
});

test('what the visitor has chosen stays, whatever the site says; the rest follows it', () => {
  const chat = chatOf(BELL);
  choose(chat, { sound: true });
  choose(chat, { volume: 0 });
  assert.deepEqual(chat.kept(), { sound: true, volume: 0 }, 'nothing else is kept');
  assert.deepEqual(choice(chat), { sound: true, name: 'bell', volume: 0, browser: false, icon: true });
  chat.records.site.alerts = { sound: 'drop', volume: 90 };
  assert.deepEqual(choice(chat), { sound: true, name: 'drop', volume: 0, browser: false, icon: true });
});

test('what makes no sense counts as not chosen', () => {
  for (const kept of ['', 'null', '7', '{', '{"name":"siren","volume":1000}'])
    assert.deepEqual(choice(chatOf(BELL, kept)), { sound: false, name: 'bell', volume: 40, browser: false, icon: true }, kept);
});
