// SPDX-License-Identifier: MIT
// Modules that build.mjs makes.

declare module 'virtual:locales' {
  /** One loader for each file in `locales/` but English, which is always there. */
  export const loaders: Record<string, () => Promise<{ default: import('./locales/en').Strings }>>;
}

declare module 'virtual:launcher' {
  /** The file name of the panel's bundle. */
  export const panel: string;
  /** The file name of what tells the server where the visitor is. */
  export const tracker: string;
  /** The file name of what makes looks that are not the usual ones. */
  export const look: string;
  /** "Open chat" in each language. */
  export const labels: Record<string, string>;
}

declare module 'virtual:bubble' {
  /** "Close chat" in each language. */
  export const words: Record<string, string>;
}

declare module '*.css' {
  const text: string;
  export default text;
}

declare const VERSION: string;

