// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source } from './lib/sources.mjs';

const { timeline } = await source('state/timeline.ts');
const { historyEdge, stream } = await source('state/history.ts');
const { apply, noRecords } = await source('state/records.ts');

const NOON = new Date(2026, 5, 1, 12).getTime();
const MINUTE = 60_000;

function message(id, position, author_kind, at, more = {}) {
  return { type: 'message', id, rev: position, conversation_id: 'c', position, kind: 'text', author_kind, author_name: author_kind, text: id, created_at: at, ...more };
}

function lines(records, outbox = []) {
  return timeline(records, stream(records, undefined), outbox).map((item) =>
    item.kind === 'bubble' ? [item.key, (item.first ? '^' : '') + (item.last ? '$' : ''), item.delivery ?? ''] : [item.kind, item.event ?? '']);
}

test('one author’s messages within three minutes are a group', () => {
  const records = apply(noRecords, [
    message('a', 1, 'agent', NOON), message('b', 2, 'agent', NOON + MINUTE), message('c', 3, 'agent', NOON + 5 * MINUTE), message('d', 4, 'visitor', NOON + 6 * MINUTE),
  ]);
  assert.deepEqual(lines(records), [['day', ''], ['a', '^', ''], ['b', '$', ''], ['c', '^$', ''], ['d', '^$', 'sent']]);
});

test('a day begins with a separator, and breaks a group', () => {
  const late = new Date(2026, 5, 1, 23, 59).getTime();
  const records = apply(noRecords, [message('a', 1, 'agent', late), message('b', 2, 'agent', late + 2 * MINUTE)]);
  assert.deepEqual(lines(records), [['day', ''], ['a', '^$', ''], ['day', ''], ['b', '^$', '']]);
});

test('only the last own message says how far it got', () => {
  const mark = { type: 'read_mark', id: 'r', rev: 9, conversation_id: 'c', reader_kind: 'agent', reader_id: 'x', position: 2 };
  const records = apply(noRecords, [message('a', 1, 'visitor', NOON), message('b', 2, 'visitor', NOON), mark]);
  assert.deepEqual(lines(records).slice(1), [['a', '^', ''], ['b', '$', 'seen']]);
});

test('what is on its way comes last, once, and a refused one says why', () => {
  const records = apply(noRecords, [message('a', 1, 'visitor', NOON), message('z', 2, 'agent', NOON)]);
  const outbox = [{ id: 'a', text: 'a', created_at: NOON }, { id: 'n', text: 'n', created_at: NOON }, { id: 'f', text: 'f', created_at: NOON, failed: 'forbidden' }];
  assert.deepEqual(lines(records, outbox).slice(1), [['a', '^$', 'sent'], ['z', '^$', ''], ['n', '^', 'sending'], ['f', '$', 'failed']]);
});

test('events stand between the groups; notes and unknown kinds are not shown', () => {
  const records = apply(noRecords, [
    message('a', 1, 'agent', NOON), message('e', 2, 'agent', NOON, { kind: 'event', event: 'closed' }), message('n', 3, 'agent', NOON, { kind: 'note' }), message('b', 4, 'agent', NOON),
  ]);
  assert.deepEqual(lines(records), [['day', ''], ['a', '^$', ''], ['event', 'closed'], ['b', '^$', '']]);
});

test('events that this widget does not know, or keeps to itself, leave no line', () => {
  const records = apply(noRecords, [
    message('a', 1, 'agent', NOON), message('t', 2, 'agent', NOON, { kind: 'event', event: 'snoozed' }), message('u', 3, 'agent', NOON, { kind: 'event', event: 'from a newer server' }),
  ]);
  assert.deepEqual(lines(records), [['day', ''], ['a', '^$', '']]);
});

test('what was edited has its new words, what was removed says only that', () => {
  const records = apply(apply(noRecords, [message('a', 1, 'agent', NOON), message('b', 2, 'agent', NOON)]), [
    message('a', 1, 'agent', NOON, { rev: 3, text: 'better', edited_at: NOON }), message('b', 2, 'agent', NOON, { rev: 4, text: undefined, removed_at: NOON }),
  ]);
  assert.deepEqual(timeline(records, stream(records, undefined), []).slice(1).map(({ text, removed }) => [text, removed]), [['better', false], ['', true]]);
});

test('the order is by position, then by id', () => {
  const records = apply(noRecords, [message('c', 2, 'agent', NOON), message('b', 2, 'agent', NOON), message('a', 3, 'agent', NOON - MINUTE)]);
  assert.deepEqual(lines(records).slice(1).map(([key]) => key), ['b', 'c', 'a']);
});

test('history begins where the newest of several conversations has a hole', () => {
  const many = (conversation, from, count) => Array.from({ length: count }, (_, n) => message(`${conversation}${from + n}`, from + n, 'agent', NOON, { conversation_id: conversation }));
  const records = apply(noRecords, [...many('one', 100, 50), ...many('two', 500, 50), ...many('few', 300, 3)]);
  assert.deepEqual(historyEdge(records, new Map()), { conversation: 'two', position: 500 });
  assert.equal(stream(records, historyEdge(records, new Map())).length, 50);
  assert.deepEqual(historyEdge(records, new Map([['two', false]])), { conversation: 'one', position: 100 });
  assert.equal(historyEdge(records, new Map([['two', false], ['one', false]])), undefined);
  assert.equal(stream(records, undefined).length, 103);
});
