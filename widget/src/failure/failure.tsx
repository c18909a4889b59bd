// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import type { FilesProps, Parts, Tools } from '../views/view';
import css from './failure.css';
import english from './words';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

/** Says why the server refused a message, and what can be done with it. */
export default function failure({ h, launcher }: Own): Parts {
  launcher.addStyle(css);

  const Failure = ({ item, view: { chat, locale: { strings } } }: FilesProps): VNode => {
    const words = { ...english, ...strings };
    const reasons: Record<string, string> = {
      too_large: words.refusedTooLarge,
      invalid: words.refusedInvalid,
      forbidden: words.refusedForbidden,
      unverified: words.refusedUnverified,
    };
    return (
      <div class="failure">
        <p>
          {strings.failed} {reasons[item.reason ?? ''] ?? strings.refusedOther}
        </p>
        <button type="button" onClick={() => chat.retry(item.key)}>
          {strings.tryAgain}
        </button>
        <button type="button" onClick={() => chat.discard(item.key)}>
          {strings.remove}
        </button>
      </div>
    );
  };

  return { Failure };
}
