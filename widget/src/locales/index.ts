// SPDX-License-Identifier: MIT
import { languages } from 'virtual:languages';
import { canonical } from './choose';
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

/** The locale for a language tag like `de-AT`, or for the first of a list that somebody has translated; English where there is none. */
export async function loadLocale(wanted: string): Promise<Locale> {
  if (/^en(?![a-z])/i.test(wanted)) return made(canonical(wanted), en);
  try {
    const { tag, words = en } = await (await languages()).speak(wanted);
    return made(tag, words);
  } catch {
    // Not to be had at the moment: English is better than nothing.
    return english;
  }
}

/** Puts a name into a sentence. */
export function fill(sentence: string, value: string): string {
  return sentence.replace('{}', () => value);
}
