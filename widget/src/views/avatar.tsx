// SPDX-License-Identifier: MIT
import type { JSX } from 'preact';
import { h } from 'preact';

/** A person as the first letter of their name. */
export function Avatar({ name }: { name: string }): JSX.Element {
  return (
    <span class="avatar" aria-hidden="true">
      {([...name.trim()][0] ?? '·').toUpperCase()}
    </span>
  );
}
