// SPDX-License-Identifier: MIT
import type { VNode } from '../render/element';
import { h } from '../render/element';

/** Points down: away with the panel, on to what is new. */
export const CHEVRON = 'm6.3 8.3 5.7 5.8 5.7-5.8 1.6 1.6-6.6 6.7a1 1 0 0 1-1.4 0L4.7 9.9Z';

function icon(path: string): () => VNode {
  return () => (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} fill="currentColor" />
    </svg>
  );
}

export const ChevronIcon = icon(CHEVRON);
export const SendIcon = icon('M4.3 20.4c-.7.3-1.4-.3-1.2-1L5 13l8-1-8-1-1.9-6.4c-.2-.7.5-1.3 1.2-1l16.5 7.5c.7.3.7 1.4 0 1.7Z');
