// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import type { Conversation, ConversationRateParams, SurveyAnswer } from '../protocol';
import { cleanText } from '../state/text';
import type { CallError } from '../transport/call-error';
import type { Parts, Tools, ViewProps } from '../views/view';
import css from './rating.css';
import english from './words';

/** As many stars as the server takes it for. */
const worth = (kind: Kind, score: number): number => (kind === 'thumbs' ? score * 4 + 1 : kind === 'scale' ? Math.max(1, Math.ceil(score / 2)) : score);

export interface RatingProps extends ViewProps {
  /** The one that may be over. */
  conversation: Conversation | undefined;
}

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

interface State {
  /** The visitor is about to say it, of that conversation. */
  choosing?: string | undefined;
  refused?: boolean;
}

type Kind = SurveyAnswer['kind'];

/** What can be said, by how it is asked, the worst first. */
const SCORES: Record<Kind, number[]> = { stars: [1, 2, 3, 4, 5], thumbs: [0, 1], scale: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };
const THUMB = 'M7 11v9H4v-9Zm2 0 4-8c1.5 0 2.5 1 2.5 2.5V9H20l-1.5 9.5c-.2 1-.8 1.5-1.800 1.5H9Z';
const STAR = 'm12 3 2.8 5.7 6.2.9-4.5 4.4 1.1 6.2-5.6-2.9-5.6 2.9L7.5 14 3 9.6l6.2-.9Z';
const COMMENT_MAX = 2000;
/** What is chosen is what counts, not what arrow keys go past. */
const CHOOSING = 700;
const RETRY_AFTER = 2000;
/** Where it waits until the server has it. */
const KEY = 'rating';

/** Asks the visitor of a conversation that is over how it was, sends what they say, and shows it from then on. */
export default function rating({ h, Base, launcher, emit }: Own): Parts {
  launcher.addStyle(css);
  class Rating extends Base<RatingProps, State> {
    /** It is on its way, or the server wants to be left alone for a while. */
    #busy = false;
    #timer: ReturnType<typeof setTimeout> | undefined;
    #root: Element | null = null;
    readonly #rooted = (root: Element | null): void => void (this.#root = root);

    override componentDidMount(): void {
      void this.#send();
    }

    override componentDidUpdate(_props: RatingProps, before: State): void {
      const { choosing } = this.state;
      if (!choosing) void this.#send();
      // What had the focus has made room for something else.
      if (choosing !== before.choosing) this.#root?.querySelector<HTMLElement>('[tabindex], :checked')?.focus();
    }

    /** What was said and has not arrived yet. */
    get #waiting(): ConversationRateParams | undefined {
      try {
        return JSON.parse(this.props.view.chat.storage.get(KEY)!);
      } catch {
        return undefined;
      }
    }

    #say(kind: Kind, score: number, comment: string, after: number): void {
      const { id } = this.props.conversation!;
      this.props.view.chat.storage.put(KEY, { id, rating: worth(kind, score), comment, ...(kind !== 'stars' && { survey: { kind, score } }) });
      this.setState({ choosing: after ? id : undefined, refused: false });
      if (after) this.#later(after);
    }

    #later(milliseconds: number): void {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#busy = false;
        void this.#send();
      }, milliseconds);
    }

    /** One at a time; what was changed meanwhile goes next. */
    async #send(): Promise<void> {
      const { chat } = this.props.view;
      const waiting = this.#waiting;
      if (!waiting || this.#busy || !chat.caughtUp) return;
      const said = chat.storage.get(KEY);
      let wait = 0;
      clearTimeout(this.#timer);
      this.#busy = true;
      try {
        await chat.write('conversation.rate', { ...waiting, comment: cleanText(waiting.comment ?? '') } satisfies ConversationRateParams);
        emit('survey', { conversation_id: waiting.id, rating: waiting.rating, comment: waiting.comment ?? '', ...waiting.survey });
      } catch (thrown) {
        const error = thrown as CallError;
        if (error.transient || error.reason === 'lost') wait = error.retryAfter || RETRY_AFTER;
        else this.setState({ choosing: waiting.id, refused: true });
      }
      if (wait) this.#later(wait);
      else {
        this.#busy = false;
        if (chat.storage.get(KEY) === said) chat.storage.remove(KEY);
      }
      this.forceUpdate();
    }

    render({ view, conversation }: RatingProps, { choosing, refused }: State): VNode | null {
      const { chat, locale: { strings } } = view;
      const words = strings.rating ?? english;
      const waiting = this.#waiting;
      if (conversation?.status !== 'closed') return null;
      const said = waiting?.id === conversation.id ? waiting : { rating: conversation.rating, survey: conversation.survey, comment: conversation.rating_comment };
      const { rating, survey, comment = '' } = said;
      const { off, kind = 'stars' } = chat.records.site?.survey ?? {};
      const name = (how: Kind, score: number): string =>
        how === 'thumbs' ? (score ? words.good : words.bad) : how === 'scale' ? `${score} / 10` : words.stars.replace('{}', String(score));
      if (rating && choosing !== conversation.id) {
        const how = survey?.kind ?? 'stars';
        const score = survey?.score ?? rating;
        return (
          <div class="event rating" ref={this.#rooted}>
            <p tabindex={-1}>{words.thanks}</p>
            <p class="given" role="img" aria-label={name(how, score)}>
              {how === 'stars' ? SCORES.stars.map((value) => (value > score ? '☆' : '★')) : how === 'thumbs' ? (score ? '👍' : '👎') : name(how, score)}
            </p>
            <p class="said" dir="auto">{comment}</p>
            {waiting && !chat.caughtUp && <p>{words.later}</p>}
            {!off && (
              <button type="button" onClick={() => this.setState({ choosing: conversation.id })}>
                {words.change}
              </button>
            )}
          </div>
        );
      }
      if (off) return null;
      // What was said in another way of asking is no choice here.
      const chosen = rating && (survey?.kind ?? 'stars') === kind ? (survey?.score ?? rating) : -1;
      return (
        <form
          class="event rating"
          ref={this.#rooted}
          onSubmit={(event) => {
            event.preventDefault();
            const data = new FormData(event.currentTarget);
            this.#say(kind, chosen, String(data.get('comment')).trim(), 0);
          }}
        >
          <fieldset class={kind}>
            <legend>{words.ask}</legend>
            {SCORES[kind].map((value) => (
              <label class={(kind === 'stars' ? value <= chosen : value === chosen) ? 'star on' : 'star'}>
                <input type="radio" name="score" value={value} checked={value === chosen} aria-label={name(kind, value)} onChange={() => this.#say(kind, value, comment, CHOOSING)} />
                {kind === 'scale' ? (
                  <span aria-hidden="true">{value}</span>
                ) : (
                  <svg viewBox="0 0 24 24" aria-hidden="true" class={kind === 'thumbs' && !value ? 'down' : ''}>
                    <path d={kind === 'stars' ? STAR : THUMB} />
                  </svg>
                )}
              </label>
            ))}
            {kind === 'scale' && (
              <p class="ends" aria-hidden="true">
                <span>{words.bad}</span>
                <span>{words.good}</span>
              </p>
            )}
          </fieldset>
          {chosen >= 0 && (
            <label>
              {words.comment}
              <textarea name="comment" dir="auto" maxlength={COMMENT_MAX} defaultValue={comment} />
            </label>
          )}
          {chosen >= 0 && <button type="submit">{strings.send}</button>}
          {refused && <p role="alert">{strings.failed}</p>}
        </form>
      );
    }
  }
  return { Rating };
}
