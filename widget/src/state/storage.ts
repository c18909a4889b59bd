// SPDX-License-Identifier: MIT
import { json } from './json';

/** What a visitor's browser keeps for one site, under `chatflow:<site key>:`. */
const storagePrefix = (site: string): string => `chatflow:${site}:`;

/** The keys that a site has in this browser's storage, without its prefix; none when the browser blocks storage. */
function storedKeys(site: string): string[] {
  const prefix = storagePrefix(site);
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  } catch {
    return [];
  }
}

/** One value of a site in this browser's storage. */
export function storedValue(site: string, key: string): string | undefined {
  try {
    return localStorage.getItem(storagePrefix(site) + key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps one value of a site in this browser's storage. Gives whether it was taken. */
export function keep(site: string, key: string, value: string): boolean {
  try {
    localStorage.setItem(storagePrefix(site) + key, value);
    return true;
  } catch {
    return false;
  }
}

/** Erases everything that a site has in this browser. */
export function forget(site: string): void {
  for (const key of storedKeys(site)) localStorage.removeItem(storagePrefix(site) + key);
}

/** localStorage for one site; a value that the browser doesn't take (blocked, full) lives as long as the page. */
export class Storage {
  readonly site: string;
  readonly memory = new Map<string, string>();

  constructor(site: string) {
    this.site = site;
  }

  get(key: string): string | undefined {
    return this.memory.get(key) ?? storedValue(this.site, key);
  }

  set(key: string, value: string): void {
    if (keep(this.site, key, value)) this.memory.delete(key);
    else this.memory.set(key, value);
  }

  /** Keeps a value as JSON. */
  put(key: string, value: unknown): void {
    this.set(key, json(value));
  }

  remove(key: string): void {
    this.memory.delete(key);
    try {
      localStorage.removeItem(storagePrefix(this.site) + key);
    } catch {
      // Blocked: then there is nothing to remove either.
    }
  }
}

/** The keys of what is kept, here or in memory. No method, and neither is the next: the tracker, which every page has, carries all of those. */
export function keysOf({ site, memory }: Storage): string[] {
  return [...new Set([...storedKeys(site), ...memory.keys()])];
}

/** Erases all that is kept. */
export function clear(storage: Storage): void {
  for (const key of keysOf(storage)) storage.remove(key);
}

/** Tells of changes that other tabs make to what a site keeps; key is undefined when they cleared everything. */
export function onOtherTab(site: string, changed: (key: string | undefined) => void): void {
  const prefix = storagePrefix(site);
  addEventListener('storage', (event) => {
    if (event.key === null) changed(undefined);
    else if (event.key.startsWith(prefix)) changed(event.key.slice(prefix.length));
  });
}

/** This tab's name among the visitor's tabs; a reload keeps it. `fresh` is taken where there is none yet. */
export function tabName(site: string, fresh: string): string {
  const key = storagePrefix(site) + 'tab';
  try {
    const name = sessionStorage.getItem(key) ?? fresh;
    sessionStorage.setItem(key, name);
    return name;
  } catch {
    return fresh;
  }
}
