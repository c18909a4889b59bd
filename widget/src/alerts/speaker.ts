// SPDX-License-Identifier: MIT
import type { SoundName } from './sound';
import { compose } from './sound';

/** A sound that can't be heard within this time is not news any more. */
const LATE = 1000;
const GESTURES = ['pointerdown', 'keydown'];

/** Plays the sounds. A browser lets nothing be heard before the visitor has touched the page; until then it is not even asked. */
export class Speaker {
  #context: AudioContext | undefined;
  #touched = false;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const touched = (): void => {
      this.#touched = true;
      for (const name of GESTURES) removeEventListener(name, touched, true);
      // Where a touch has to come first for each context, it has.
      if (this.#wake()) this.#rest(0);
    };
    for (const name of GESTURES) addEventListener(name, touched, true);
  }

  /** `volume`: from 0 to 1. */
  async play(name: SoundName, volume: number): Promise<void> {
    if (!this.#touched && !navigator.userActivation?.hasBeenActive) return;
    const context = this.#wake();
    const asked = Date.now();
    if (!context) return;
    try {
      await context.resume();
      if (Date.now() - asked < LATE) this.#rest((compose(context, name, volume, context.currentTime + 0.02) - context.currentTime) * 1000 + 100);
    } catch {
      // No loudspeaker, or none for us.
    }
  }

  #wake(): AudioContext | undefined {
    try {
      this.#context ??= new AudioContext();
      return this.#context;
    } catch {
      return undefined;
    }
  }

  /** Gives the loudspeaker back after so many milliseconds. */
  #rest(after: number): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.#context?.suspend().catch(() => {}), after);
  }
}
