// SPDX-License-Identifier: MIT
import { loaders } from 'virtual:locales';
import type { Strings } from './en';
import en from './en';

export type { Strings };

const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i;

/** A language's words, and how it is written. */
export interface Locale {
  /** A language tag that is fit for Intl. */
  tag: string;
  direction: 'ltr' | 'rtl';
  strings: Strings;
}

/** The tag as Intl wants it, or English where it is not a language tag at all. */
function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replace(/_/g, '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** English words in the clothes of a language: dates and direction follow the tag. */
export function fallbackLocale(wanted: string): Locale {
  const tag = canonical(wanted);
  return { tag, direction: RIGHT_TO_LEFT.test(tag) ? 'rtl' : 'ltr', strings: en };
}

/** The locale for a language tag like `de-AT`; English words where nobody has translated them. */
export async function loadLocale(wanted: string): Promise<Locale> {
  const locale = fallbackLocale(wanted);
  const load = loaders[locale.tag] ?? loaders[locale.tag.split('-')[0] ?? ''];
  try {
    return load ? { ...locale, strings: (await load()).default } : locale;
  } catch {
    // Not to be had at the moment: English is better than nothing.
    return locale;
  }
}

/** Puts a name into a sentence. */
export function fill(sentence: string, value: string): string {
  return sentence.replace('{}', () => value);
}
