// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import type { Parts, Tools } from '../views/view';
import type { Block, Run } from './parse';
import { parse } from './parse';
import css from './rich.css';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;
type Shown = VNode | string;

/** Shows what is marked in messages: words of their own kind, lists, code, and addresses that can be followed. */
export default function rich({ h, launcher }: Own): Parts {
  launcher.addStyle(css);

  const word = ({ text, bold, italic, code, href }: Run): Shown => {
    let shown: Shown = code ? <code>{text}</code> : text;
    if (href)
      shown = /^http/i.test(href) ? (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow">
          {text}
        </a>
      ) : (
        <a href={href}>{text}</a>
      );
    if (italic) shown = <em>{shown}</em>;
    return bold ? <strong>{shown}</strong> : shown;
  };

  const block = ({ kind, runs }: Block): Shown | Shown[] => (kind === 'code' ? <pre>{runs[0]!.text}</pre> : runs.map(word));

  const list = (items: Block[]): VNode => {
    const rows = items.map(({ number, runs }) => <li value={number}>{runs.map(word)}</li>);
    return items[0]!.kind === 'bullet' ? <ul>{rows}</ul> : <ol>{rows}</ol>;
  };

  const Rich = (text: string): (Shown | Shown[])[] => {
    const blocks = parse(text);
    const shown: (Shown | Shown[])[] = [];
    for (let i = 0; i < blocks.length; ) {
      const { kind } = blocks[i]!;
      let to = i + 1;
      if (kind === 'text' || kind === 'code') shown.push(block(blocks[i]!));
      else {
        while (blocks[to]?.kind === kind) to++;
        shown.push(list(blocks.slice(i, to)));
      }
      i = to;
    }
    return shown;
  };

  return { Rich };
}
