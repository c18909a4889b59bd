// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import type { FormField, SiteForm } from '../protocol';
import type { Parts, Tools, ViewProps } from '../views/view';
import type { Typed } from './answers';
import { complaint, reply, shownFields, valueOf } from './answers';
import { dressFields, fieldRow } from './field';
import css from './form.css';
import english from './words';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

interface State {
  typed: Typed;
  /** The visitor has tried to go on: from then on each field says what is wrong with it. */
  tried: boolean;
}

/** Where it is kept as it is typed. */
const KEY = 'typed';
/** Where the reply waits for the conversation that it belongs to. */
const REPLY = 'reply';

function parsed(json = '{}'): Record<string, string> & { version?: unknown } {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}

/** Asks the visitor what the site wants to know before they write. The answers go with their first message. */
export default function form({ h, Base, launcher }: Own): Parts {
  dressFields(launcher);
  launcher.addStyle(css);
  class Form extends Base<ViewProps, State> {
    override state: State = { typed: this.#kept, tried: false };
    #wasOpen = false;
    #root: HTMLElement | null = null;
    readonly #rooted = (root: HTMLElement | null): void => void (this.#root = root);

    override componentDidMount(): void {
      this.componentDidUpdate();
    }

    override componentDidUpdate(): void {
      const { chat, open, touch } = this.props.view;
      const asked = open && chat.asks;
      if (asked && !this.#wasOpen && !touch) this.#root?.querySelector<HTMLElement>('input, select')?.focus({ preventScroll: true });
      this.#wasOpen = asked;
      this.#tidy();
    }

    get #kept(): Typed {
      return parsed(this.props.view.chat.storage.get(KEY));
    }

    /** Answers have arrived with the message that began the conversation; those to other questions than the site asks by now go nowhere. */
    #tidy(): void {
      const { chat, draw } = this.props.view;
      const { conversations, site } = chat.records;
      const sent = chat.storage.get(REPLY);
      if (conversations.size) chat.storage.remove(KEY);
      if (!sent || !(conversations.size || (site && site.form?.version !== parsed(sent).version))) return;
      chat.storage.remove(REPLY);
      draw();
    }

    #type(id: string, value: string): void {
      const typed = { ...this.state.typed, [id]: value };
      this.props.view.chat.storage.put(KEY, typed);
      this.setState({ typed });
    }

    #submit(event: Event, asked: SiteForm): void {
      event.preventDefault();
      const { chat, draw, locale } = this.props.view;
      const { typed } = this.state;
      const { visitor } = chat.records;
      const wrong = shownFields(asked, typed, chat.closed).find((field) => complaint(field, valueOf(field, typed, visitor), locale.strings.form ?? english));
      if (wrong) {
        this.setState({ tried: true });
        this.#root?.querySelector<HTMLElement>(`[name="${wrong.id}"]`)?.focus();
        return;
      }
      chat.storage.put(REPLY, reply(asked, typed, visitor, chat.closed));
      // What was written before, or was refused because the questions were others, can go now.
      for (const item of chat.items()) if (item.kind === 'bubble') chat.retry(item.key);
      draw();
    }

    #field(field: FormField): VNode {
      const { chat, locale } = this.props.view;
      const words = locale.strings.form ?? english;
      const value = valueOf(field, this.state.typed, chat.records.visitor);
      const wrong = this.state.tried ? complaint(field, value, words) : undefined;
      return fieldRow(h, { field, value, wrong, words, type: (text) => this.#type(field.id, text) });
    }

    render({ view }: ViewProps, { typed }: State): VNode | null {
      const { chat, locale, name } = view;
      const { site } = chat.records;
      const asked = site?.form;
      const words = locale.strings.form ?? english;
      if (!chat.asks || !asked) return null;
      if (chat.closed && site.offline?.messages_off)
        return (
          <p class="form" dir="auto">
            {site.offline.text || site.greeting || locale.strings.greeting}
          </p>
        );
      return (
        <form class="form" novalidate ref={this.#rooted} aria-label={asked.title || name} onSubmit={(event) => this.#submit(event, asked)}>
          {asked.title && (
            <h3 dir="auto">{asked.title}</h3>
          )}
          <p class="hint" dir="auto">
            {chat.closed ? site.offline?.text || locale.strings.teamAway : asked.hint || site.greeting || locale.strings.greeting}
          </p>
          <view.Expect view={view} />
          {chat.items().length > 0 && <p role="status">{words.waiting}</p>}
          {shownFields(asked, typed, chat.closed).map((field) => this.#field(field))}
          <button type="submit">{chat.closed ? words.leave : words.start}</button>
        </form>
      );
    }
  }
  return { Form };
}
