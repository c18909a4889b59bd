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
  const { Photo, chat, need } = view;
  // Where a site shows none, nothing is fetched for them.
  const photo = agent && !chat.records.site?.appearance?.photos_off && (Photo ? Photo(agent, view) : void need('photos'));
  return (
    <span class="avatar" aria-hidden="true">
      {([...name.trim()][0] ?? '·').toUpperCase()}
      {photo}
    </span>
  );
}
