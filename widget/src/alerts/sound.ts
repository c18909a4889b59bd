// SPDX-License-Identifier: MIT

export const SOUNDS = ['chime', 'bell', 'drop'] as const;
export type SoundName = (typeof SOUNDS)[number];

/** One note: the pitch in Hz and to which it slides, when it begins and how long it fades, in seconds, its overtones as [multiple, loudness]. */
interface Note {
  pitch: number;
  to?: number;
  at: number;
  fade: number;
  overtones: readonly (readonly [multiple: number, loudness: number])[];
}

const SOFT = [[1, 1], [2, 0.18], [3, 0.05]] as const;
const METAL = [[1, 1], [2.76, 0.28], [5.4, 0.1]] as const;
const PURE = [[1, 1]] as const;

/** Two notes each. */
const NOTES: Record<SoundName, readonly Note[]> = {
  chime: [{ pitch: 659.26, at: 0, fade: 0.5, overtones: SOFT }, { pitch: 880, at: 0.13, fade: 0.8, overtones: SOFT }],
  bell: [{ pitch: 783.99, at: 0, fade: 0.9, overtones: METAL }, { pitch: 587.33, at: 0.18, fade: 1.2, overtones: METAL }],
  drop: [{ pitch: 420, to: 760, at: 0, fade: 0.14, overtones: PURE }, { pitch: 520, to: 980, at: 0.12, fade: 0.16, overtones: PURE }],
};
/** So loud a note is at full volume: two of them, with their overtones, stay below what a loudspeaker can do. */
const PEAK = 0.3;
const RISE = 0.008;
/** As good as silent; a fade can't end at nothing. */
const SILENT = 0.0001;

/** Writes a sound into a context, from `start` on. `volume`: from 0 to 1. Gives when it is over. */
export function compose(context: BaseAudioContext, name: SoundName, volume: number, start: number): number {
  let over = start;
  for (const { pitch, to, at, fade, overtones } of NOTES[name])
    for (const [multiple, loudness] of overtones) {
      const [from, end] = [start + at, start + at + RISE + fade];
      const tone = context.createOscillator();
      const level = context.createGain();
      tone.frequency.setValueAtTime(pitch * multiple, from);
      if (to) tone.frequency.exponentialRampToValueAtTime(to * multiple, from + fade * 0.6);
      level.gain.setValueAtTime(SILENT, from);
      level.gain.exponentialRampToValueAtTime(Math.max(PEAK * volume * loudness, SILENT), from + RISE);
      level.gain.exponentialRampToValueAtTime(SILENT, end);
      tone.connect(level).connect(context.destination);
      tone.start(from);
      tone.stop(end);
      over = Math.max(over, end);
    }
  return over;
}
