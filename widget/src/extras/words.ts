// SPDX-License-Identifier: MIT

/** The names of the buttons that come after the panel, in English. The file of another language has the same words under `extras`. */
const words = {
  options: 'Options',
  emoji: 'Add an emoji',
};

export type ExtrasWords = typeof words;
export default words;
