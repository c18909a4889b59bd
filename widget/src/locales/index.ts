// SPDX-License-Identifier: MIT
import { loaders } from 'virtual:locales';
import type { Strings } from './en';
import en from './en';

export type { Strings };

/** A language's words, and how it is written. */
export interface Locale {
  /** The language tag of words and dates, fit for Intl. */
  tag: string;
  strings: Strings;
  /** Date and time of a message. */
  moment: Intl.DateTimeFormat;
}

function made(tag: string, strings: Strings): Locale {
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  return { tag, strings, moment };
}

export const english = made('en', en);

/** A language tag as Intl wants it, or English where it is none at all. */
export function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replace(/_/g, '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** The locale for a language tag like `de-AT`; English where nobody has translated it. */
export async function loadLocale(wanted: string): Promise<Locale> {
  const tag = canonical(wanted);
  const language = tag.split('-')[0] ?? 'en';
  if (language === 'en') return made(tag, en);
  const load = loaders[tag] ?? loaders[language];
  try {
    return load ? made(tag, (await load()).default) : english;
  } catch {
    // Not to be had at the moment: English is better than nothing.
    return english;
  }
}

/** Puts a name into a sentence. */
export function fill(sentence: string, value: string): string {
  return sentence.replace('{}', () => value);
}
