// SPDX-License-Identifier: MIT
import type { FormDepartment, FormField, FormReply, SiteForm, Visitor } from '../protocol';
import type { FormWords } from './words';

/** What stands in the fields, by their ids; a ticked box says yes. */
export type Typed = Record<string, string>;

const YES = 'yes';
const EMAIL = /^[^@ ]+@[^ ]+$/;
const PHONE = /^[-+0-9 ./()#*,;xX]+$/;
const PHONE_DIGITS_MIN = 6;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** Among what the visitor chooses there, and what it is called. */
export const choicesOf = ({ choices, offered }: FormField): FormDepartment[] | undefined => offered ?? choices?.map((name) => ({ id: name, name }));

/** No department is left to choose. */
export const isVain = ({ kind, offered }: FormField): boolean => kind === 'department' && !offered;

/** What a field holds: what was typed, as long as it can be chosen, or else what is known of the visitor. */
export function valueOf(field: FormField, typed: Typed, visitor?: Visitor): string {
  const { id, kind } = field;
  const value = typed[id] ?? (kind === 'name' ? visitor?.name : kind === 'email' ? visitor?.email : '') ?? '';
  return choicesOf(field)?.every((choice) => choice.id !== value) ? '' : value;
}

/** As the server takes it: one line without blanks around, control characters and halves of characters. */
export const line = (text: string): string => text.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim();

/** The fields that are asked before a conversation after the answers so far. `closed`: the site is outside its hours, when it can ask something else. */
export function shownFields({ fields = [] }: SiteForm, typed: Typed, closed?: boolean): FormField[] {
  const shown: FormField[] = [];
  for (const field of fields) {
    if (field.during || field.asked === (closed ? 'open' : 'closed') || isVain(field)) continue;
    const { shown_when: when, shown_is: is } = field;
    const above = when && shown.find(({ id }) => id === when);
    if (!when || (above && (valueOf(above, typed) || (above.kind === 'checkbox' ? 'no' : '')) === is)) shown.push(field);
  }
  return shown;
}

/** What is wrong with a value; nothing where it can be sent. */
export function complaint(field: FormField, text: string, words: FormWords): string | undefined {
  const { kind, required } = field;
  const value = line(text);
  const said = kind === 'checkbox' ? value === YES : valueOf(field, { [field.id]: value });
  if (!said) return required ? (choicesOf(field) ? words.unchosen : kind === 'checkbox' ? words.unticked : words.missing) : undefined;
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
