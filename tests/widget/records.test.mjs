// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectFolder } from './lib/packages.mjs';
import { source } from './lib/sources.mjs';

const { apply, applyChanges, catchUp, currentConversation, noRecords, seenPosition, unreadMessages } = await source('state/records.ts');

const conversation = (id, rev, more = {}) => ({ type: 'conversation', id, rev, site_id: 's', visitor_id: 'v', status: 'open', ...more });
const message = (id, rev, more = {}) => ({ type: 'message', id, rev, conversation_id: 'c', position: rev, kind: 'text', author_kind: 'agent', text: id, ...more });
const mark = (rev, reader_kind, position) => ({ type: 'read_mark', id: reader_kind, rev, conversation_id: 'c', reader_kind, reader_id: reader_kind, position });

/** The golden messages that the server's tests read too. */
function fixtures() {
  const folder = join(projectFolder, 'protocol', 'fixtures');
  const cases = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const content = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const rows = Array.isArray(content) ? content : (content.cases ?? []);
    cases.push(...rows.filter((row) => row.json && row.audience === 'visitor').map((row) => ({ ...row, file })));
  }
  return cases;
}

test('every golden record for visitors is taken in', () => {
  const kept = { site: 'site', visitor: 'visitor', conversation: 'conversations', message: 'messages', read_mark: 'marks' };
  let seen = 0;
  for (const { name, file, json } of fixtures()) {
    const place = kept[json.type];
    if (!place || !json.id) continue;
    const state = apply(noRecords, [json]);
    const held = state[place] instanceof Map ? state[place].get(json.id) : state[place];
    assert.deepEqual(held, json.deleted ? undefined : json, `${file}: ${name}`);
    seen++;
  }
  assert.ok(seen >= 5, `got ${seen} records, expected one of each kind at least`);
});

test('every golden changes frame for visitors is taken in', () => {
  const frames = fixtures().filter((row) => (row.method ?? row.type) === 'changes');
  assert.ok(frames.length > 0);
  for (const { name, json } of frames) {
    const before = { ...noRecords, applied: json.prev ?? 0 };
    const after = applyChanges(before, json);
    assert.equal(after.applied, json.rev, name);
    for (const record of json.records ?? []) assert.equal(after.revs.get(`${record.type} ${record.id}`), record.rev, name);
  }
});

test('a record is kept when its revision is not lower than the one at hand', () => {
  let state = apply(noRecords, [message('m', 5)]);
  state = apply(state, [message('m', 4, { text: 'old' })]);
  assert.equal(state.messages.get('m').text, 'm');
  state = apply(state, [message('m', 5, { text: 'same' })]);
  assert.equal(state.messages.get('m').text, 'same');
});

test('a tombstone leaves nothing but its number', () => {
  let state = apply(noRecords, [message('m', 5)]);
  state = apply(state, [{ type: 'message', id: 'm', rev: 7, deleted: true }]);
  assert.equal(state.messages.size, 0);
  state = apply(state, [message('m', 6)]);
  assert.equal(state.messages.size, 0, 'what is older than the tombstone stays away');
});

test('answers to calls never move applied, pages do', () => {
  assert.equal(apply(noRecords, [message('m', 5)]).applied, 0);
  assert.equal(catchUp(noRecords, { rev: 9, records: [] }).applied, 9);
});

test('a hole is seen, an old frame changes nothing, and the state given is never changed', () => {
  const state = { ...noRecords, applied: 10 };
  assert.equal(applyChanges(state, { prev: 11, rev: 12, records: [message('m', 12)] }), undefined);
  assert.equal(applyChanges(state, { prev: 8, rev: 10, records: [message('m', 10)] }), state);
  const next = applyChanges(state, { prev: 9, rev: 12, records: [message('m', 12)] });
  assert.equal(next.applied, 12);
  assert.equal(next.messages.size, 1);
  assert.equal(state.messages.size, 0);
});

test('unknown types and words do no harm', () => {
  const state = apply(noRecords, [{ type: 'ticket', id: 't', rev: 1 }, message('m', 2, { kind: 'hologram' })]);
  assert.equal(state.messages.size, 1);
  assert.equal(unreadMessages(state).length, 0);
});

test('any order of the same frames’ records ends in the same state', () => {
  const records = [message('a', 1), message('b', 2), message('a', 3, { text: 'edited' }), conversation('c', 4), { type: 'message', id: 'b', rev: 5, deleted: true }];
  const forward = apply(noRecords, records);
  const backward = apply(noRecords, [...records].reverse());
  assert.deepEqual([...backward.messages], [...forward.messages]);
  assert.deepEqual(backward.conversations, forward.conversations);
});

test('the open conversation is the current one, else the last', () => {
  assert.equal(currentConversation(noRecords), undefined);
  let state = apply(noRecords, [conversation('old', 1, { status: 'closed', last_position: 5 }), conversation('older', 2, { status: 'closed', last_position: 3 })]);
  assert.equal(currentConversation(state).id, 'old');
  state = apply(state, [conversation('new', 6, { last_position: 1 })]);
  assert.equal(currentConversation(state).id, 'new');
});

test('unread is what the team wrote above the own mark', () => {
  const state = apply(noRecords, [
    message('a', 1), message('b', 2), message('mine', 3, { author_kind: 'visitor' }), message('c', 4), message('e', 5, { kind: 'event', event: 'closed' }), mark(6, 'visitor', 1),
  ]);
  assert.deepEqual(unreadMessages(state).map((one) => one.id), ['b', 'c']);
  assert.equal(seenPosition(apply(state, [mark(7, 'agent', 3)]), 'c'), 3);
});
