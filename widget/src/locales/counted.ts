// SPDX-License-Identifier: MIT

/** The forms of what is counted, by the rules of a language: a number stands in the place of `{}`. */
export type Forms = { [rule in Intl.LDMLPluralRule]?: string } & { other: string };

/** Says how many there are in the words of a language. */
export function counted(tag: string, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(tag);
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('{}', count.toLocaleString(tag));
}
