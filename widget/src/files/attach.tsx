// SPDX-License-Identifier: MIT
import type { ComponentClass, VNode, h } from '../render/element';
import type { BubbleItem } from '../state/timeline';
import type { FilesProps, Tools, View, ViewProps } from '../views/view';
import css from './attach.css';
import { sizeText } from './size';
import english from './words';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

/** Takes files to be sent. */
export interface Taker {
  add(files: readonly File[]): void;
}

export interface TrayProps extends ViewProps {
  /** Says who takes files; nobody any more. */
  here(taker: Taker | null): void;
}

/** What sending and showing have in common. */
export interface FileTools<Factory> extends Tools<Factory> {
  words(view: View): typeof english;
  sizeText: typeof sizeText;
  /** What stands for a file that is no picture. */
  sheet(): VNode;
}

export interface AttachPart {
  /** What takes files. */
  Clip: ComponentClass<ViewProps>;
  /** What shows those of a message, once it is here. */
  Files(item: BubbleItem, view: View): VNode | null;
}

const SHEET = 'M6 2.5h8L19.5 8v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 20V4A1.5 1.5 0 0 1 6 2.5Zm7.3 1.8v4.4h4.4Z';
const CLIP = 'm19.6 11.2-8 8a5 5 0 0 1-7-7l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7';

/** As `state/text.ts` says; what is pasted beyond four times that is not meant for a chat, and would hold up the page. */
const TEXT_MAX = 8000;
const PASTE_MAX = 4 * TEXT_MAX;

/** The button for files, what hears of those that are dropped and pasted, and what fetches that which sends and shows them. */
export default function attach(tools: Own): AttachPart {
  const { h, Base, launcher } = tools;
  launcher.addStyle(css);

  const words = (view: View): typeof english => view.locale.strings.files ?? english;
  const sheet = (): VNode => (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHEET} fill="currentColor" />
    </svg>
  );
  const both: FileTools<typeof h> = { ...tools, words, sizeText, sheet };

  let Tray: ComponentClass<TrayProps> | undefined;
  let Shown: ComponentClass<FilesProps> | undefined;

  /** Takes files by its button, as they are dropped and pasted, and hands them to what sends them. */
  class Clip extends Base<ViewProps, { over: number }> {
    override state = { over: 0 };
    #input: HTMLInputElement | null = null;
    #tray: Taker | null = null;
    readonly #rooted = (input: HTMLInputElement | null): void => void (this.#input = input);
    readonly #trayed = (tray: Taker | null): void => void (this.#tray = tray);
    readonly #hears: [name: string, call: (event: never) => void][] = [
      ['dragover', (event: DragEvent) => this.#dragged(event, true)],
      ['dragleave', (event: DragEvent) => this.#dragged(event, launcher.frame.contains(event.relatedTarget as Node | null))],
      ['drop', (event: DragEvent) => {
        this.#dragged(event, false);
        this.#take(event.dataTransfer?.files);
      }],
      ['paste', (event: ClipboardEvent) => this.#pasted(event)],
      ['input', () => this.state.over && this.setState({ over: 0 })],
    ];

    override componentDidMount(): void {
      for (const [name, call] of this.#hears) launcher.frame.addEventListener(name, call as EventListener);
    }

    override componentWillUnmount(): void {
      for (const [name, call] of this.#hears) launcher.frame.removeEventListener(name, call as EventListener);
    }

    get #off(): boolean {
      const { link, records } = this.props.view.chat;
      return link === 'refused' || !!records.site?.files?.off;
    }

    #dragged(event: DragEvent, over: boolean): void {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Otherwise the browser leaves the page for the file.
      event.preventDefault();
      launcher.frame.classList.toggle('is-drop', over && !this.#off);
    }

    #pasted(event: ClipboardEvent): void {
      const data = event.clipboardData;
      const text = data?.getData('text/plain') ?? '';
      if (text.length > PASTE_MAX) this.setState({ over: text.length });
      else if (/\S/.test(text) || !data?.files.length) return;
      else this.#take(data.files, true);
      event.preventDefault();
    }

    /** The list empties itself with its event. A browser calls each picture from the clipboard the same. */
    #take(list?: FileList | null, pasted = false): void {
      const files = [...(list ?? [])].map((file) => (pasted && file.name === 'image.png' ? new File([file], 'screenshot.png', file) : file));
      if (!files.length || this.#off) return;
      import('./tray').then(
        (module) => {
          Tray ??= module.default(both);
          this.setState({}, () => this.#tray?.add(files));
        },
        () => {},
      );
    }

    #chosen(input: HTMLInputElement): void {
      this.#take(input.files);
      input.value = '';
    }

    render({ view }: ViewProps, { over }: { over: number }): VNode {
      const { strings, tag } = view.locale;
      return (
        <div class="writing">
          {over > 0 && (
            <p class="too-long" role="alert">
              {strings.tooLong(over.toLocaleString(tag), TEXT_MAX.toLocaleString(tag))}
            </p>
          )}
          {Tray && <Tray view={view} here={this.#trayed} />}
          <input type="file" multiple hidden ref={this.#rooted} onChange={(event) => this.#chosen(event.currentTarget)} />
          {!this.#off && (
            <button type="button" class="icon-button" aria-label={words(view).attach} onClick={() => this.#input?.click()}>
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d={CLIP} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
              </svg>
            </button>
          )}
        </div>
      );
    }
  }

  const Files = (item: BubbleItem, view: View): VNode | null => {
    if (!item.files?.length) return null;
    if (Shown) return <Shown view={view} item={item} />;
    import('./shown').then(
      (module) => {
        if (Shown) return;
        Shown = module.default(both);
        view.draw();
      },
      () => {},
    );
    return null;
  };

  return { Clip, Files };
}
