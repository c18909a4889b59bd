// SPDX-License-Identifier: MIT

/** What is said around the form before a conversation and its questions in one, in English. The file of another language has the same words under `form`. */
const words = {
  optional: '(optional)',
  choose: 'Choose…',
  start: 'Start chat',
  leave: 'Leave a message',
  missing: 'Please fill this in.',
  unchosen: 'Please choose one.',
  unticked: 'Please tick this box to go on.',
  email: 'This doesn’t look like an email address.',
  phone: 'This doesn’t look like a phone number.',
  date: 'Please enter a whole date.',
  skip: 'Skip',
  thanks: 'Thank you!',
  waiting: 'Your message will be sent when you have answered.',
};

export type FormWords = typeof words;
export default words;
