// SPDX-License-Identifier: MIT
import { Component } from '../render/component';
import type { VNode } from '../render/element';
import { h } from '../render/element';
import { TEXT_MAX, cleanText, textLength } from '../state/text';
import { SendIcon } from './icons';
import type { ViewProps } from './view';

/** Where the visitor writes. What is not sent yet survives a reload. */
export class Composer extends Component<ViewProps, { text: string }> {
  #field: HTMLTextAreaElement | null = null;
  readonly #rooted = (field: HTMLTextAreaElement | null): void => void (this.#field = field);
  #wasOpen = false;

  override state = { text: this.props.view.chat.storage.get('draft') ?? '' };

  override componentDidMount(): void {
    this.componentDidUpdate();
  }

  override componentDidUpdate(): void {
    const { open, touch } = this.props.view;
    const field = this.#field!;
    if (open) {
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight}px`;
      if (!this.#wasOpen && !touch) field.focus({ preventScroll: true });
    }
    this.#wasOpen = open;
  }

  #keep(text: string): void {
    const { storage } = this.props.view.chat;
    this.setState({ text });
    if (text) storage.set('draft', text);
    else storage.remove('draft');
  }

  #typed(text: string): void {
    this.#keep(text);
    this.props.view.chat.typed(text);
  }

  #send(event: Event): void {
    event.preventDefault();
    const { chat } = this.props.view;
    const text = cleanText(this.state.text);
    this.#field!.focus();
    const to = chat.tray ?? (text && chat);
    if (!to || textLength(text) > TEXT_MAX || chat.link === 'refused' || to.send(text) === false) return;
    this.#keep('');
  }

  render({ view }: ViewProps, { text }: { text: string }): VNode {
    const { chat, locale } = view;
    const { strings, tag } = locale;
    const length = textLength(cleanText(text));
    const tooLong = length > TEXT_MAX;
    const refused = chat.link === 'refused';
    return (
      <form class="composer" onSubmit={(event) => this.#send(event)}>
        {tooLong && (
          <p class="too-long" id="too-long" role="alert">
            {strings.tooLong(length.toLocaleString(tag), TEXT_MAX.toLocaleString(tag))}
          </p>
        )}
        <textarea
          ref={this.#rooted}
          rows={1}
          // Empty, it is written in the direction of its placeholder.
          dir={text ? 'auto' : undefined}
          value={text}
          placeholder={strings.write}
          aria-label={strings.message}
          aria-invalid={tooLong}
          aria-describedby={tooLong ? 'too-long' : undefined}
          disabled={refused}
          enterkeyhint="send"
          onInput={(event) => this.#typed(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && !event.shiftKey && !event.isComposing && this.#send(event)}
        />
        {view.Emoji && <view.Emoji view={view} />}
        <button type="submit" class="send" aria-label={strings.send} disabled={!(length || chat.tray) || tooLong || refused}>
          <SendIcon />
        </button>
      </form>
    );
  }
}
