// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import { complaint, isVain, line, valueOf } from '../form/answers';
import { dressFields, fieldRow } from '../form/field';
import english from '../form/words';
import type { ConversationAnswerParams, FormField } from '../protocol';
import type { CallError } from '../transport/call-error';
import type { Parts, Tools, ViewProps } from '../views/view';
import css from './ask.css';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

interface State {
  /** The visitor has tried to send it: from then on the field says what is wrong with it. */
  tried?: boolean;
  refused?: boolean;
  /** What is told to those who don't see it; it is said when there is something to say it in. */
  told?: string | undefined;
  /** Behind which message that was: thanks go when somebody says something else. */
  after?: number | undefined;
}

/** What stands in the field, and whether the visitor has sent it; without a value they pass over it. */
interface Kept extends ConversationAnswerParams {
  sent?: boolean;
}

const RETRY_AFTER = 2000;
/** Where it waits until the server has it. */
const KEY = 'answer';

/** Asks in the conversation what the site wants to know, one thing at a time; which one is the server's to say. */
export default function ask({ h, Base, launcher }: Own): Parts {
  dressFields(launcher);
  launcher.addStyle(css);
  class Ask extends Base<ViewProps, State> {
    override state: State = {};
    /** It is on its way, or the server wants to be left alone for a while. */
    #busy = false;
    #timer: ReturnType<typeof setTimeout> | undefined;
    #root: HTMLFormElement | null = null;
    /** The question before the last change, and what the visitor has said to it; nothing when they passed over it, or it went by itself. */
    #before: string | undefined;
    #said: string | undefined;
    readonly #rooted = (root: HTMLFormElement | null): void => void (this.#root = root);

    override componentDidMount(): void {
      this.componentDidUpdate(this.props, this.state);
    }

    override componentWillUnmount(): void {
      clearTimeout(this.#timer);
    }

    override componentDidUpdate(_props: ViewProps, before: State): void {
      const question = this.#question;
      const { strings } = this.props.view.locale;
      if (question?.id !== this.#before) {
        this.#follow(question);
        this.setState({ tried: false, refused: false, told: question ? question.label : this.#said && (strings.form ?? english).thanks, after: this.props.view.chat.conversation?.last_position });
        this.#before = question?.id;
        this.#said = undefined;
      } else if (this.state.tried !== before.tried || this.state.refused !== before.refused) this.#root?.scrollIntoView({ block: 'nearest' });
      void this.#send();
    }

    /** Who has answered goes on where they were: at the next question, or else at what they write, unless they do already. */
    #follow(question: FormField | undefined): void {
      const { frame } = launcher;
      if (this.#said === undefined || (frame.getRootNode() as ShadowRoot).activeElement?.closest('.composer')) return;
      const { touch } = this.props.view;
      if (question) (touch ? this.#root : this.#root?.querySelector<HTMLElement>('input, select'))?.focus();
      else if (!touch) frame.querySelector<HTMLElement>('.composer textarea')?.focus();
    }

    /** What is asked now; not what has become known in another way. */
    get #question(): FormField | undefined {
      const { conversation, records: { site, visitor } } = this.props.view.chat;
      const { on, fields } = site?.form ?? {};
      const field = fields?.find(({ id }) => id === conversation?.question_id);
      return on && field?.during && conversation?.status === 'open' && !isVain(field) && !valueOf(field, {}, visitor) ? field : undefined;
    }

    get #kept(): Kept | undefined {
      try {
        return JSON.parse(this.props.view.chat.storage.get(KEY)!);
      } catch {
        return undefined;
      }
    }

    #keep(field: string, value: string, sent: boolean): void {
      const { chat } = this.props.view;
      chat.storage.put(KEY, { id: chat.conversation!.id, field, ...(value && { value }), sent });
      this.forceUpdate();
    }

    #answer(field: FormField, value: string): void {
      const { strings } = this.props.view.locale;
      if (this.#kept?.sent) return;
      if (complaint(field, value, strings.form ?? english)) {
        this.setState({ tried: true });
        this.#root?.querySelector<HTMLElement>('input, select')?.focus();
      } else this.#say(field, line(value) || (field.kind === 'checkbox' ? 'no' : ''));
    }

    #say(field: FormField, value: string): void {
      this.#said = value;
      this.setState({ refused: false });
      this.#keep(field.id, value, true);
    }

    #later(milliseconds: number): void {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#busy = false;
        void this.#send();
      }, milliseconds);
    }

    /** What was said before something else is asked goes first; nothing of it is left when the server has it, or does not want it any more. */
    async #send(): Promise<void> {
      const { chat } = this.props.view;
      const kept = this.#kept;
      const said = chat.storage.get(KEY);
      if (!kept?.sent || this.#busy || !chat.caughtUp) return;
      const { sent: _sent, ...params } = kept;
      this.#busy = true;
      try {
        await chat.write('conversation.answer', params);
      } catch (thrown) {
        const error = thrown as CallError;
        if (error.transient || error.reason === 'lost') {
          this.#later(error.retryAfter || RETRY_AFTER);
          return;
        }
        if (error.reason !== 'conflict' && error.reason !== 'not_found') {
          this.#busy = false;
          chat.storage.put(KEY, { ...params, sent: false });
          this.setState({ refused: true });
          return;
        }
      }
      this.#busy = false;
      if (chat.storage.get(KEY) === said) chat.storage.remove(KEY);
      this.forceUpdate();
    }

    render({ view: { chat, locale: { strings } } }: ViewProps, { tried, refused, told, after }: State): VNode {
      const words = strings.form ?? english;
      const field = this.#question;
      const kept = this.#kept;
      const value = (kept?.field === field?.id && kept?.id === chat.conversation?.id && kept?.value) || '';
      return (
        <div>
          <p role="status" class={field || !told || after !== chat.conversation?.last_position ? 'hidden' : 'event'}>
            {told}
          </p>
          {field && (
            <form
              key={field.id}
              class="ask"
              ref={this.#rooted}
              tabindex={-1}
              novalidate
              aria-label={field.label}
              aria-busy={!!kept?.sent}
              onSubmit={(event) => {
                event.preventDefault();
                this.#answer(field, value);
              }}
            >
              {fieldRow(h, { field, value, wrong: tried ? complaint(field, value, words) : undefined, words, type: (text) => this.#keep(field.id, text, false) })}
              {refused && <p role="alert">{strings.failed}</p>}
              <p class="deeds">
                {kept?.sent && <span>{strings.sending}</span>}
                {!field.required && (
                  <button type="button" onClick={() => kept?.sent || this.#say(field, '')}>
                    {words.skip}
                  </button>
                )}
                <button type="submit">{strings.send}</button>
              </p>
            </form>
          )}
        </div>
      );
    }
  }
  return { Ask };
}
