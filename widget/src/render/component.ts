// SPDX-License-Identifier: MIT
import { changed } from './draw';
import type { Drawn, VNode } from './element';

/** A part of what is drawn that has something of its own to remember. */
export abstract class Component<P = object, S = object> {
  props: Readonly<P>;
  state = {} as Readonly<S>;
  /** What it is in what is drawn, as long as it is there. */
  element?: VNode;
  /** The state that was drawn last. */
  drawnState?: S;

  constructor(props: P) {
    this.props = props;
  }

  setState(change: Partial<S>, drawn?: () => void): void {
    this.state = { ...this.state, ...change };
    changed(this, drawn);
  }

  forceUpdate(): void {
    changed(this);
  }

  componentDidMount(): void {}

  componentDidUpdate(_props: P, _state: S): void {}

  componentWillUnmount(): void {}

  abstract render(props: P, state: S): Drawn;
}
