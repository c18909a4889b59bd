// SPDX-License-Identifier: GPL-3.0-or-later
// A form with a field of each kind, and one that is asked of some.

const id = (number) => `0190a5c0-000${number}-7abc-8def-0123456789ab`;

export const FIELDS = {
  about: { id: id(1), kind: 'choice', label: 'What is it about?', required: true, choices: ['An order', 'Something else'] },
  order: { id: id(2), kind: 'text', label: 'Order number', required: true, shown_when: id(1), shown_is: 'An order' },
  name: { id: id(3), kind: 'name', label: 'Your name' },
  email: { id: id(4), kind: 'email', label: 'Email address', required: true },
  phone: { id: id(5), kind: 'phone', label: 'Phone' },
  bought: { id: id(6), kind: 'date', label: 'Bought on' },
  agree: { id: id(7), kind: 'checkbox', label: 'You may keep my answers', required: true },
};

export const FORM = { on: true, version: 3, title: 'Before we begin', hint: 'So that the right person answers.', fields: Object.values(FIELDS) };

const department = (number, name) => ({ id: `0190a5c0-001${number}-7abc-8def-0123456789ab`, name });

/** Where they go, as the server offers it; who goes to the first one is asked for an order. */
export const DEPARTMENTS = [department(1, 'Sales & advice'), department(2, 'Support')];
export const WHERE = { id: id(8), kind: 'department', label: 'Whom do you need?', required: true, offered: DEPARTMENTS };
export const WHERE_FORM = { on: true, version: 3, fields: [WHERE, { ...FIELDS.order, shown_when: WHERE.id, shown_is: DEPARTMENTS[0].id }, FIELDS.name] };

const during = (field) => ({ ...field, required: false, during: true });

/** Nothing before the conversation; in it the address, which has to be told, then what is not told by everybody. */
export const QUESTIONS = {
  on: true, version: 5,
  fields: [{ ...FIELDS.email, during: true }, during(FIELDS.phone), during(FIELDS.about), during(FIELDS.agree)],
};
