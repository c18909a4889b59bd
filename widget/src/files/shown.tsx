// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import type { File as FileRecord, FileResult } from '../protocol';
import type { CallError } from '../transport/call-error';
import type { FilesProps, Parts, Tools, View } from '../views/view';
import { sheet, sizeText, words } from './sheet';
import css from './shown.css';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

/** Pixels of a side at most. */
const LARGEST = 240;
/** So wide at least, or there is nothing to press. */
const NARROWEST = 44;
const AGAIN = 2000;
const PICTURE = /^image\/(png|jpeg|gif|webp)$/;

interface OneProps {
  view: View;
  id: string;
}

interface OneState {
  /** Where its content is, until then. */
  link?: string | undefined;
  until?: number | undefined;
  gone?: boolean;
  /** It cannot be shown as a picture on this page. */
  plain?: boolean;
}

/** Shows the files of a message: pictures as they are, all else by name and size. Where the content is, is asked when it comes into sight. */
export default function shown({ h, Base, launcher, server }: Own): Parts {
  launcher.addStyle(css);

  class One extends Base<OneProps, OneState> {
    override state: OneState = {};
    #place: HTMLElement | null = null;
    #asking: Promise<void> | undefined;
    #timer: ReturnType<typeof setTimeout> | undefined;
    #failures = 0;
    readonly #placed = (place: HTMLElement | null): void => void (this.#place = place);
    readonly #sight = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      this.#sight.disconnect();
      void this.#ask();
    });

    override componentDidMount(): void {
      this.#sight.observe(this.#place!);
    }

    override componentWillUnmount(): void {
      this.#sight.disconnect();
      clearTimeout(this.#timer);
    }

    #ask(): Promise<void> {
      this.#asking ??= this.props.view.chat.write('file.link', { id: this.props.id }).then(
        (answer) => {
          const { link, expires_at } = answer as FileResult;
          this.#asking = undefined;
          if (link) this.setState({ link: server + link.slice(1), until: expires_at });
          else this.setState({ gone: true });
        },
        (error: CallError) => {
          this.#asking = undefined;
          if (error.transient || error.reason === 'lost') this.#timer = setTimeout(() => void this.#ask(), error.retryAfter || AGAIN);
          else this.setState({ gone: true });
        },
      );
      return this.#asking;
    }

    /** An address is good for a while only. */
    #clicked(event: Event): void {
      const { link, until = Infinity } = this.state;
      if (link && Date.now() < until) return;
      event.preventDefault();
      const anchor = event.currentTarget as HTMLElement;
      void this.#ask().then(() => this.state.link && Date.now() < (this.state.until ?? Infinity) && anchor.click());
    }

    /** Its address is over, or the page's policy has no pictures of ours. */
    #failed(): void {
      if (this.#failures++) this.setState({ plain: true });
      else this.setState({ link: undefined }, () => void this.#ask());
    }

    #picture({ name, width = 1, height = 1 }: FileRecord): VNode {
      const scale = Math.min(1, LARGEST / width, LARGEST / height);
      const style = `width: ${Math.max(NARROWEST, Math.round(width * scale))}px; aspect-ratio: ${Math.max(NARROWEST, width * scale)} / ${Math.max(NARROWEST, height * scale)}`;
      const { link } = this.state;
      return (
        <a class="picture" style={style} href={link} target="_blank" rel="noopener noreferrer" aria-label={name} ref={this.#placed} onClick={(event) => this.#clicked(event)}>
          {link && <img src={link} alt={name} onError={() => this.#failed()} />}
        </a>
      );
    }

    render({ view, id }: OneProps, { link, gone, plain }: OneState): VNode {
      const file = view.chat.records.attached.get(id);
      const { tag } = view.locale;
      if (file && !gone && !plain && file.width && PICTURE.test(file.media_type ?? '')) return this.#picture(file);
      return (
        <a class="file" href={gone ? undefined : link} download={file?.name} target="_blank" rel="noopener noreferrer" ref={this.#placed} onClick={(event) => gone || this.#clicked(event)}>
          {sheet(h)}
          <span>
            <bdi class="name">{file?.name}</bdi>
            <span class="size">{gone ? words(view).gone : file && sizeText(file.size, tag)}</span>
          </span>
        </a>
      );
    }
  }

  class Files extends Base<FilesProps> {
    render({ view, item }: FilesProps): VNode {
      const { files = [], mine, author, at, text } = item;
      const { strings, moment } = view.locale;
      const names = files.map((id) => view.chat.records.attached.get(id)?.name).join(', ');
      return (
        <div class={text === names ? 'files named' : 'files'} title={at ? moment.format(at) : undefined}>
          <span class="hidden">{mine ? strings.you : author || strings.team}: </span>
          {files.map((id) => (
            <One key={id} view={view} id={id} />
          ))}
        </div>
      );
    }
  }
  return { Files };
}
