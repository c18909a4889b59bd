// SPDX-License-Identifier: MIT
import type { VNode } from '../render/element';
import { h } from '../render/element';

/** Points down: away with the panel, on to what is new. */
export const CHEVRON = 'm6.3 8.3 5.7 5.8 5.7-5.8 1.6 1.6-7.3 7.4-7.3-7.4Z';
export const SEND = 'm3 20.5 2-7.5 8-1-8-1-2-7.5L22 12Z';

export function icon(path: string, name?: string): VNode {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={name}>
      <path d={path} />
    </svg>
  );
}

interface IconButtonProps {
  label: string;
  path: string;
  /** Of what class the icon is. */
  as?: string;
  'aria-expanded'?: boolean;
  disabled?: boolean | undefined;
  onClick(): void;
}

/** A button that is an icon. */
export function IconButton({ label, path, as, ...rest }: IconButtonProps): VNode {
  return (
    <button type="button" class="icon-button" aria-label={label} {...rest}>
      {icon(path, as)}
    </button>
  );
}
