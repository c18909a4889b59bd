// SPDX-License-Identifier: MIT

/** What is said around a rating, in English. The file of another language has the same words under `rating`. */
const words = {
  ask: 'How was this conversation?',
  stars: '{} of 5 stars',
  good: 'Good',
  bad: 'Bad',
  comment: 'Would you like to add anything? (optional)',
  thanks: 'Thank you for your rating!',
  change: 'Change',
  later: 'It will be sent when you’re back online.',
};

export type RatingWords = typeof words;
export default words;
