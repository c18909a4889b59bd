// SPDX-License-Identifier: MIT
import type { ComponentClass, VNode, h } from '../render/element';
import type { Tools, ViewProps } from '../views/view';
import { permission } from './browser-note';
import type { Choice } from './choice';
import { choice, choose } from './choice';
import { SOUNDS } from './sound';
import type { Speaker } from './speaker';
import english from './words';

export interface ChoicesProps extends ViewProps {
  /** What it is called. */
  label: string;
  /** What stands above them. */
  deeds: VNode | undefined;
}

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

/** Where the visitor chooses how they are called. What they choose can be heard at once. */
export function choices({ h, Base }: Own, speaker: Speaker): ComponentClass<ChoicesProps> {
  return class extends Base<ChoicesProps> {
    #root: HTMLElement | null = null;
    readonly #rooted = (root: HTMLElement | null): void => void (this.#root = root);

    override componentDidMount(): void {
      this.#root?.querySelector('input')?.focus({ preventScroll: true });
    }

    #change(changes: Partial<Choice>): void {
      const { chat } = this.props.view;
      choose(chat, changes);
      const { sound, name, volume } = choice(chat);
      if (sound && !('browser' in changes)) void speaker.play(name, volume / 100);
      this.forceUpdate();
    }

    /** The browser asks them, once, because they have asked for it. */
    async #notify(wanted: boolean): Promise<void> {
      if (wanted && permission() === 'default') await Notification.requestPermission();
      this.#change({ browser: wanted && permission() === 'granted' });
    }

    #toggle(label: string, checked: boolean, changed: (on: boolean) => void, disabled = false): VNode {
      return (
        <label class="switch">
          {label}
          <input type="checkbox" role="switch" checked={checked} disabled={disabled} onChange={(event) => changed(event.currentTarget.checked)} />
        </label>
      );
    }

    render({ view, label, deeds }: ChoicesProps): VNode {
      const words = view.locale.strings.alerts ?? english;
      const { sound, name, volume, browser } = choice(view.chat);
      const may = permission();
      return (
        <div class="choices" role="group" aria-label={label} ref={this.#rooted}>
          {deeds}
          {this.#toggle(words.sound, sound, (on) => this.#change({ sound: on }))}
          <div class="sounds" role="radiogroup" aria-label={words.sound}>
            {SOUNDS.map((one) => (
              <label class={one === name ? 'on' : ''}>
                <input type="radio" name="sound" checked={one === name} disabled={!sound} onChange={() => this.#change({ name: one })} />
                {words[one]}
              </label>
            ))}
          </div>
          <label class="volume">
            {words.volume}
            <input type="range" min="0" max="100" step="10" value={volume} disabled={!sound} onChange={(event) => this.#change({ volume: Number(event.currentTarget.value) })} />
          </label>
          {may && this.#toggle(words.browser, browser && may === 'granted', (on) => void this.#notify(on), may === 'denied')}
          {may === 'denied' && <p>{words.blocked}</p>}
        </div>
      );
    }
  };
}
