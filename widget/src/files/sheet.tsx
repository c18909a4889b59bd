// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import type { View } from '../views/view';
import english from './words';

export { sizeText } from './size';

/** Elements are made by what the panel gives; their types are those of this. */
type Factory = typeof h;

const SHEET = 'M6 2.5h8L19.5 8v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 20V4A1.5 1.5 0 0 1 6 2.5Zm7.3 1.8v4.4h4.4Z';

/** What is said of files. */
export function words(view: View): typeof english {
  return view.locale.strings.files ?? english;
}

/** What stands for a file that is no picture. Made by `h`. */
export function sheet(h: Factory): VNode {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHEET} />
    </svg>
  );
}
