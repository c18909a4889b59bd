// SPDX-License-Identifier: MIT
import { load, names } from 'virtual:locales';
import { choose } from './choose';
import type { Strings } from './en';

/** Finds the language for a tag, or for a list of them with commas, and fetches its words; English has none here. */
export async function speak(wanted: string): Promise<{ tag: string; words?: Strings }> {
  const { tag, name } = choose(wanted, names);
  return name === 'en' ? { tag } : { tag, words: (await load(name)).default };
}
