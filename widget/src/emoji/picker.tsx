// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import type { InsideProps } from '../extras/opener';
import type { Parts, Tools } from '../views/view';
import css from './emoji.css';
import { GROUPS, rows } from './groups';
import { recent, used } from './recent';
import english from './words';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;
type Group = [name: keyof typeof english, rows: string[][]];

interface State {
  groups: Group[];
  /** Which one the keyboard is at: the row, counted through all groups, and the place in it. */
  row: number;
  column: number;
}

/** Emoji to choose from, of which the one that is chosen is written where the visitor writes. By keyboard, it is one stop with arrows. */
export default function picker({ h, Base, launcher }: Own): Parts {
  launcher.addStyle(css);
  class Picker extends Base<InsideProps, State> {
    override state: State = { groups: this.#groups, row: 0, column: 0 };
    #root: HTMLElement | null = null;
    readonly #rooted = (root: HTMLElement | null): void => void (this.#root = root);

    override componentDidMount(): void {
      this.#focus();
    }

    /** What was used last comes first, as it was when the picker was opened: nothing moves under a finger. */
    get #groups(): Group[] {
      const last = recent(this.props.view.chat.storage);
      const all = Object.entries(GROUPS).map(([name, emoji]): Group => [name as keyof typeof english, rows(emoji)]);
      return last.length ? [['recent', [last]], ...all] : all;
    }

    #focus(): void {
      this.#root?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    }

    #choose(emoji: string): void {
      const { storage } = this.props.view.chat;
      const field = this.#root?.closest('form')?.querySelector('textarea');
      if (!field) return;
      used(storage, emoji);
      field.setRangeText(emoji, field.selectionStart, field.selectionEnd, 'end');
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }

    #go(event: KeyboardEvent): void {
      const { groups, row, column } = this.state;
      const all = groups.flatMap(([, lines]) => lines);
      const last = all[row]!.length - 1;
      const forward = this.props.view.locale.strings.direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
      const back = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
      let [y, x] = [row, Math.min(column, last)];
      if (event.key === 'ArrowDown') y++;
      else if (event.key === 'ArrowUp') y--;
      else if (event.key === 'Home') x = 0;
      else if (event.key === 'End') x = last;
      else if (event.key === forward) [y, x] = x < last ? [y, x + 1] : [y + 1, 0];
      else if (event.key === back) [y, x] = x > 0 ? [y, x - 1] : [y - 1, Infinity];
      else return;
      event.preventDefault();
      if (!all[y]) return;
      this.setState({ row: y, column: x === Infinity ? all[y]!.length - 1 : x }, () => this.#focus());
    }

    render({ view, label }: InsideProps, { groups, row, column }: State): VNode {
      const words = view.locale.strings.emoji ?? english;
      let at = -1;
      return (
        <div class="picker" role="toolbar" aria-label={label} ref={this.#rooted} onKeyDown={(event) => this.#go(event)}>
          {groups.map(([name, lines]) => (
            <div role="group" aria-label={words[name]}>
              <p aria-hidden="true">{words[name]}</p>
              {lines.map((line) => {
                at++;
                return line.map((emoji, place) => (
                  <button
                    type="button"
                    tabindex={at === row && place === Math.min(column, line.length - 1) ? 0 : -1}
                    onClick={() => this.#choose(emoji)}
                  >
                    {emoji}
                  </button>
                ));
              })}
            </div>
          ))}
        </div>
      );
    }
  }
  return { Picker };
}
