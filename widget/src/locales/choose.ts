// SPDX-License-Identifier: MIT

/** What was asked for, and the language that comes closest. */
export interface Choice {
  /** As Intl wants it, for dates and numbers. */
  tag: string;
  /** One of those that there are. */
  name: string;
}

/** A language tag as Intl wants it, the first of a list; English where it is none at all. */
export function canonical(tags: string): string {
  try {
    return Intl.getCanonicalLocales(tags.split(',')[0]!.replace(/_/g, '-'))[0]!;
  } catch {
    return 'en';
  }
}

/**
 * The first of `tags`, a list with commas, that one of `names` is for; English where there is none. A name is a language, with the script or the region
 * where a language has several, in small letters: Taiwan is written as `zh-hant` is, and what is said in Portuguese without a region is said in Brazil.
 */
export function choose(tags: string, names: readonly string[]): Choice {
  for (const one of tags.split(',')) {
    // Most tags are as they should be, which a browser takes long to find out.
    const tag = /^[a-z]{2}(-[A-Z]{2})?$/.test(one) && names.includes(one.slice(0, 2)) ? one : canonical(one);
    // What is written in one way only is known by its language. What is probable of another takes a browser long to learn.
    const [spoken] = tag.split('-');
    if (names.includes(spoken!) && !names.some((name) => name.startsWith(`${spoken}-`))) return { tag, name: spoken! };
    const { language, script, region } = new Intl.Locale(tag).maximize();
    // Both written norms of Norwegian are understood by those who read the one that we have.
    const plain = language.replace(/^n[no]$/, 'nb');
    const closest = `${plain}-${script} ${plain}-${region} ${plain}`.toLowerCase().split(' ');
    const name = closest.find((one) => names.includes(one));
    if (name) return { tag, name };
  }
  return { tag: 'en', name: 'en' };
}
