// SPDX-License-Identifier: MIT
import type { Drawn, VNode } from './element';

/** A part of what is drawn that has something of its own to remember. */
export abstract class Component<P = object, S = object> {
  props: Readonly<P>;
  state = {} as Readonly<S>;
  /** What it is in what is drawn, as long as it is there. */
  element?: VNode;
  /** The state that was drawn last. */
  drawnState?: S;
  /** Put here while it is drawn: draws it anew before the browser paints, and then calls back. */
  changed: (drawn?: () => void) => void = () => {};

  constructor(props: P) {
    this.props = props;
  }

  setState(change: Partial<S>, drawn?: () => void): void {
    this.state = { ...this.state, ...change };
    this.changed(drawn);
  }

  forceUpdate(): void {
    this.changed();
  }

  componentDidMount(): void {}

  componentDidUpdate(_props: P, _state: S): void {}

  componentWillUnmount(): void {}

  abstract render(props: P, state: S): Drawn;
}
