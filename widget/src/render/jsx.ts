// SPDX-License-Identifier: MIT
import type { Children } from './element';

type Said<Name extends string> = { [name in Name]?: string | undefined };
type Switched<Name extends string> = { [name in Name]?: boolean | undefined };
type Counted<Name extends string> = { [name in Name]?: number | undefined };
type Heard<Node, Name extends string, Kind extends Event> = { [name in `on${Name}`]?: (event: Omit<Kind, 'currentTarget'> & { currentTarget: Node } & Kind) => unknown };

/** What every element may be given. */
type Common<Node> = Said<'class' | 'id' | 'role' | 'title' | 'style' | 'aria-controls' | 'aria-describedby' | 'aria-label' | 'aria-live'> &
  Switched<'hidden' | 'aria-busy' | 'aria-expanded' | 'aria-invalid' | 'aria-required'> &
  Counted<'tabindex'> &
  Heard<Node, 'Change' | 'Error' | 'Input' | 'Scroll' | 'Submit', Event> &
  Heard<Node, 'Click', MouseEvent> &
  Heard<Node, 'KeyDown', KeyboardEvent> & {
    key?: string | number | undefined;
    children?: Children;
    dir?: 'auto' | 'ltr' | 'rtl' | undefined;
    'aria-hidden'?: 'true';
    ref?: (node: Node | null) => void;
  };

type Plain = 'bdi' | 'code' | 'div' | 'em' | 'fieldset' | 'h2' | 'h3' | 'i' | 'legend' | 'ol' | 'p' | 'pre' | 'section' | 'small' | 'span' | 'strong' | 'ul';
type Field = Switched<'disabled' | 'required'> & Said<'name' | 'placeholder' | 'autocomplete' | 'enterkeyhint' | 'defaultValue'> & Counted<'maxlength'>;
type Drawing = Said<'class' | 'viewBox' | 'd' | 'fill' | 'stroke' | 'stroke-width' | 'stroke-linecap'> & { 'aria-hidden'?: 'true'; children?: Children };

interface Special {
  a: Said<'href' | 'target' | 'rel' | 'download'>;
  button: { type: 'button' | 'submit'; disabled?: boolean | undefined };
  canvas: object;
  form: Switched<'novalidate'>;
  img: Said<'src' | 'alt'>;
  input: Field & Said<'type' | 'min' | 'max' | 'step'> & Switched<'checked' | 'multiple'> & { value?: string | number | undefined };
  label: Said<'for'>;
  li: Counted<'value'>;
  option: { value: string };
  progress: Counted<'max' | 'value'>;
  select: Field & { value: string };
  textarea: Field & Counted<'rows'> & { value?: string };
}

/** The elements that there are, with what is said of them in their attributes' own letters. */
export type Intrinsic = { [tag in Plain]: Common<HTMLElementTagNameMap[tag]> } & {
  [tag in keyof Special]: Common<HTMLElementTagNameMap[tag]> & Special[tag];
} & { svg: Drawing; path: Drawing };
