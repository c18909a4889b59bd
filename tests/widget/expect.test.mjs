// SPDX-License-Identifier: GPL-3.0-or-later
// When the team is back, and how long something takes, as each language writes it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '../../widget/build.mjs';
import { source } from './lib/sources.mjs';

const { dayAndTime, duration } = await source('expect/times.ts');

/** A Friday afternoon by the clock of this computer. */
const NOW = new Date(2026, 10, 20, 18, 30).getTime();
const at = (day, hour, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const farAway = (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
const said = (moment, tag) => dayAndTime(moment, tag, farAway(tag), NOW).replaceAll(/[\u00a0\u202f]/g, ' ');

test('today and tomorrow by name, then the weekday, then the date', () => {
  assert.match(said(at(20, 21), 'en-GB'), /^today,? (at )?21:00$/);
  assert.match(said(at(21, 9), 'en-GB'), /^tomorrow,? (at )?0?9:00$/);
  assert.match(said(at(21, 9), 'en-US'), /^tomorrow,? (at )?9:00 AM$/);
  assert.match(said(at(23, 9), 'de'), /^Montag,? (um )?0?9:00$/);
  assert.match(said(at(21, 9), 'de'), /^morgen,? (um )?0?9:00$/);
  assert.match(said(at(26, 0, 5), 'en-GB'), /^Thursday,? (at )?0?0:05$/);
  assert.equal(said(at(27, 9), 'en-GB'), farAway('en-GB').format(at(27, 9)), 'in a week its name would be today’s');
  assert.equal(said(at(19, 9), 'de'), farAway('de').format(at(19, 9)), 'what has passed');
});

test('every language has a word for tomorrow in its sentence, and none for the weekday', async () => {
  for (const tag of await languages()) {
    const near = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(1, 'day');
    assert.ok(said(at(21, 9), tag).includes(near.replaceAll(/[\u00a0\u202f]/g, ' ')), `${tag}: ${said(at(21, 9), tag)}`);
  }
});

test('how long it takes, in one unit', () => {
  const minutes = [5, 15, 60, 180, 1440, 4320];
  assert.deepEqual(minutes.map((one) => duration(one, 'en')), ['5 minutes', '15 minutes', '1 hour', '3 hours', '1 day', '3 days']);
  assert.deepEqual(minutes.map((one) => duration(one, 'de')), ['5 Minuten', '15 Minuten', '1 Stunde', '3 Stunden', '1 Tag', '3 Tage']);
  assert.equal(duration(61, 'en'), '2 hours', 'never less than it is');
});
