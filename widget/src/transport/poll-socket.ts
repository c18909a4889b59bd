// SPDX-License-Identifier: MIT

/** Requests that fail are made again so often, a second apart, before the link counts as lost. */
const TRIES = 3;
const PAUSE = 1000;
/** Characters of one request; a longer text goes alone. */
const MOST = 8192;

const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE));

/**
 * What a WebSocket is to `Connection`, by HTTP requests of which one always waits at the server: for pages and networks where no WebSocket
 * gets through. The server's docs/protocol.md says how.
 */
export class PollSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  #link: string;
  #heard = 0;
  #first = 1;
  #unsaid: string[] = [];
  #saying = false;
  #opened = false;
  #over = false;

  constructor(url: string) {
    this.#link = url.replace(/^ws/, 'http').replace(/socket$/, 'poll');
    void this.#open();
  }

  send(text: string): void {
    this.#unsaid.push(text);
    if (!this.#saying) void this.#say();
  }

  /** Says last what is unsaid or not known to have arrived, also from a page that is going. Where that does not get through, the server finds out by its patience. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    if (!this.#opened) return;
    const last = `${this.#link}?first=${this.#first}&end=1`;
    const body = this.#next().join('\n');
    // Firefox before 133 lets no other request outlive its page.
    if ('keepalive' in Request.prototype) fetch(last, { method: 'POST', keepalive: true, body }).catch(() => {});
    else navigator.sendBeacon(last, body);
  }

  async #open(): Promise<void> {
    const answer = await this.#ask('', { method: 'POST' }, 1);
    if (answer?.status !== 201) return this.#ended(1006);
    this.#link += `/${await answer.text()}`;
    this.#opened = true;
    if (this.#over) return;
    this.onopen?.();
    void this.#listen();
  }

  async #listen(): Promise<void> {
    while (!this.#over) {
      const answer = await this.#ask(`?after=${this.#heard}`);
      const text = await answer?.text().catch(() => undefined);
      if (answer && text === undefined) continue; // cut off half way: the server still has it
      if (answer?.status !== 200 || text === undefined) return this.#gone(answer?.status, text);
      const [last, ...lines] = text.split('\n');
      this.#heard = Number(last);
      for (const data of lines) if (!this.#over) this.onmessage?.({ data });
    }
  }

  /** All that is to be said, in its order; what came in meanwhile is said next. */
  async #say(): Promise<void> {
    this.#saying = true;
    while (this.#unsaid.length && !this.#over) {
      const texts = this.#next();
      const answer = await this.#ask(`?first=${this.#first}`, { method: 'POST', body: texts.join('\n') });
      if (answer?.status !== 204) return this.#gone(answer?.status, await answer?.text());
      this.#unsaid.splice(0, texts.length);
      this.#first += texts.length;
    }
    this.#saying = false;
  }

  /** As much of the unsaid as one request takes. */
  #next(): string[] {
    let size = 0;
    const end = this.#unsaid.findIndex((text, i) => (size += text.length) > MOST && i > 0);
    return this.#unsaid.slice(0, end < 0 ? undefined : end);
  }

  /** Says nothing when nobody answers, or when there is nobody any more who wants to know. */
  async #ask(query: string, options?: RequestInit, tries = TRIES): Promise<Response | undefined> {
    for (let i = 1; !this.#over; i += 1) {
      const answer = await fetch(this.#link + query, options).catch(() => undefined);
      if ((answer && answer.status !== 429 && answer.status < 500) || i >= tries) return answer;
      await pause();
    }
    return undefined;
  }

  #gone(status: number | undefined, text = ''): void {
    const [, code, reason] = /^(\d+) (.*)/s.exec(status === 410 ? text : '') ?? [];
    this.#ended(Number(code ?? 1006), reason);
  }

  #ended(code: number, reason = ''): void {
    if (this.#over) return;
    this.#over = true;
    this.onclose?.({ code, reason });
  }
}
