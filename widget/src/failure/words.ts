// SPDX-License-Identifier: MIT

/** Why a message was refused, in English. The file of another language has these words among its first ones. */
const words = {
  refusedTooLarge: 'The message is too long.',
  refusedInvalid: 'It contains something that can’t be sent.',
  refusedForbidden: 'You can’t write here at the moment.',
  refusedUnverified: 'Please sign in on this site.',
};

export type FailureWords = typeof words;
export default words;
