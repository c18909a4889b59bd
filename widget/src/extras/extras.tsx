// SPDX-License-Identifier: MIT
import type { ComponentClass, VNode, h } from '../render/element';
import type { AlertsPart } from '../alerts/alerts';
import type { PickerProps } from '../emoji/picker';
import type { AttachPart } from '../files/attach';
import type { Message } from '../protocol';
import type { Parts, Tools, View, ViewProps } from '../views/view';
import css from './extras.css';
import { Phone } from './phone';
import english from './words';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

const DOTS = 'M12 7.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Zm0 6.5a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Zm0 6.5a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z';
const SMILE =
  'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 1.7a7.3 7.3 0 1 1 0 14.6 7.3 7.3 0 0 1 0-14.6ZM8.8 8.4a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6Zm6.4 0a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6Zm-7.6 5a.9.9 0 0 0-.7 1.3 5.8 5.8 0 0 0 10.2 0 .9.9 0 0 0-.7-1.3Z';

/** Where it stands for all tabs which message one of them has called for, or has shown as it came. */
const CALLED = 'called';

/** By which the visitor turns to something else. */
const SIGNS = ['pointerdown', 'focusin'];

/** Whether the visitor has what is being said before their eyes. */
const watches = ({ open }: View): boolean => open && document.visibilityState === 'visible' && document.hasFocus();

/** The buttons that few panels need in their first moment, and what fetches that which is behind them. */
export default function extras(tools: Own): Parts {
  const { h, Base, launcher } = tools;
  launcher.addStyle(css);

  const icon = (path: string): VNode => (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} fill="currentColor" />
    </svg>
  );

  /** A button with something that it shows; a click or the focus elsewhere puts that away, and Escape does. */
  abstract class Opener<Props extends ViewProps> extends Base<Props, { open: boolean }> {
    override state = { open: false };
    #root: HTMLElement | null = null;
    protected readonly rooted = (root: HTMLElement | null): void => void (this.#root = root);
    readonly #outside = (event: Event): void => {
      if (this.state.open && !event.composedPath().some((one) => one === this.#root)) this.shut();
    };

    override componentDidMount(): void {
      for (const name of SIGNS) launcher.frame.addEventListener(name, this.#outside);
    }

    override componentWillUnmount(): void {
      for (const name of SIGNS) launcher.frame.removeEventListener(name, this.#outside);
    }

    override componentDidUpdate(): void {
      if (!this.props.view.open && this.state.open) this.shut();
    }

    protected readonly shut = (): void => {
      this.setState({ open: false });
    };

    protected readonly escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || !this.state.open) return;
      event.stopPropagation();
      this.#root?.querySelector('button')?.focus();
      this.shut();
    };
  }

  class Menu extends Opener<ViewProps> {
    #alerts: AlertsPart | undefined;
    #Deeds: ComponentClass<ViewProps> | undefined;
    #fetching: Promise<AlertsPart | void> | undefined;
    #news: Message | undefined;
    readonly #phone = new Phone(launcher.frame, () => this.props.view.close());

    override componentDidMount(): void {
      super.componentDidMount();
      this.componentDidUpdate();
    }

    override componentDidUpdate(): void {
      super.componentDidUpdate();
      const { view } = this.props;
      // It has begun.
      if (view.chat.conversation?.status === 'open') view.chat.storage.remove('anew');
      this.#alerts?.alerts.see(view);
      this.#phone.see(view.open);
      if (view.open) fetchAttach(view.draw);
      if (!view.news || view.news === this.#news) return;
      this.#news = view.news;
      // No tab calls for what is being read in this one.
      if (watches(view)) view.chat.storage.set(CALLED, view.news.id);
      else void this.#fetch().then((part) => part?.alerts.arrived(this.props.view));
    }

    /** Without it the next message or click tries again. */
    #fetch(): Promise<AlertsPart | void> {
      this.#fetching ??= import('../alerts/alerts').then(
        (module) => (this.#alerts = module.default(tools, CALLED)),
        () => (this.#fetching = undefined),
      );
      return this.#fetching;
    }

    #toggle(): void {
      if (this.state.open) this.shut();
      else {
        void this.#fetch().then((part) => this.setState({ open: !!part }));
        void import('../menu/menu').then(
          (module) => {
            this.#Deeds ??= module.default(tools);
            this.forceUpdate();
          },
          () => {},
        );
      }
    }

    render({ view }: ViewProps, { open }: { open: boolean }): VNode {
      const label = (view.locale.strings.extras ?? english).options;
      const Choices = this.#alerts?.Choices;
      const Deeds = this.#Deeds;
      return (
        <div class="menu" ref={this.rooted} onKeyDown={this.escape}>
          <button type="button" class="icon-button" aria-label={label} aria-expanded={open} onClick={() => this.#toggle()}>
            {icon(DOTS)}
          </button>
          {open && Choices && <Choices view={view} label={label} deeds={Deeds && <Deeds key={view.chat.generation} view={view} />} />}
        </div>
      );
    }
  }

  class Emoji extends Opener<ViewProps> {
    #Picker: ComponentClass<PickerProps> | undefined;

    #toggle(): void {
      if (this.state.open) this.shut();
      else
        void import('../emoji/picker').then(
          (module) => {
            this.#Picker ??= module.default(tools);
            this.setState({ open: true });
          },
          () => {},
        );
    }

    render({ view }: ViewProps, { open }: { open: boolean }): VNode {
      const label = (view.locale.strings.extras ?? english).emoji;
      const Picker = this.#Picker;
      return (
        <div class="emojis" ref={this.rooted} onKeyDown={this.escape}>
          <button type="button" class="icon-button" aria-label={label} aria-expanded={open} disabled={view.chat.link === 'refused'} onClick={() => this.#toggle()}>
            {icon(SMILE)}
          </button>
          {open && Picker && <Picker view={view} label={label} />}
        </div>
      );
    }
  }

  let attach: AttachPart | undefined;
  let fetching = false;
  /** Without it the next moment tries again. */
  const fetchAttach = (draw: () => void): void => {
    if (fetching) return;
    fetching = true;
    import('../files/attach').then(
      (module) => {
        attach = module.default(tools);
        draw();
      },
      () => (fetching = false),
    );
  };

  const Files: Parts['Files'] = (item, view) => attach?.Files(item, view);

  let photos: ReturnType<typeof import('../photos/photos').default> | undefined;
  let asked = false;
  /** Where a site shows none, nothing is fetched for them. */
  const Photo: Parts['Photo'] = (agent, view) => {
    if (!asked && !view.chat.records.site?.appearance?.photos_off) {
      asked = true;
      import('../photos/photos').then(
        (module) => {
          photos = module.default(tools);
          view.draw();
        },
        () => (asked = false),
      );
    }
    return photos?.(agent, view);
  };

  const Writing = ({ view }: ViewProps): VNode => (
    <div class="writing">
      {attach && <attach.Clip view={view} />}
      <Emoji view={view} />
    </div>
  );

  return { Menu, Emoji: Writing, Files, Photo };
}
