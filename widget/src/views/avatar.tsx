// SPDX-License-Identifier: MIT
import type { VNode } from '../render/element';
import { h } from '../render/element';
import type { ViewProps } from './view';

interface AvatarProps extends ViewProps {
  name: string;
  /** The id of an agent. */
  agent: string | undefined;
}

/** A person as the first letter of their name, or as their photo. */
export function Avatar({ name, agent, view }: AvatarProps): VNode {
  return (
    <span class="avatar" aria-hidden="true">
      {([...name.trim()][0] ?? '·').toUpperCase()}
      {agent && view.Photo?.(agent, view)}
    </span>
  );
}
