// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import type { ConversationActionParams, ConversationTranscriptParams, ServerInfo } from '../protocol';
import type { CallError } from '../transport/call-error';
import type { Parts, Tools, ViewProps } from '../views/view';
import css from './menu.css';
import english from './words';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

interface State {
  /** Whether the server can send mail: unknown until it was asked. */
  mail?: boolean;
  /** The address is being asked for. */
  asks?: boolean;
  busy?: boolean;
  /** What came of the last thing that was done. */
  note?: string;
}

/** What a visitor can do with their conversation: end it, begin another, have it sent to them. */
export default function menu({ h, Base, newId, launcher }: Own): Parts {
  launcher.addStyle(css);

  class Deeds extends Base<ViewProps, State> {
    override state: State = {};
    #address: HTMLInputElement | null = null;
    /** The same for the same wish, so that a repeat sends nothing twice. */
    #wish = newId();

    override componentDidMount(): void {
      this.props.view.chat.write('server.info', {}).then(
        (info) => this.setState({ mail: (info as Partial<ServerInfo>).mail }),
        () => {},
      );
    }

    /** Carries it out; what goes wrong is said. */
    async #do(method: string, params: object, note = ''): Promise<void> {
      const { strings } = this.props.view.locale;
      this.setState({ busy: true, note: '' });
      try {
        await this.props.view.chat.write(method, params);
        this.#wish = newId();
        this.setState({ busy: false, asks: false, note });
      } catch (thrown) {
        const { reason } = thrown as CallError;
        const words = strings.menu ?? english;
        this.setState({ busy: false, note: reason === 'invalid' && strings.form ? strings.form.email : reason === 'rate_limited' ? words.often : `${strings.refusedOther} ${words.often}` });
      }
    }

    #end(id: string): void {
      void this.#do('conversation.close', { id, event_id: this.#wish } satisfies ConversationActionParams);
    }

    #startAnew(note: string): void {
      this.props.view.chat.storage.set('anew', '1');
      this.setState({ note });
    }

    #send(event: Event, id: string): void {
      event.preventDefault();
      const address = this.#address?.value.trim() ?? '';
      const { strings } = this.props.view.locale;
      void this.#do('conversation.transcript', { id, event_id: this.#wish, address } satisfies ConversationTranscriptParams, (strings.menu ?? english).onWay.replace('{}', address));
    }

    render({ view }: ViewProps, { mail, asks, busy, note }: State): VNode | null {
      const { chat, locale } = view;
      const { conversation } = chat;
      const words = locale.strings.menu ?? english;
      if (!conversation) return null;
      const { id, status } = conversation;
      return (
        <div class="deeds">
          {status === 'open' ? (
            <button type="button" disabled={busy} onClick={() => this.#end(id)}>
              {words.end}
            </button>
          ) : (
            <button type="button" onClick={() => this.#startAnew(words.begun)}>
              {words.anew}
            </button>
          )}
          {mail && !asks && (
            <button type="button" onClick={() => this.setState({ asks: true, note: '' }, () => this.#address?.focus())}>
              {words.email}
            </button>
          )}
          {asks && (
            <form onSubmit={(event) => this.#send(event, id)}>
              <label for="to">{words.address}</label>
              <input id="to" type="email" autocomplete="email" required maxlength={254} dir="ltr" defaultValue={chat.records.visitor?.email ?? ''} ref={(field) => void (this.#address = field)} />
              <button type="submit" disabled={busy}>
                {locale.strings.send}
              </button>
            </form>
          )}
          <p role="status">{note}</p>
        </div>
      );
    }
  }
  return { Deeds };
}
