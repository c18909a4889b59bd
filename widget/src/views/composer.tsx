// SPDX-License-Identifier: MIT
import { Emoji } from '../extras/extras';
import type { Taker } from '../files/tray';
import { Component } from '../render/component';
import type { VNode } from '../render/element';
import { h } from '../render/element';
import { TEXT_MAX, cleanText, textLength } from '../state/text';
import { IconButton, SEND, icon } from './icons';
import type { ViewProps } from './view';

const CLIP = 'm19.6 11.2-8 8a5 5 0 0 1-7-7l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7';
/** What is pasted beyond that is not meant for a chat, and would hold up the page. */
const PASTE_MAX = 4 * TEXT_MAX;

/** By which files come. */
const GIVEN = ['dragover', 'dragleave', 'drop', 'paste'];

interface State {
  text: string;
  /** How long it was what was pasted and is not here. */
  over: number;
}

/** Where the visitor writes, and puts files by a button, by dropping and by pasting them. What is not sent yet survives a reload. */
export class Composer extends Component<ViewProps, State> {
  #field: HTMLTextAreaElement | null = null;
  #input: HTMLInputElement | null = null;
  #tray: Taker | null = null;
  #wasOpen = false;
  /** There are files that what takes them is still fetched for. */
  #coming: Promise<void> | undefined;
  readonly #rooted = (field: HTMLTextAreaElement | null): void => void (this.#field = field);
  readonly #chooses = (input: HTMLInputElement | null): void => void (this.#input = input);
  readonly #trayed = (tray: Taker | null): void => void (this.#tray = tray);
  readonly #given = (event: Event): void => {
    const { dataTransfer, clipboardData, type, relatedTarget } = event as DragEvent & ClipboardEvent;
    const data = dataTransfer ?? clipboardData;
    const text = clipboardData?.getData('text/plain') ?? '';
    const over = text.length > PASTE_MAX;
    if (!data || (!over && (clipboardData ? /\S/.test(text) || !data.files.length : !data.types.includes('Files')))) return;
    // Otherwise the browser leaves the page for the file.
    event.preventDefault();
    if (over) this.setState({ over: text.length });
    else this.#take(data.files, type, relatedTarget);
  };

  override state: State = { text: this.props.view.chat.storage.get('draft') ?? '', over: 0 };

  override componentDidMount(): void {
    for (const name of GIVEN) this.props.view.frame.addEventListener(name, this.#given);
    this.componentDidUpdate();
  }

  override componentWillUnmount(): void {
    for (const name of GIVEN) this.props.view.frame.removeEventListener(name, this.#given);
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

  /** The list empties itself with its event. */
  #take(list: FileList, how: string, to: EventTarget | null): void {
    const files = [...list];
    this.#coming = this.props.view.need('tray').then(() => {
      this.#coming = undefined;
      this.#tray?.take(files, how, to);
    });
  }

  #chosen(input: HTMLInputElement): void {
    this.#take(input.files!, '', null);
    input.value = '';
  }

  #keep(text: string): void {
    const { storage } = this.props.view.chat;
    this.setState({ text, over: 0 });
    if (text) storage.set('draft', text);
    else storage.remove('draft');
  }

  #typed(text: string): void {
    this.#keep(text);
    // What stands there by then.
    void this.props.view.need('typing').then(() => this.props.view.typing?.(this.props.view.chat).typed(this.state.text));
  }

  #send(event: Event): void {
    event.preventDefault();
    const { chat } = this.props.view;
    const text = cleanText(this.state.text);
    this.#field!.focus();
    if (this.#coming) {
      void this.#coming.then(() => this.#send(event));
      return;
    }
    const to = chat.tray ?? (text && chat);
    if (!to || textLength(text) > TEXT_MAX || chat.link === 'refused' || to.send(text) === false) return;
    this.#keep('');
  }

  render({ view }: ViewProps, { text, over }: State): VNode {
    const { chat, locale, Tray } = view;
    const { strings, tag } = locale;
    const length = textLength(cleanText(text));
    const tooLong = length > TEXT_MAX;
    const refused = chat.link === 'refused';
    return (
      <form class="composer" onSubmit={(event) => this.#send(event)}>
        {(tooLong || over > 0) && (
          <p class="too-long" id="too-long" role="alert">
            {strings.tooLong((over || length).toLocaleString(tag), TEXT_MAX.toLocaleString(tag))}
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
        {Tray && <Tray view={view} here={this.#trayed} />}
        <input type="file" multiple hidden ref={this.#chooses} onChange={(event) => this.#chosen(event.currentTarget)} />
        {!refused && !chat.records.site?.files?.off && <IconButton label={strings.files?.attach ?? 'Attach files'} path={CLIP} as="line" onClick={() => this.#input!.click()} />}
        <Emoji view={view} />
        <button type="submit" class="send" aria-label={strings.send} disabled={!(length || chat.tray) || tooLong || refused}>
          {icon(SEND)}
        </button>
      </form>
    );
  }
}
