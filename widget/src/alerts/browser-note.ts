// SPDX-License-Identifier: MIT

/** Whether the browser can notify from a page like this, and whether it may. */
export function permission(): NotificationPermission | undefined {
  return window.isSecureContext && 'Notification' in window ? Notification.permission : undefined;
}

/** Notifications by the browser: one at a time, until it has been read. */
export class BrowserNote {
  readonly #site: string;
  readonly #clicked: () => void;
  #shown: Notification | undefined;

  constructor(site: string, clicked: () => void) {
    this.#site = site;
    this.#clicked = clicked;
  }

  /** Silent, because the sound is ours. */
  show(author: string, text: string): void {
    if (permission() !== 'granted') return;
    this.close();
    try {
      const note = new Notification(author, { body: text, tag: `chatflow:${this.#site}`, silent: true });
      note.onclick = () => {
        focus();
        note.close();
        this.#clicked();
      };
      this.#shown = note;
    } catch {
      // Phones have them for installed pages only.
    }
  }

  close(): void {
    this.#shown?.close();
    this.#shown = undefined;
  }
}
