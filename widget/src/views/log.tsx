// SPDX-License-Identifier: MIT
import { fill } from '../locales/index';
import type { MessageEvent } from '../protocol';
import { Component } from '../render/component';
import type { VNode } from '../render/element';
import { h } from '../render/element';
import type { EventItem, Item } from '../state/timeline';
import { Bubble } from './bubble';
import { CHEVRON, icon } from './icons';
import type { View, ViewProps } from './view';

/** So many pixels from an end still count as being there. */
const NEAR = 60;

function dayText(at: number, { locale: { strings, tag, moment } }: View): string {
  const day = new Date(at);
  const time = day.toLocaleTimeString(tag, { timeStyle: 'short' });
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  if (day >= midnight) return fill(strings.today, time);
  midnight.setDate(midnight.getDate() - 1);
  if (day >= midnight) return fill(strings.yesterday, time);
  return moment.format(day);
}

function eventText({ event, name }: EventItem, { locale: { strings } }: View): string {
  const words: Partial<Record<MessageEvent, string>> = {
    assigned: strings.joined, unassigned: strings.left, transferred: strings.transferred, closed: strings.closed, reopened: strings.reopened,
  };
  return fill(words[event]!, name || strings.team);
}

function row(item: Item, view: View): VNode {
  if (item.kind === 'bubble') return <Bubble key={item.key} item={item} view={view} />;
  return (
    <p key={item.key} class={item.kind}>
      {item.kind === 'day' ? dayText(item.at, view) : eventText(item, view)}
    </p>
  );
}

/** What the site says before anybody has said anything. */
function greeting(view: View): VNode | undefined {
  const { site } = view.chat.records;
  if (!site) return undefined;
  const text = (view.chat.closed && site.offline?.text) || site.greeting || view.locale.strings.greeting;
  return <Bubble view={view} item={{ kind: 'bubble', key: '', mine: false, author: view.name!, text, at: 0, first: true, last: true }} />;
}

function typing({ chat, locale: { strings } }: View): VNode | undefined {
  const { typing: who } = chat.presence;
  if (!who) return undefined;
  return (
    <div class="typing">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <p>{who.name ? fill(strings.typing, who.name) : strings.someoneTyping}</p>
    </div>
  );
}

/** The conversation. It stays at its end while new messages come, and stays where it is while somebody reads above. */
export class Log extends Component<ViewProps, { away: boolean }> {
  #box: HTMLElement | null = null;
  readonly #rooted = (box: HTMLElement | null): void => void (this.#box = box);
  #items: Item[] = [];
  /** What was here before: how high it all was, the oldest message, and the newest of all. */
  #height = 0;
  #first: string | undefined;
  #last: string | undefined;
  #wasOpen = false;
  readonly #looked = (): void => this.#read();
  /** The composer grew, or a keyboard came up: what was at the end stays there. */
  readonly #resized = new ResizeObserver(() => this.state.away || this.#toEnd());

  override state = { away: false };

  override componentDidMount(): void {
    this.#resized.observe(this.#box!);
    document.addEventListener('visibilitychange', this.#looked);
    this.componentDidUpdate();
  }

  override componentWillUnmount(): void {
    this.#resized.disconnect();
    document.removeEventListener('visibilitychange', this.#looked);
  }

  override componentDidUpdate(): void {
    const box = this.#box!;
    const { open } = this.props.view;
    const first = this.#items.find((item) => item.kind === 'bubble')?.key;
    const newest = this.#items[this.#items.length - 1];
    const height = box.scrollHeight;
    const wrote = newest?.key !== this.#last && newest?.kind === 'bubble' && newest.delivery === 'sending';
    if (!this.state.away || wrote || (open && !this.#wasOpen)) this.#toEnd();
    else if (first !== this.#first) box.scrollTop += height - this.#height;
    this.#height = height;
    this.#first = first;
    this.#last = newest?.key;
    this.#wasOpen = open;
    this.#read();
  }

  #toEnd(): void {
    const box = this.#box!;
    box.scrollTop = box.scrollHeight;
  }

  #read(): void {
    if (this.props.view.open && !this.state.away && !document.hidden) this.props.view.chat.markRead();
  }

  #scrolled(box: HTMLElement): void {
    const away = box.scrollHeight - box.scrollTop - box.clientHeight > NEAR;
    if (away !== this.state.away) this.setState({ away });
    if (box.scrollTop < NEAR) void this.props.view.chat.loadOlder();
  }

  render({ view }: ViewProps, { away }: { away: boolean }): VNode {
    const { chat, locale } = view;
    const { strings } = locale;
    this.#items = chat.items();
    return (
      <div class="middle">
        <div
          class="scroller"
          ref={this.#rooted}
          onScroll={(event) => this.#scrolled(event.currentTarget)}
          tabindex={0}
          role="group"
          aria-label={strings.conversation}
        >
          {chat.edge ? <p class="older">{chat.loadingOlder && strings.loadingOlder}</p> : greeting(view)}
          <div role="log" aria-live="polite" aria-busy={chat.loadingOlder} aria-label={strings.conversation}>
            {this.#items.map((item) => row(item, view))}
          </div>
          {typing(view)}
          {view.Ask && <view.Ask key={chat.generation} view={view} />}
          <view.Expect view={view} />
          {view.Rating && <view.Rating key={chat.generation} view={view} conversation={chat.conversation} />}
        </div>
        {away && chat.unread > 0 && (
          <button type="button" class="pill" onClick={() => this.#toEnd()}>
            {strings.newMessages}
            {icon(CHEVRON)}
          </button>
        )}
      </div>
    );
  }
}
