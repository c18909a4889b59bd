// SPDX-License-Identifier: MIT
import type { Children, VNode } from '../render/element';
import { h } from '../render/element';
import { IconButton } from '../views/icons';
import type { PartName, ViewProps } from '../views/view';

export interface InsideProps extends ViewProps {
  /** What it is called. */
  label: string;
}

interface OpenerProps extends InsideProps {
  /** Its class, and what it is known by. */
  name: string;
  path: string;
  /** Of what class the icon is. */
  as?: string;
  off?: boolean;
  /** What has to be fetched for that which it shows. */
  part: PartName;
  /** What it shows, if that is here. */
  inside(): Children;
}

/** A button with something that it shows; the panel puts that away at a click or the focus elsewhere, and Escape does. */
export function Opener({ view, name, label, path, as, off, part, inside }: OpenerProps): VNode {
  const { need, show, shown } = view;
  const open = shown === name;
  return (
    <div
      class={name}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        event.currentTarget.querySelector('button')!.focus();
        show();
      }}
    >
      <IconButton label={label} path={path} as={as} aria-expanded={open} disabled={off} onClick={() => (open ? show() : void need(part).then((here) => here && show(name)))} />
      {open && inside()}
    </div>
  );
}
