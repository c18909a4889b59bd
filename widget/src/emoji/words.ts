// SPDX-License-Identifier: MIT

/** The names of the groups of emoji, in English. The file of another language has the same words under `emoji`. Each emoji is named by the visitor's own system. */
const words = {
  recent: 'Recently used',
  faces: 'Faces',
  people: 'People',
  nature: 'Nature',
  food: 'Food',
  things: 'Things',
  signs: 'Symbols',
};

export type EmojiWords = typeof words;
export default words;
