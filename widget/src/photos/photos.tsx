// SPDX-License-Identifier: MIT
import type { VNode, h } from '../render/element';
import type { AgentPhotosParams, AgentPhotosResult, RecordsResult } from '../protocol';
import type { CallError } from '../transport/call-error';
import type { Parts, Tools, View } from '../views/view';
import css from './photos.css';

/** Elements are made by what the panel gives; their types are those of this. */
type Own = Tools<typeof h>;

/** As many as one call may ask about. */
const AT_ONCE = 20;

/** Shows the photos of those agents whom the visitor has met; where it is told that there is none, and until then, there is nothing. */
export default function photos({ h, launcher, server }: Own): Parts {
  launcher.addStyle(css);
  /** Where they are: '' for those who have none, and for those about whom we are asking. */
  const known = new Map<string, string>();
  const wanted: string[] = [];

  async function ask({ chat, draw }: View): Promise<void> {
    const agent_ids = wanted.splice(0, AT_ONCE);
    try {
      const { photos: told = [] }: RecordsResult & AgentPhotosResult = await chat.write('agent.photos', { agent_ids } satisfies AgentPhotosParams);
      for (const { agent_id, photo } of told) known.set(agent_id, `${server}photos/${photo}`);
      draw();
    } catch (thrown) {
      const error = thrown as CallError;
      // With what is drawn next.
      if (error.reason === 'lost' || error.transient) for (const id of agent_ids) known.delete(id);
    }
  }

  const Photo = (agent: string, view: View): VNode | undefined => {
    const address = known.get(agent);
    if (address === undefined && view.chat.caughtUp) {
      known.set(agent, '');
      // All that are drawn in one go are asked about in one.
      if (wanted.push(agent) === 1) queueMicrotask(() => void ask(view));
    }
    if (!address) return undefined;
    const gone = (): void => {
      known.set(agent, '');
      view.draw();
    };
    return <img src={address} alt="" onError={gone} />;
  };
  return { Photo };
}
