// SPDX-License-Identifier: MIT
import type { FormField, FormReply, SiteForm, Visitor } from '../protocol';
import type { FormWords } from './words';

/** What stands in the fields, by their ids; a ticked box says yes. */
export type Typed = Record<string, string>;

const YES = 'yes';
const EMAIL = /^[^@ ]+@[^ ]+$/;
const PHONE = /^[-+0-9 ./()#*,;xX]+$/;
const PHONE_DIGITS_MIN = 6;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** What a field holds: what was typed, or else what is known of the visitor. */
export function valueOf({ id, kind }: FormField, typed: Typed, visitor: Visitor | undefined): string {
  return typed[id] ?? (kind === 'name' ? visitor?.name : kind === 'email' ? visitor?.email : '') ?? '';
}

/** As the server takes it: one line without blanks around, control characters and halves of characters. */
export const line = (text: string): string => text.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim();

/** The fields that are asked before a conversation after the answers so far. `closed`: the site is outside its hours, when it can ask something else. */
export function shownFields({ fields = [] }: SiteForm, typed: Typed, closed?: boolean): FormField[] {
  const shown: FormField[] = [];
  for (const field of fields) {
    if (field.during || field.asked === (closed ? 'open' : 'closed')) continue;
    const { shown_when: when, shown_is: is } = field;
    const above = when && shown.find(({ id }) => id === when);
    if (!when || (above && (typed[when] || (above.kind === 'checkbox' ? 'no' : '')) === is)) shown.push(field);
  }
  return shown;
}

/** What is wrong with a value; nothing where it can be sent. */
export function complaint({ kind, required, choices = [] }: FormField, text: string, words: FormWords): string | undefined {
  const value = line(text);
  const said = kind === 'choice' ? choices.includes(value) : kind === 'checkbox' ? value === YES : value;
  if (!said) return required ? (kind === 'choice' ? words.unchosen : kind === 'checkbox' ? words.unticked : words.missing) : undefined;
  if (kind === 'email') return EMAIL.test(value) ? undefined : words.email;
  if (kind === 'phone') return PHONE.test(value) && value.replace(/\D/g, '').length >= PHONE_DIGITS_MIN ? undefined : words.phone;
  return kind === 'date' && !DATE.test(value) ? words.date : undefined;
}

/** What goes to the server: every field that is shown and says something. */
export function reply(form: SiteForm, typed: Typed, visitor: Visitor | undefined, closed?: boolean): FormReply {
  const values = shownFields(form, typed, closed).map((field) => ({
    field: field.id,
    value: line(valueOf(field, typed, visitor)) || (field.kind === 'checkbox' ? 'no' : ''),
  }));
  return { version: form.version ?? 0, ...(closed && { closed }), values: values.filter(({ value }) => value) };
}
