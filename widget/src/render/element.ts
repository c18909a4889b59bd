// SPDX-License-Identifier: MIT
import type { Component } from './component';
import type { Intrinsic } from './jsx';
import type { Listener } from './listener';

/** What an element was given, without a prototype: pages add to that of all objects. */
export type Props = Record<string, unknown>;
/** What stands within an element: nothing for null, undefined, booleans and the empty string; lists in lists. */
export type Children = VNode | string | number | boolean | null | undefined | Children[];
/** What a component may draw. */
export type Drawn = VNode | string | false | null | undefined;
export type FunctionComponent<P> = (props: P) => Drawn;
export type ComponentClass<P = any> = new (props: P) => Component<P, any>;
export type ComponentType<P = any> = FunctionComponent<P> | ComponentClass<P>;

/** Something to be drawn, and once it is drawn also what it became. It stands in one place only. */
export interface VNode {
  /** The name of a tag, or a component; empty for text. */
  type: string | ComponentType;
  props: Props;
  children: Children[];
  node?: HTMLElement | Text;
  /** What an element of the document has in it, by place and key. */
  kids: Map<string, VNode> | undefined;
  listeners?: Record<string, Listener>;
  /** What a component has drawn, and the component if it is a class. */
  out: VNode | undefined;
  own: Component<any, any> | undefined;
}

/** Makes elements; JSX is written into calls of it. */
export function h(type: string | ComponentType<any>, props: object | null, ...children: Children[]): VNode {
  return { type, props: { __proto__: null, ...props } as Props, children, kids: undefined, out: undefined, own: undefined };
}

/** What JSX may say. */
export declare namespace h {
  namespace JSX {
    type Element = VNode;
    type ElementType = string | ComponentType<any>;
    type ElementClass = Component<any, any>;
    type IntrinsicElements = Intrinsic;
    interface ElementAttributesProperty {
      props: object;
    }
    interface ElementChildrenAttribute {
      children: object;
    }
    interface IntrinsicAttributes {
      key?: string | number;
    }
  }
}
