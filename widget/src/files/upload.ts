// SPDX-License-Identifier: MIT
import type { File as FileRecord, FileCreateParams } from '../protocol';
import type { CallError } from '../transport/call-error';

/** Bytes of one request: what a proxy in front takes, and what is sent again at most after a break. */
const PIECE = 1 << 20;
/** Milliseconds after which what went wrong on the way is tried again. */
const AGAIN = 2000;

/** `queued` is to be sent, `checking` is all there and looked at by the server. */
export type UploadState = 'queued' | 'sending' | 'checking' | 'ready' | 'failed';

/** What the way up needs of the chat. */
export interface Way {
  /** The daemon's address, ending in a slash. */
  server: string;
  headers(): Record<string, string>;
  /** Makes a call. Rejects with CallError. */
  write(method: string, params: object): Promise<unknown>;
  changed(): void;
}

/** What became of a request: nothing, a word of the protocol, or that it is to be made again after so many milliseconds. */
type Trouble = { reason: string; again: number };

function trouble(status: number, text: string, after: string | null): Trouble {
  let reason = 'lost';
  try {
    reason = JSON.parse(text).reason;
  } catch {
    // Not from the server itself: the line, or a proxy.
  }
  const passing = !status || status === 409 || status === 429 || status >= 500;
  return { reason, again: passing ? Number(after) * 1000 || AGAIN : 0 };
}

/** One file on its way up, in pieces, from where the last break has left it. */
export class Upload {
  readonly file: File;
  /** What it is called among those of its message; it keeps that when it begins anew. */
  readonly key: string;
  id: string;
  state: UploadState = 'queued';
  /** Why it failed: a reason of the protocol or of a file's record, or `unreadable`. */
  reason = '';
  /** Bytes that have gone up. */
  sent = 0;
  /** The conversation that it goes to. */
  place: string | undefined;
  #request: XMLHttpRequest | undefined;
  #gone = false;

  constructor(file: File, id: string) {
    this.file = file;
    this.id = this.key = id;
  }

  /** From the beginning, by another id: it failed, or goes to another conversation. */
  renew(id: string): void {
    Object.assign(this, { id, state: 'queued', reason: '', sent: 0, place: undefined });
  }

  fail(reason: string): void {
    this.state = 'failed';
    this.reason = reason;
  }

  /** Takes it away. */
  cancel(way: Way): void {
    this.#gone = true;
    this.#request?.abort();
    // What is not told now is forgotten by the server within a day.
    if (this.place && this.state !== 'failed') way.write('file.cancel', { id: this.id }).catch(() => {});
  }

  /** What the server says of it. */
  see(record: FileRecord | undefined): boolean {
    if (this.state !== 'checking' || !record || record.state === 'checking' || record.state === 'uploading') return false;
    if (record.state === 'ready') this.state = 'ready';
    else this.fail(record.reason ?? '');
    return true;
  }

  /** Brings it up. Gives after how many milliseconds that is to be tried again; 0 when it is over, one way or the other. */
  async run(way: Way, place: string): Promise<number> {
    this.place = place;
    this.state = 'sending';
    const { id, file } = this;
    let again = 0;
    try {
      // A folder, or a file that is gone or was changed, cannot be told from a broken line later.
      if (!(await file.slice(0, 1).arrayBuffer().catch(() => undefined))?.byteLength) throw { reason: 'unreadable', again: 0 } satisfies Trouble;
      await way.write('file.create', { id, conversation_id: place, name: file.name, size: file.size } satisfies FileCreateParams);
      if (this.sent) this.sent = await this.#offset(way);
      while (this.sent < file.size && !this.#gone) await this.#piece(way);
      this.state = 'checking';
    } catch (thrown) {
      const { reason, transient, retryAfter } = thrown as CallError;
      again = (thrown as Trouble).again ?? (transient || reason === 'lost' ? retryAfter || AGAIN : 0);
      if (again) this.state = 'queued';
      else this.fail(reason);
    }
    return this.#gone ? 0 : again;
  }

  #address({ server }: Way): string {
    return `${server}api/v1/files/${this.id}/content`;
  }

  /** How much of it the server has. */
  async #offset(way: Way): Promise<number> {
    const answer = await fetch(this.#address(way), { method: 'HEAD', headers: way.headers() }).catch(() => undefined);
    if (!answer?.ok) throw trouble(answer?.status ?? 0, '', answer?.headers.get('retry-after') ?? null);
    return Number(answer.headers.get('upload-offset'));
  }

  /** `fetch` does not tell how far it is. */
  #piece(way: Way): Promise<void> {
    const { size } = this.file;
    const first = this.sent;
    const end = Math.min(first + PIECE, size);
    const request = (this.#request = new XMLHttpRequest());
    return new Promise((resolve, reject) => {
      request.open('PUT', this.#address(way));
      for (const [name, value] of Object.entries({ ...way.headers(), 'Content-Range': `bytes ${first}-${end - 1}/${size}` })) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded }) => {
        this.sent = Math.min(first + loaded, end);
        way.changed();
      };
      request.onloadend = () => {
        if (request.status !== 200) return reject(trouble(request.status, request.responseText, request.getResponseHeader('retry-after')));
        this.sent = end;
        resolve();
      };
      request.send(this.file.slice(first, end));
    });
  }
}
