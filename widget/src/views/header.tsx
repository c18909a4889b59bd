// SPDX-License-Identifier: MIT
import { Menu } from '../extras/extras';
import type { VNode } from '../render/element';
import { h } from '../render/element';
import { Avatar } from './avatar';
import { CHEVRON, IconButton } from './icons';
import type { ViewProps } from './view';

/** Who is on the other side and whether they are there: the agent of the conversation, or the team. */
export function Header({ view }: ViewProps): VNode {
  const { chat, locale, name, close } = view;
  const { strings } = locale;
  const { conversation, presence } = chat;
  const agent = conversation?.status === 'open' ? conversation.assignee_id : undefined;
  const state = agent ? (presence.agents.get(agent) ?? 'offline') : chat.closed ? 'offline' : presence.team;
  const title = (agent && conversation?.assignee_name) || name || strings.chat;
  let status = agent ? { online: strings.online, away: strings.away, offline: strings.teamAway }[state]
    : state === 'online' ? strings.teamOnline : strings.teamAway;
  if (!chat.caughtUp) status = chat.troubled || chat.link === 'refused' ? '' : strings.connecting;
  return (
    <div class="header">
      <Avatar name={title} agent={agent} view={view} />
      <div class="who">
        <h2>
          <bdi>{title}</bdi>
        </h2>
        <p class="status">
          {chat.caughtUp && state !== 'offline' && <span class={`dot ${state}`} />}
          {status}
        </p>
      </div>
      <Menu view={view} />
      <IconButton label={strings.closeChat} path={CHEVRON} onClick={close} />
    </div>
  );
}
