// SPDX-License-Identifier: MIT
import type { Stand } from '../boot/shell';
import type { FormField } from '../protocol';
import type { VNode, h } from '../render/element';
import type { Intrinsic } from '../render/jsx';
import { choicesOf } from './answers';
import css from './field.css';
import type { FormWords } from './words';

/** Elements are made by what the panel gives; their types are those of this. */
type Factory = typeof h;

const TYPES: Record<string, Intrinsic['input']> = {
  name: { type: 'text', autocomplete: 'name', maxlength: 100 },
  email: { type: 'email', autocomplete: 'email', maxlength: 254, dir: 'ltr' },
  phone: { type: 'tel', autocomplete: 'tel', maxlength: 40, dir: 'ltr' },
  date: { type: 'date', max: '9999-12-31' },
  text: { type: 'text', maxlength: 300 },
};

export interface FieldProps {
  field: FormField;
  value: string;
  /** What is wrong with the value. */
  wrong: string | undefined;
  words: FormWords;
  type(value: string): void;
}

let dressed = false;

/** Brings the looks of fields, once. */
export function dressFields(launcher: Stand): void {
  if (!dressed) launcher.addStyle(css);
  dressed = true;
}

function control(h: Factory, { field, value, wrong, words, type }: FieldProps): VNode {
  const { id, kind, required } = field;
  const choices = choicesOf(field);
  const common = {
    id: `field-${id}`,
    name: id,
    'aria-invalid': !!wrong,
    'aria-required': !!required,
    'aria-describedby': wrong && `wrong-${id}`,
  };
  if (kind === 'checkbox') return <input {...common} type="checkbox" checked={value === 'yes'} onChange={(event) => type(event.currentTarget.checked ? 'yes' : '')} />;
  if (choices)
    return (
      <select {...common} value={value} onChange={(event) => type(event.currentTarget.value)}>
        <option value="">{words.choose}</option>
        {choices.map((choice) => (
          <option value={choice.id}>{choice.name}</option>
        ))}
      </select>
    );
  return <input dir={value ? 'auto' : undefined} {...(TYPES[kind] ?? TYPES['text'])} {...common} value={value} onInput={(event) => type(event.currentTarget.value)} />;
}

/** One question: its label, what it is answered with, and what is wrong with that. Elements are made by `h`. */
export function fieldRow(h: Factory, props: FieldProps): VNode {
  const { field: { id, label, required, kind }, wrong, words } = props;
  const box = control(h, props);
  return (
    <div key={id} class={kind === 'checkbox' ? 'field tick' : 'field'}>
      {kind === 'checkbox' && box}
      <label for={`field-${id}`} dir="auto">
        {label} {!required && kind !== 'checkbox' && <small>{words.optional}</small>}
      </label>
      {kind !== 'checkbox' && box}
      {wrong && (
        <p class="wrong" id={`wrong-${id}`}>
          {wrong}
        </p>
      )}
    </div>
  );
}
