// SPDX-License-Identifier: MIT
import type { Storage } from '../state/storage';
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

/** What the visitor has chosen in this browser; what they have not, or what makes no sense, is as it comes. */
export function choice(storage: Storage): Choice {
  let kept: Partial<Record<keyof Choice, unknown>> = {};
  try {
    kept = Object(JSON.parse(storage.get(KEY) ?? '{}'));
  } catch {
    // Somebody else's: as if there were nothing.
  }
  const { sound = true, name, volume, browser, icon = true } = kept;
  return {
    sound: sound === true,
    name: SOUNDS.find((one) => one === name) ?? SOUNDS[0],
    volume: typeof volume === 'number' && volume >= 0 && volume <= 100 ? volume : 60,
    browser: browser === true,
    icon: icon === true,
  };
}

/** Keeps what has changed, for all tabs and pages of the site. */
export function choose(storage: Storage, changes: Partial<Choice>): void {
  storage.put(KEY, { ...choice(storage), ...changes });
}
