// SPDX-License-Identifier: MIT

/** What a visitor can do with a conversation, in English. The file of another language has the same words under `menu`. */
const words = {
  end: 'End the conversation',
  anew: 'Start a new conversation',
  begun: 'Your next message starts a new conversation.',
  email: 'Email me the conversation',
  address: 'Email address',
  onWay: 'On its way to {}',
  often: 'Please try again later.',
};

export type MenuWords = typeof words;
export default words;
