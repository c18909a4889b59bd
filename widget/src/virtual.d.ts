// SPDX-License-Identifier: MIT
// Modules that build.mjs makes.

declare module 'virtual:locales' {
  /** The languages: one for each file in `locales/`. */
  export const names: string[];
  /** Fetches one of them, but English, which is always there. */
  export function load(name: string): Promise<{ default: import('./locales/en').Strings }>;
}

declare module 'virtual:languages' {
  /** Fetches what knows them. */
  export function languages(): Promise<typeof import('./locales/languages')>;
}

declare module 'virtual:launcher' {
  /** The file name of the panel's bundle. */
  export const panel: string;
  /** The file name of what tells the server where the visitor is. */
  export const tracker: string;
  /** The file name of what knows the languages. */
  export const languages: string;
  /** The file name of what makes looks that are not the usual ones. */
  export const look: string;
  /** The file name of what carries out what few pages call. */
  export const api: string;
}

declare module 'virtual:word/*' {
  /** One word, of that key, in each language. */
  export const words: Record<string, string>;
}

declare module '*.css' {
  const text: string;
  export default text;
}

declare const VERSION: string;


declare module 'virtual:later' {
  export const triggers: () => Promise<typeof import('./track/triggers')>;
  export const events: () => Promise<typeof import('./track/events')>;
  export const polling: () => Promise<typeof import('./transport/poll-socket')>;
}

declare module 'virtual:parts' {
  import type { h } from './render/element';
  import type { PartName, Parts, Tools } from './views/view';

  /** Fetches one of the modules that the panel does not bring. */
  export function part(name: PartName): Promise<{ default(tools: Tools<typeof h>): Parts }>;
}
