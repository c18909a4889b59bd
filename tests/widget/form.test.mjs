// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked after which answers, what is wrong with them, and what goes to the server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEPARTMENTS, FIELDS, FORM, WHERE, WHERE_FORM } from './lib/forms.mjs';
import { source } from './lib/sources.mjs';

const { complaint, reply, shownFields, valueOf } = await source('form/answers.ts');
const { default: words } = await source('form/words.ts');

const labels = (form, typed) => shownFields(form, typed).map(({ label }) => label);
const { about, order, name, email, phone, bought, agree } = FIELDS;

test('a field with a condition is shown while it holds, and not when the other is hidden itself', () => {
  assert.ok(!labels(FORM, {}).includes('Order number'));
  assert.ok(labels(FORM, { [about.id]: 'An order' }).includes('Order number'));
  assert.ok(!labels(FORM, { [about.id]: 'Something else' }).includes('Order number'));
  const last = { id: 'x', kind: 'text', label: 'Last', shown_when: 'c', shown_is: 'no' };
  const form = { fields: [about, { id: 'c', kind: 'checkbox', label: 'Tick', shown_when: about.id, shown_is: 'An order' }, last] };
  assert.deepEqual(labels(form, {}), ['What is it about?']);
  assert.deepEqual(labels(form, { [about.id]: 'An order' }), ['What is it about?', 'Tick', 'Last'], 'an untouched box says no');
  assert.deepEqual(labels(form, { [about.id]: 'An order', c: 'yes' }), ['What is it about?', 'Tick']);
  assert.deepEqual(labels({}, {}), []);
});

test('each kind says what is wrong, and takes what is right', () => {
  const wrong = [[about, '', words.unchosen], [about, 'Both', words.unchosen], [order, ' \t', words.missing], [email, '', words.missing], [email, 'ana', words.email],
    [email, 'a na@b', words.email], [email, '@b', words.email], [phone, '12345', words.phone], [phone, 'call 123456', words.phone], [bought, '2026-1', words.date],
    [agree, '', words.unticked]];
  for (const [field, value, said] of wrong) assert.equal(complaint(field, value, words), said, `${field.label}: ${value}`);
  const right = [[about, 'An order'], [name, ''], [phone, ''], [phone, '+351 912 345 678'], [email, ' ana@example.com '], [bought, '2026-11-21'], [bought, ''], [agree, 'yes']];
  for (const [field, value] of right) assert.equal(complaint(field, value, words), undefined, `${field.label}: ${value}`);
});

test('a department is chosen among those that are offered, by its id', () => {
  const [sales, support] = DEPARTMENTS;
  assert.equal(complaint(WHERE, '', words), words.unchosen);
  assert.equal(complaint(WHERE, 'Support', words), words.unchosen);
  assert.equal(complaint(WHERE, support.id, words), undefined);
  assert.deepEqual(labels(WHERE_FORM, { [WHERE.id]: support.id }), ['Whom do you need?', 'Your name']);
  assert.deepEqual(labels(WHERE_FORM, { [WHERE.id]: sales.id }), ['Whom do you need?', 'Order number', 'Your name']);
  assert.deepEqual(reply(WHERE_FORM, { [WHERE.id]: support.id }).values, [{ field: WHERE.id, value: support.id }]);
  const gone = { ...WHERE_FORM, fields: [{ ...WHERE, offered: [support] }, ...WHERE_FORM.fields.slice(1)] };
  assert.equal(valueOf(gone.fields[0], { [WHERE.id]: sales.id }), '', 'what was chosen has gone');
  assert.deepEqual(labels(gone, { [WHERE.id]: sales.id }), ['Whom do you need?', 'Your name']);
  assert.deepEqual(reply(gone, { [WHERE.id]: sales.id }).values, []);
  const { offered, ...nothing } = WHERE;
  assert.deepEqual(labels({ fields: [nothing, name] }, {}), ['Your name'], 'without any there is nothing to ask');
  assert.equal(valueOf(about, { [about.id]: 'Of old' }), '', 'nor is a choice that has gone');
});

test('what is known is filled in until something else is typed', () => {
  const visitor = { name: 'Ana', email: 'ana@example.com' };
  assert.deepEqual([name, email, phone, order].map((field) => valueOf(field, {}, visitor)), ['Ana', 'ana@example.com', '', '']);
  assert.equal(valueOf(name, { [name.id]: '' }, visitor), '');
  assert.equal(valueOf(name, {}, undefined), '');
});

test('only what is shown and says something is sent, in one line', () => {
  const typed = { [about.id]: 'Something else', [order.id]: '1182', [name.id]: ' A\u0000n\na\ud800 ', [email.id]: 'ana@example.com', [phone.id]: '  ' };
  assert.deepEqual(reply(FORM, typed, undefined), {
    version: 3,
    values: [
      { field: about.id, value: 'Something else' },
      { field: name.id, value: 'A n a' },
      { field: email.id, value: 'ana@example.com' },
      { field: agree.id, value: 'no' },
    ],
  });
});

test('what is asked within the hours or outside them alone is shown then, and what hangs on it', () => {
  const form = { version: 3, fields: [{ ...about, asked: 'open' }, order, name, { ...email, asked: 'closed' }] };
  const typed = { [about.id]: 'An order', [order.id]: '1182', [email.id]: 'ana@example.com' };
  const shown = (closed) => shownFields(form, typed, closed).map(({ label }) => label);
  assert.deepEqual(shown(false), ['What is it about?', 'Order number', 'Your name']);
  assert.deepEqual(shown(undefined), shown(false));
  assert.deepEqual(shown(true), ['Your name', 'Email address']);
  assert.deepEqual(reply(form, typed, undefined, true), { version: 3, closed: true, values: [{ field: email.id, value: 'ana@example.com' }] });
  assert.equal('closed' in reply(form, typed, undefined, false), false);
});
