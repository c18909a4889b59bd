// SPDX-License-Identifier: MIT
import type { Children, VNode } from '../render/element';
import { h } from '../render/element';
import type { BubbleItem } from '../state/timeline';
import { Avatar } from './avatar';
import type { View } from './view';

const FEW_EMOJI = /^(?:(?:\p{RI}\p{RI}|\p{Emoji_Presentation}|\p{Emoji}\ufe0f)(?:\p{EMod}|\u200d\p{Emoji}\ufe0f?)*){1,3}$/u;

/** Without any of these a text has no marks (`rich/parse.ts`). */
const MARK = /[*`@+]|:\/|^- |^\d+\. /m;

interface BubbleProps {
  item: BubbleItem;
  view: View;
}

/** A text as it was written, until what shows its marks is here. */
function marked(text: string, { Rich, need }: View): Children {
  if (!MARK.test(text)) return text;
  if (Rich) return Rich(text);
  void need('rich');
  return text;
}

/** One message, with the name and the face of its author where a group begins and ends. */
export function Bubble({ item, view }: BubbleProps): VNode {
  const { strings, moment } = view.locale;
  const { Failure, Files, need } = view;
  const { mine, first, last, delivery } = item;
  if (delivery === 'failed') void need('failure');
  const author = mine ? strings.you : item.author || strings.team;
  const classes = ['row', mine ? 'mine' : 'theirs', first && 'first', last && 'last', delivery, item.removed && 'removed', FEW_EMOJI.test(item.text) && 'emoji'];
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      {!mine && last && <Avatar name={author} agent={item.agent} view={view} />}
      {!mine && first && <p class="author" dir="auto" aria-hidden="true">{author}</p>}
      {item.files?.length && (Files ? <Files view={view} item={item} /> : void need('shown'))}
      <div class="bubble" dir="auto" title={item.at ? moment.format(item.at) : undefined}>
        <span class="hidden">{author}: </span>
        {item.removed ? strings.deleted : marked(item.text, view)}
      </div>
      {delivery === 'failed' && Failure ? <Failure item={item} view={view} /> : delivery && <p class="delivery">{strings[delivery]}</p>}
    </div>
  );
}
