// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import type { ServerInfo } from '../protocol';
import type { Tray } from '../state/chat';
import type { Parts, Tools, View, ViewProps } from '../views/view';
import { sheet, sizeText, words } from './sheet';
import css from './tray.css';
import type { Way } from './upload';
import { Upload } from './upload';
import type { FilesWords } from './words';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

/** Takes files to be sent. */
export interface Taker {
  /** `how` is the event that brought them, or is about to; `to` where the pointer went. */
  take(files: readonly File[], how: string, to: EventTarget | null): void;
}

export interface TrayProps extends ViewProps {
  /** Says who takes files; nobody any more. */
  here(taker: Taker | null): void;
}

/** What a message takes. */
const MOST = 10;
/** What a browser surely draws. */
const PICTURE = /^image\/(png|jpeg|gif|webp)$/;
/** Pixels of a preview's side, for screens with two of them in one. */
const SIDE = 80;
const CROSS = 'M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4Z';

/** Draws the middle of a picture. On a canvas: an address of its own would need a word in the page's policy. */
async function draw(canvas: HTMLCanvasElement, file: File): Promise<void> {
  const picture = await createImageBitmap(file);
  const { width, height } = picture;
  const side = Math.min(width, height);
  canvas.width = canvas.height = SIDE;
  canvas.getContext('2d')?.drawImage(picture, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  canvas.hidden = false;
  picture.close();
}

/** Holds what is to be sent: it goes up at once, one file after the other, while the visitor writes. */
export default function tray({ h, Base, newId, launcher, server, site }: Own): Parts {
  launcher.addStyle(css);
  class Thumb extends Base<{ file: File }> {
    #canvas: HTMLCanvasElement | null = null;

    override componentDidMount(): void {
      const { file } = this.props;
      // What cannot be drawn keeps the sheet.
      if (PICTURE.test(file.type)) draw(this.#canvas!, file).catch(() => {});
    }

    render(): VNode {
      return (
        <span class="thumb" aria-hidden="true">
          {sheet(h)}
          <canvas hidden ref={(canvas) => void (this.#canvas = canvas)} />
        </span>
      );
    }
  }

  class Holder extends Base<TrayProps> implements Tray, Taker {
    #uploads: Upload[] = [];
    #running = false;
    /** The message waits for them. */
    #waits = false;
    /** Its words went ahead, to begin the conversation. */
    #follow = false;
    /** Bytes of one file, once they are known. */
    #max: number | undefined;
    #note = '';
    /** What is said to those who don't see it. */
    #told = '';
    #timer: ReturnType<typeof setTimeout> | undefined;
    #form: HTMLFormElement | null = null;
    readonly #rooted = (root: HTMLElement | null): void => void (this.#form = root?.closest('form') ?? this.#form);
    readonly #written = (): void => {
      if (!this.#waits) return;
      this.#waits = false;
      this.forceUpdate();
    };
    readonly #way: Way = {
      server,
      headers: () => ({ Authorization: `Bearer ${this.#view.chat.storage.get('token')}`, 'X-ChatFlow-Site': site }),
      write: (method, params) => this.#view.chat.write(method, params),
      changed: () => this.forceUpdate(),
    };

    get #view(): View {
      return this.props.view;
    }

    /** The conversation that the next message belongs to, if there is one. */
    get #place(): string | undefined {
      return this.#view.chat.current();
    }

    get #names(): string {
      const { attached } = this.#view.chat.records;
      return this.#uploads.map(({ id, file }) => attached.get(id)?.name ?? file.name).join(', ');
    }

    override componentDidMount(): void {
      this.#form?.addEventListener('input', this.#written);
      this.props.here(this);
    }

    override componentDidUpdate(): void {
      const { attached } = this.#view.chat.records;
      for (const upload of this.#uploads) if (upload.see(attached.get(upload.id))) this.#tell(upload);
      this.#go();
    }

    override componentWillUnmount(): void {
      clearTimeout(this.#timer);
      this.props.here(null);
      this.#form?.removeEventListener('input', this.#written);
      for (const upload of this.#uploads) upload.cancel(this.#way);
      this.#keep([]);
    }

    /** A browser calls each picture from the clipboard the same. */
    take(files: readonly File[], how: string, to: EventTarget | null): void {
      const { frame } = launcher;
      const { link, records } = this.#view.chat;
      const off = link === 'refused' || records.site?.files?.off;
      frame.classList.toggle('is-drop', !off && (how === 'dragover' || (how === 'dragleave' && frame.contains(to as Node | null))));
      // While they are over it they are not to be had.
      if (files.length && !off && !how.startsWith('drag')) this.#add(files.map((file) => (how === 'paste' && file.name === 'image.png' ? new File([file], 'screenshot.png', file) : file)));
    }

    #add(files: readonly File[]): void {
      const room = MOST - this.#uploads.length;
      this.#note = files.length > room ? this.#words.most.replace('{}', MOST.toLocaleString(this.#view.locale.tag)) : '';
      this.#keep([...this.#uploads, ...files.slice(0, room).map((file) => new Upload(file, newId()))]);
      this.#view.draw();
    }

    send(text: string): boolean {
      const { chat } = this.#view;
      const place = this.#place;
      if (!place) {
        chat.send(text || this.#names);
        this.#follow = true;
        return true;
      }
      for (const upload of this.#uploads) if (upload.place && upload.place !== place) upload.renew(newId());
      if (this.#uploads.some(({ state }) => state !== 'ready')) {
        this.#waits = true;
        this.forceUpdate();
        return false;
      }
      chat.send(text || this.#names, { files: this.#uploads.map(({ id }) => id), place });
      this.#note = '';
      this.#keep([]);
      return true;
    }

    get #words(): FilesWords {
      return words(this.#view);
    }

    /** What is on its way now. The last one leaves the composer as it was. */
    #keep(uploads: Upload[]): void {
      this.#uploads = uploads;
      this.#waits &&= uploads.length > 0;
      this.#follow &&= uploads.length > 0;
      this.#view.chat.tray = uploads.length ? this : undefined;
    }

    #tell(upload: Upload): void {
      this.#told = `${upload.file.name}: ${upload.state === 'failed' ? this.#why(upload) : this.#words.uploaded}`;
      this.forceUpdate();
    }

    #why({ reason, file }: Upload): string {
      const { strings, tag } = this.#view.locale;
      if (reason === 'too_large' && this.#max && file.size > this.#max) return this.#words.tooLarge.replace('{}', sizeText(this.#max, tag));
      const { off: forbidden, type, image, infected, unreadable } = this.#words;
      const known: Record<string, string> = { forbidden, type, image, infected, unreadable };
      return known[reason] ?? strings.refusedOther;
    }

    /** Does what can be done now: learns the limits, brings up the next one, sends what has waited. */
    #go(): void {
      const { chat } = this.#view;
      if (!this.#uploads.length) return;
      const place = this.#place;
      if ((this.#waits || this.#follow) && place && this.#uploads.every(({ state }) => state === 'ready')) {
        this.#waits = false;
        if (this.#follow) this.send('');
        else this.#form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
        this.#view.draw();
        return;
      }
      if (this.#running || !chat.caughtUp) return;
      this.#running = true;
      void this.#next(place).then((wait) => {
        this.#running = false;
        clearTimeout(this.#timer);
        // Another may have come meanwhile.
        if (wait || (this.#place && this.#uploads.some(({ state }) => state === 'queued'))) this.#timer = setTimeout(() => this.#go(), wait);
      });
    }

    /** Gives after how many milliseconds to go on; 0: once something has changed. */
    async #next(place: string | undefined): Promise<number> {
      const { chat } = this.#view;
      try {
        this.#max ??= ((await chat.write('server.info', {})) as Partial<ServerInfo>).file_size_max ?? Infinity;
      } catch {
        return 2000;
      }
      this.#max = Math.min(this.#max, chat.records.site?.files?.max_size || Infinity);
      for (const upload of this.#uploads) {
        if (upload.state !== 'queued') continue;
        const reason = !upload.file.size ? 'unreadable' : upload.file.size > this.#max ? 'too_large' : '';
        if (!reason) continue;
        upload.fail(reason);
        this.#tell(upload);
      }
      const next = place && this.#uploads.find(({ state }) => state === 'queued');
      if (!next) return 0;
      this.forceUpdate();
      const wait = await next.run(this.#way, place);
      if ((next.state as string) === 'failed') this.#tell(next);
      this.forceUpdate();
      return wait || 1;
    }

    #remove(upload: Upload): void {
      upload.cancel(this.#way);
      this.#note = '';
      this.#keep(this.#uploads.filter((one) => one !== upload));
      this.#form?.querySelector('textarea')?.focus();
      this.#view.draw();
    }

    #retry(upload: Upload): void {
      upload.renew(newId());
      this.forceUpdate();
    }

    #how(upload: Upload): string {
      const { tag } = this.#view.locale;
      const { state, sent, file } = upload;
      if (state === 'failed') return this.#why(upload);
      if (state === 'checking') return this.#words.checking;
      const size = sizeText(file.size, tag);
      return state === 'sending' ? `${(sent / file.size).toLocaleString(tag, { style: 'percent' })} · ${size}` : size;
    }

    #row(upload: Upload): VNode {
      const { strings } = this.#view.locale;
      const { state, sent, file, reason } = upload;
      return (
        <li key={upload.key} class={state}>
          <Thumb file={file} />
          <div class="what">
            <p class="name">
              <bdi>{file.name}</bdi>
            </p>
            <p class="how">{this.#how(upload)}</p>
            {(state === 'queued' || state === 'sending') && <progress aria-label={file.name} max={file.size} value={sent} />}
          </div>
          {state === 'failed' && reason !== 'too_large' && reason !== 'unreadable' && (
            <button type="button" class="again" aria-label={`${strings.tryAgain}: ${file.name}`} onClick={() => this.#retry(upload)}>
              {strings.tryAgain}
            </button>
          )}
          <button type="button" class="icon-button" aria-label={`${strings.remove}: ${file.name}`} onClick={() => this.#remove(upload)}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d={CROSS} fill="currentColor" />
            </svg>
          </button>
        </li>
      );
    }

    render(): VNode {
      return (
        <div class="tray" ref={this.#rooted}>
          {this.#uploads.length > 0 && <ul>{this.#uploads.map((upload) => this.#row(upload))}</ul>}
          <p class="note" role="status">
            {this.#waits ? this.#words.waiting : this.#note}
          </p>
          <p class="hidden" role="status">
            {this.#told}
          </p>
        </div>
      );
    }
  }
  return { Tray: Holder };
}
