// SPDX-License-Identifier: MIT
import type { VNode } from '../render/element';
import { h } from '../render/element';
import type { ViewProps } from '../views/view';
import { Opener } from './opener';

const DOTS = 'M12 5.5v.01M12 12v.01M12 18.5v.01';
const SMILE = 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM9 9.5v.6M15 9.5v.6M8 14a4.6 4.6 0 0 0 8 0';

/** The choices in the header: what can be done with the conversation, and how the visitor is called. */
export function Menu({ view }: ViewProps): VNode {
  const { Choices, Deeds, chat, locale, need } = view;
  const label = locale.strings.extras.options;
  const inside = (): VNode | undefined => {
    void need('menu');
    return Choices && <Choices view={view} label={label} deeds={Deeds && <Deeds key={chat.generation} view={view} />} />;
  };
  return <Opener name="menu" view={view} label={label} path={DOTS} as="line" part="alerts" inside={inside} />;
}

/** The emoji in the composer. */
export function Emoji({ view }: ViewProps): VNode {
  const { Picker, chat, locale } = view;
  const label = locale.strings.extras.emoji;
  return <Opener name="emojis" view={view} label={label} path={SMILE} as="line" off={chat.link === 'refused'} part="picker" inside={() => Picker && <Picker view={view} label={label} />} />;
}
