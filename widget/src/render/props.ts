// SPDX-License-Identifier: MIT
import type { VNode, Props } from './element';
import { Listener } from './listener';

/** What changes under the hands of the visitor: compared with what it is, not with what it was said to be. */
const LIVE = /^(value|checked|defaultValue)$/;

function setOne(node: HTMLElement, { listeners }: VNode, name: string, value: unknown, before: unknown): void {
  // So that a false one is said: `aria-busy="false"`.
  const said = name[4] === '-';
  if (name.startsWith('on')) {
    const event = name.slice(2).toLowerCase();
    if (!listeners![event]) node.addEventListener(event, (listeners![event] = new Listener()));
    listeners![event]!.tell(value as never);
  } else if (LIVE.test(name)) {
    const live = node as unknown as Props;
    // A progress is 0 before it is known too.
    if (value != null && (before === undefined || live[name] !== value)) live[name] = value;
  } else if (value === before || name === 'key' || name === 'ref') return;
  // A policy without `unsafe-inline` has no attribute of that name.
  else if (name === 'style') node.style.cssText = value as string;
  else if (value == null || (value === false && !said)) node.removeAttribute(name);
  else node.setAttribute(name, value === true && !said ? '' : (value as string));
}

/** Gives an element of the document what it is said to have, in the order in which it is said. */
export function setProps(node: HTMLElement, next: VNode, before: Props): void {
  const { props } = next;
  for (const name in before) if (!(name in props)) setOne(node, next, name, undefined, before[name]);
  for (const name in props) setOne(node, next, name, props[name], before[name]);
}
