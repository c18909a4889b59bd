// SPDX-License-Identifier: MIT
import type { Chat } from '../state/chat';
import type { SoundName } from './sound';
import { SOUNDS } from './sound';

/** How the visitor wants to be called. */
export interface Choice {
  sound: boolean;
  name: SoundName;
  /** From 0 to 100. */
  volume: number;
  /** Notifications of the browser, which has been asked. */
  browser: boolean;
  /** A number on the page's icon; no more once the page's policy has refused it. */
  icon: boolean;
}

const KEY = 'alerts';

/** Of a site that says nothing of it. */
const VOLUME = 60;

type Kept = Partial<Record<keyof Choice, unknown>>;

function kept({ storage }: Pick<Chat, 'storage'>): Kept {
  try {
    return Object(JSON.parse(storage.get(KEY) ?? '{}'));
  } catch {
    // Somebody else's: as if there were nothing.
    return {};
  }
}

const known = (sound: unknown): SoundName | undefined => SOUNDS.find((one) => one === sound);

/** What the visitor has chosen in this browser; what they have not, or what makes no sense, is as the site wants it. */
export function choice(chat: Pick<Chat, 'storage' | 'records'>): Choice {
  const site = chat.records.site?.alerts ?? {};
  const { sound = !site.sound_off, name, volume, browser, icon = true } = kept(chat);
  return {
    sound: sound === true,
    name: known(name) ?? known(site.sound) ?? SOUNDS[0],
    volume: typeof volume === 'number' && volume >= 0 && volume <= 100 ? volume : site.volume || VOLUME,
    browser: browser === true,
    icon: icon === true,
  };
}

/** Keeps what has changed, for all tabs and pages of the site. The rest stays as the site wants it. */
export function choose(chat: Pick<Chat, 'storage'>, changes: Partial<Choice>): void {
  chat.storage.put(KEY, { ...kept(chat), ...changes });
}
