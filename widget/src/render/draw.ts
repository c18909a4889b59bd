// SPDX-License-Identifier: MIT
import { Component } from './component';
import type { Children, ComponentClass, FunctionComponent, Props, VNode } from './element';
import { h } from './element';
import { setProps } from './props';

const NONE = h('', null).props;

/** What is told of its element when the document is as it should be, and what is called then. */
const told: (() => void)[] = [];
const after: (() => void)[] = [];
/** What has to be drawn anew, and who wants to hear of it. */
const dirty = new Map<Component<any, any>, (() => void)[]>();
let busy = false;

/** What goes wrong in one component is told, and nothing else suffers from it. */
function guard<Result>(call: () => Result): Result | undefined {
  try {
    return call();
  } catch (error) {
    void Promise.reject(error);
    return undefined;
  }
}

/** One change of the document at a time: an element that goes may lose the focus, and who hears of that may want to draw. */
function change(make: () => void): void {
  if (busy) {
    after.push(() => change(make));
    return;
  }
  busy = true;
  guard(make);
  busy = false;
  for (let call; (call = told.shift() ?? after.shift()); ) guard(call);
}

const textOf = (text: string): VNode => h('', null, text);

/** What it is in the document: always one node. */
function nodeOf(element: VNode): HTMLElement | Text {
  return element.out ? nodeOf(element.out) : element.node!;
}

function list(children: readonly Children[], kids: Map<string, VNode>, path: string): Map<string, VNode> {
  children.forEach((child, place) => {
    if (Array.isArray(child)) list(child, kids, `${path}${place}.`);
    else if (child === 0 || (child && child !== true)) {
      const kid = typeof child === 'object' ? child : textOf(String(child));
      const { key } = kid.props;
      let id = path + (key === undefined ? place : `:${key}`);
      while (kids.has(id)) id += '+';
      kids.set(id, kid);
    }
  });
  return kids;
}

function leave(element: VNode): void {
  const { props, own, out, kids } = element;
  (props['ref'] as ((node: null) => void) | undefined)?.(null);
  if (own) {
    delete own.element;
    guard(() => own.componentWillUnmount());
  }
  if (out) leave(out);
  kids?.forEach(leave);
}

function draw(next: VNode, old: VNode | undefined, parent: ParentNode): void {
  if (next === old) return;
  if (old && (old.type !== next.type || old.props['key'] !== next.props['key'])) {
    draw(next, undefined, parent);
    leave(old);
    const node = nodeOf(old);
    node.parentNode?.replaceChild(nodeOf(next), node);
  } else if (typeof next.type === 'function') drawComponent(next, old, parent);
  else if (next.type) drawElement(next, old, parent);
  else {
    const text = next.children[0] as string;
    const node = (next.node = (old?.node as Text) ?? document.createTextNode(''));
    if (text !== old?.children[0]) node.data = text;
  }
}

function drawElement(next: VNode, old: VNode | undefined, parent: ParentNode): void {
  const { type, props, children } = next;
  const node = (next.node = (old?.node ?? document.createElementNS(type === 'svg' ? 'http://www.w3.org/2000/svg' : (parent as HTMLElement).namespaceURI, type as string)) as HTMLElement);
  const before = old?.kids ?? new Map<string, VNode>();
  const kids = (next.kids = list(children, new Map(), ''));
  next.listeners = old?.listeners ?? (h('', null).props as never);
  before.forEach((kid, id) => {
    if (kids.has(id)) return;
    leave(kid);
    nodeOf(kid).parentNode?.removeChild(nodeOf(kid));
  });
  let at = node.firstChild;
  kids.forEach((kid, id) => {
    const was = before.get(id);
    const there = was && nodeOf(was);
    draw(kid, was, node);
    const one = nodeOf(kid);
    if (at === there) at = one;
    // A translator took it away, and put something else in its place.
    if (one === there && one.parentNode !== node) at = at && at.nextSibling;
    else {
      // What stands alone in the way goes, not all that comes after it.
      if (at && at !== one && at.nextSibling === one) node.insertBefore(at, null);
      else if (at !== one) node.insertBefore(one, at);
      at = one.nextSibling;
    }
  });
  // What is chosen needs something to be chosen from.
  setProps(node, next, old?.props ?? NONE);
  const ref = props['ref'] as ((node: HTMLElement | null) => void) | undefined;
  const refBefore = old?.props['ref'] as typeof ref;
  if (ref !== refBefore) {
    refBefore?.(null);
    if (ref) told.push(() => ref(node));
  }
}

/** Puts what was asked of a component into the document, before the browser paints. */
function redraw(): void {
  change(() =>
    dirty.forEach((calls, own) => {
      const { element } = own;
      dirty.delete(own);
      if (!element) return;
      drawComponent(element, element, nodeOf(element).parentNode!);
      after.push(...calls);
    }),
  );
}

/** Draws a component anew before the browser paints, and then calls back; nothing of one that is not there. */
export function changed(own: Component<any, any>, drawn?: () => void): void {
  if (!own.element) return;
  if (!dirty.size) queueMicrotask(redraw);
  const calls = dirty.get(own) ?? [];
  if (drawn) calls.push(drawn);
  dirty.set(own, calls);
}

function drawComponent(next: VNode, old: VNode | undefined, parent: ParentNode): void {
  const { props } = next;
  const type = next.type as ComponentClass;
  const before = old?.out;
  let propsBefore: object;
  next.own = old?.own;
  const drawn = guard(() => {
    if (!(type.prototype instanceof Component)) return [(type as unknown as FunctionComponent<Props>)(props)];
    const own = (next.own ??= new type(props));
    own.element = next;
    propsBefore = own.props;
    own.props = props;
    return [own.render(props, own.state)];
  });
  // Where it fails, what there was stays.
  const shown = drawn ? drawn[0] : before;
  next.out = shown && typeof shown === 'object' ? shown : textOf(String(shown || ''));
  draw(next.out, before, parent);
  const { own } = next;
  if (!own || !drawn) return;
  const stateBefore = own.drawnState;
  own.drawnState = own.state;
  after.push(() => {
    if (!own.element) return;
    if (stateBefore) own.componentDidUpdate(propsBefore, stateBefore);
    else own.componentDidMount();
  });
}

/** Gives what draws in a place of the document: each time what is there becomes what is said. */
export function drawer(place: HTMLElement): (next: VNode) => void {
  let old: VNode | undefined;
  return (next) =>
    change(() => {
      draw(next, old, place);
      if (!old) place.appendChild(nodeOf(next));
      old = next;
    });
}
