// SPDX-License-Identifier: MIT

/** What a visitor may expect, in English. The file of another language has the same words under `expect`. */
const words = {
  /** Followed by a day and a time. */
  back: 'We’ll be back: {}',
  /** Followed by how long it takes, as `15 minutes`. */
  usual: 'Usual reply time: {}',
};

export type ExpectWords = typeof words;
export default words;
